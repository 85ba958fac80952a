"""``xinqiao backup DIR``: the whole office in a new folder, encrypted, while it goes on working.

A passphrase is never taken from the command line, where every user of the machine could read it.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from getpass import getpass
from pathlib import Path
from sys import stderr, stdin

from pyrage.x25519 import Recipient

from xinqiao.cli import home, progress
from xinqiao.project import embedded_postgres
from xinqiao.project.backup.errors import BackupError
from xinqiao.project.backup.making import Made, make_backup
from xinqiao.project.backup.office import office_at
from xinqiao.project.backup.sealing import new_identity, recipients_of, refuse_short

PASSPHRASE, TO = "XINQIAO_BACKUP_PASSPHRASE", "XINQIAO_BACKUP_TO"
DESCRIPTION = "Write the whole office (database, files, keys) into a new folder, encrypted. It may go on working."


def run(argv: Sequence[str]) -> int:
    """Make a backup, or a key pair for backups; 1 where it was made and files that a record names are lost."""
    return home.guarded("backup", _run, argv)


def _run(argv: Sequence[str]) -> int:
    options = _options(argv)
    try:
        return _new_key(options.new_key) if options.new_key else _back_up(options)
    except BackupError as error:
        raise home.WrongInput(str(error)) from error


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = home.Parser(prog="xinqiao backup", description=DESCRIPTION)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="a folder that is not there yet")
    parser.add_argument(
        "--to", action="append", metavar="KEY", help=f"a public key (age1…) or a file of such; or set {TO}"
    )
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=f"its first line is the passphrase; or set {PASSPHRASE}"
    )
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a key pair for backups and end")
    options = parser.parse_args(argv)
    if (options.folder is None) == (options.new_key is None):
        raise home.WrongInput("name the folder of the backup, or a file for --new-key")
    return options


def _new_key(path: Path) -> int:
    """Whoever makes backups needs the public half alone; the private one opens them all."""
    print(new_identity(path))
    print(f"Make backups --to this key. Keep {path} away from the office: without it nothing opens.", file=stderr)
    return home.DONE


def _back_up(options: argparse.Namespace) -> int:
    began = time.monotonic()
    recipients = _recipients(options.to)
    secret = given_passphrase(options.passphrase_file)
    if not recipients and secret is None:
        secret = _new_passphrase()
    if secret is not None:
        refuse_short(secret)
    _refuse_no_office()
    with home.database(), progress.shown("files copied", total=None) as tell:
        office = office_at(home.office_home())
        name = os.environ.get("XINQIAO_OFFICE", "信桥")
        made = make_backup(office, options.folder, name=name, recipients=recipients, passphrase=secret, progress=tell)
    return _tell(made, options.folder, time.monotonic() - began)


def _recipients(given: list[str] | None) -> list[Recipient]:
    words = given if given else os.environ.get(TO, "").split(",")
    return [key for word in words if word.strip() for key in recipients_of(word.strip())]


def given_passphrase(path: Path | None) -> str | None:
    """From a file or from the environment, or None where there is neither. Raises BackupError."""
    if path is None:
        return os.environ.get(PASSPHRASE) or None
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeError) as error:
        raise BackupError(f"{path} cannot be read: {getattr(error, 'strerror', 'not a text')}") from None
    if not lines or not lines[0]:
        raise BackupError(f"{path} holds no passphrase in its first line")
    return lines[0]


def asked_passphrase(question: str, *, otherwise: str) -> str:
    """What somebody types at a terminal, unseen. Raises BackupError, saying ``otherwise``, where there is none."""
    if not stdin.isatty():
        raise BackupError(otherwise)
    return getpass(question)


def _new_passphrase() -> str:
    """Asked for twice: a slip of the hand would close the backup for good."""
    ask: Callable[[str], str] = lambda question: asked_passphrase(  # noqa: E731
        question, otherwise=f"say to whom it is sealed: --to KEY, --passphrase-file FILE, {TO} or {PASSPHRASE}"
    )
    first = ask("Passphrase of the backup: ")
    refuse_short(first)
    if ask("Once more: ") != first:
        raise BackupError("the two passphrases differ: nothing was written")
    return first


def _refuse_no_office() -> None:
    """An embedded cluster would otherwise be made only to be found empty."""
    place = home.office_home()
    if not os.environ.get("DATABASE_URL") and embedded_postgres.status(place).data == Path():
        raise BackupError(f"there is no office in {place}: set XINQIAO_HOME or DATABASE_URL")


def _tell(made: Made, folder: Path, seconds: float) -> int:
    facts = made.manifest
    size = sum(part.size for part in facts.parts) / 1e6
    matters = facts.rows("matters_matter")
    print(f"{matters} matters and {facts.files} files, {size:.1f} MB, written to {folder} in {seconds:.1f} s")
    if not made.lost:
        return home.DONE
    shown = ", ".join(made.lost[:3])
    raise home.CommandError(
        f"the backup was made, but {len(made.lost)} files that records name are gone or damaged on disk: {shown}"
    )
