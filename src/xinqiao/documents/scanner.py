"""The virus check: our own look for the test sample, and the office's scanner where one is set up.

``SCANNER_COMMAND`` is run for each file: with the path in place of ``{}``, or with the file on standard input. Exit 0
is clean, 1 is infected; anything else is no answer, and no answer is never called clean.
"""

import logging
import shlex
import subprocess
from mmap import ACCESS_READ, mmap
from pathlib import Path

from django.conf import settings

from xinqiao.documents.labels import ScanState

SECONDS = 60
_log = logging.getLogger(__name__)

# The industry's test sample (EICAR), joined only when the program runs, so that no scanner flags the program.
_SAMPLE = b"".join((b"X5O!P%@AP[4", b"\\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!$H+H*"))


def scan(path: Path) -> ScanState:
    """What is known about the file: ``infected``, ``clean``, ``unscanned`` (no scanner) or ``unanswered``."""
    if _has_sample(path):
        return ScanState.INFECTED
    if not settings.SCANNER_COMMAND:
        return ScanState.UNSCANNED
    return _ask(shlex.split(settings.SCANNER_COMMAND), path)


def _has_sample(path: Path) -> bool:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(_SAMPLE) >= 0


def _ask(command: list[str], path: Path) -> ScanState:
    by_name = any("{}" in word for word in command)
    words = [word.replace("{}", str(path)) for word in command]
    try:
        with path.open("rb") as file:
            stdin = subprocess.DEVNULL if by_name else file
            done = subprocess.run(words, stdin=stdin, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.error("the virus check gave no answer: %s", error)
        return ScanState.UNANSWERED
    return _read(done)


def _read(done: subprocess.CompletedProcess[bytes]) -> ScanState:
    if done.returncode in (0, 1):
        return ScanState.INFECTED if done.returncode else ScanState.CLEAN
    _log.error("the virus check ended with %s: %s", done.returncode, done.stderr[-300:].decode(errors="replace"))
    return ScanState.UNANSWERED
