"""Running a command for its time and its memory, without those of the processes before it."""

import os
import subprocess
import tempfile
from collections.abc import Sequence


def run_alone(command: Sequence[str]) -> float:
    """The most memory that it, or a process of its own, held, in MB. Raises RuntimeError where it fails."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said.read()[-500:].decode()}")
    return usage.ru_maxrss / 1024
