"""As whom the server runs. PostgreSQL refuses root, so root lends it an account that owns nothing else."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinqiao.project.pg_state import PostgresError

ACCOUNT = "xinqiao"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Whom a child process becomes; ``uid`` is None for whoever runs this."""

    uid: int | None = None
    gid: int | None = None
    name: str = ""

    def popen(self) -> dict[str, Any]:
        """The arguments of ``subprocess.Popen`` that make the child run as this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand a file or folder of ours to the account."""
        if self.uid is not None:
            os.chown(path, self.uid, self.gid if self.gid is not None else -1)

    def refuse_nameless(self) -> None:
        """Raise PostgresError for a user without a name, as containers have them: PostgreSQL makes nothing for one."""
        uid = os.geteuid() if self.uid is None else self.uid
        try:
            pwd.getpwuid(uid)
        except KeyError as error:
            raise PostgresError(f"user {uid} has no name here: add it to /etc/passwd, or set DATABASE_URL") from error

    def may_enter(self, path: Path) -> bool:
        """Whether the account can pass into a folder, asked of the kernel itself."""
        return self.can_run(["/bin/sh", "-c", 'cd "$1"', "sh", str(path)])

    def can_run(self, command: list[str]) -> bool:
        """Whether a command can be started as the account and succeeds."""
        try:
            done = subprocess.run(command, cwd="/", capture_output=True, check=False, **self.popen())
        except PermissionError:
            return False
        return done.returncode == 0


def account_for(data: Path | None) -> Account:
    """Whoever runs this; for root, the owner of an existing data directory, else an account of our own.

    Raises PostgresError where the data directory is another user's, or where root can find no account.
    """
    if data is not None and data.exists():
        return _owner(data)
    return Account() if os.geteuid() != 0 else _lent()


def _owner(data: Path) -> Account:
    owner = data.stat()
    if os.geteuid() == 0:
        return Account(uid=owner.st_uid, gid=owner.st_gid, name=str(owner.st_uid))
    if owner.st_uid != os.geteuid():
        raise PostgresError(f"{data} belongs to user {owner.st_uid}: run as that user, or set XINQIAO_HOME")
    return Account()


def _lent() -> Account:
    if wanted := os.environ.get("XINQIAO_PG_USER"):
        account = _named(wanted)
    else:
        account = _named(ACCOUNT) or _created() or _named("nobody")
    if account is None:
        raise PostgresError("PostgreSQL does not run as root: create a user for it and name it in XINQIAO_PG_USER")
    return account


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=name) if entry.pw_uid else None


def _created() -> Account | None:
    """A new system account, or None where this system has no way to add one."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    shell = next((s for s in ("/usr/sbin/nologin", "/sbin/nologin") if Path(s).exists()), "/bin/false")
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run([*command, "--shell", shell, ACCOUNT], capture_output=True, check=False)
    return _named(ACCOUNT)
