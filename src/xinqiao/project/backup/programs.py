"""``pg_dump``, ``pg_restore`` and ``psql`` of the server's own major version.

A newer ``pg_dump`` would write what an older server cannot take back, so only the same version will do.
"""

import os
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from xinqiao.project.backup.errors import BackupError
from xinqiao.project.pg_binaries import SYSTEM_DIRECTORIES, wheel_bindir

NEEDED = ("pg_dump", "pg_restore", "psql")


@dataclass(kw_only=True)
class Running:
    """A program under way; what it says on standard error is kept in memory, for it may quote what people wrote."""

    process: "subprocess.Popen[bytes]"
    said: list[str] = field(default_factory=list)
    listener: threading.Thread | None = None

    def reason(self) -> str:
        """Its first telling line, once it has ended."""
        if self.listener:
            self.listener.join()
        telling = [line for line in self.said if re.search("error|ERROR|FATAL|fatal", line)] or self.said
        return re.sub(r"^.*?(FATAL|ERROR|error|fatal): +", "", telling[0]) if telling else "no reason given"

    def end(self) -> None:
        """Kill it where it still runs; pipes are closed."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe and not pipe.closed:
                _close(pipe)


@dataclass(frozen=True, kw_only=True)
class Programs:
    """One installation of the client programs."""

    bindir: Path
    major: int

    def start(self, program: str, *arguments: str, url: str = "", **pipes: int) -> Running:
        """Start one; the password goes by the environment, where no other user of the machine sees it."""
        command = [str(self.bindir / program), *arguments]
        environment = dict(os.environ)
        if url:
            parts = conninfo_to_dict(url)
            environment["PGPASSWORD"] = str(parts.pop("password", "") or environment.get("PGPASSWORD", ""))
            command.append(f"--dbname={make_conninfo('', **parts)}")
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, **pipes)  # type: ignore[call-overload]
        running = Running(process=process)
        running.listener = threading.Thread(target=_listen, args=(process.stderr, running.said), daemon=True)
        running.listener.start()
        return running


def programs_for(major: int, *, or_newer: bool = False) -> Programs:
    """The client programs of one major version, or of a newer one. Raises BackupError where the machine has none."""
    for bindir in _candidates():
        if all((bindir / name).exists() for name in NEEDED):
            found = _major(bindir / "pg_dump")
            if found == major or (or_newer and found > major):
                return Programs(bindir=bindir, major=found)
    raise BackupError(
        f"pg_dump of PostgreSQL {major} is needed: install postgresql-client-{major}, or name its folder in "
        "XINQIAO_PG_BINDIR"
    )


def _candidates() -> list[Path]:
    given = os.environ.get("XINQIAO_PG_BINDIR")
    on_path = shutil.which("pg_dump")
    found = [Path(given) if given else None, wheel_bindir()]
    found += sorted((Path(path) for pattern in SYSTEM_DIRECTORIES for path in glob(pattern)), reverse=True)
    found.append(Path(on_path).parent if on_path else None)
    return [path for path in found if path]


def _major(program: Path) -> int:
    try:
        printed = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    match = re.search(r"\) (\d+)", printed)
    return int(match.group(1)) if match else 0


def _listen(stream: IO[bytes], said: list[str]) -> None:
    for line in stream:
        if len(said) < 50:
            said.append(line.decode(errors="replace").strip())


def _close(pipe: IO[bytes]) -> None:
    """What a dead program did not take is lost with it."""
    try:
        pipe.close()
    except BrokenPipeError:
        return
