"""``xinqiao restore DIR``: check a backup, put it in the place of an empty office, and let the doctor replay it."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from xinqiao.cli import home, progress
from xinqiao.cli.backup import PASSPHRASE, asked_passphrase, given_passphrase
from xinqiao.cli.verify import read_keys
from xinqiao.project import embedded_postgres
from xinqiao.project.backup.errors import BackupError
from xinqiao.project.backup.office import office_at
from xinqiao.project.backup.restoring import Opened, Restored, open_backup, read_all, restore
from xinqiao.project.backup.sealing import read_identities
from xinqiao.record.receipts import Malformed

IDENTITY = "XINQIAO_BACKUP_IDENTITY"
AFTERWARDS = ("migrate", "doctor")
DESCRIPTION = "Check a backup, restore it into an empty office, and let the doctor replay every record."


def run(argv: Sequence[str]) -> int:
    """Restore; 1 where it was restored and the doctor found something, 2 where nothing was touched."""
    return home.guarded("restore", _run, argv)


def _run(argv: Sequence[str]) -> int:
    options = _options(argv)
    try:
        opened = _opened(options)
        return _check(opened) if options.check else _restore(opened, options)
    except (BackupError, Malformed) as error:
        raise home.WrongInput(str(error)) from error


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = home.Parser(prog="xinqiao restore", description=DESCRIPTION)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of a backup")
    parser.add_argument(
        "--identity", type=Path, action="append", metavar="FILE", help=f"a private key for backups; or set {IDENTITY}"
    )
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=f"its first line is the passphrase; or set {PASSPHRASE}"
    )
    parser.add_argument(
        "--signed-by", type=Path, metavar="PUBLIC.pem", help="the office's public key: refuse a backup of anybody else"
    )
    parser.add_argument("--check", action="store_true", help="decrypt and check everything, restore nothing")
    parser.add_argument("--replace", action="store_true", help="also where there is an office, which is then gone")
    parser.add_argument("--yes", action="store_true", help="do not ask before replacing")
    return parser.parse_args(argv)


def _opened(options: argparse.Namespace) -> Opened:
    files = options.identity or [Path(path) for path in [os.environ.get(IDENTITY)] if path]
    opened = open_backup(
        options.folder,
        identities=[key for path in files for key in read_identities(path)],
        ask_passphrase=lambda: _passphrase(options.passphrase_file),
    )
    if options.signed_by and opened.manifest.key not in read_keys(options.signed_by):
        raise BackupError("the backup was not signed with the key given: it is not of this office")
    return opened


def _passphrase(path: Path | None) -> str:
    otherwise = f"give the passphrase with --passphrase-file or {PASSPHRASE}, or a key with --identity"
    return given_passphrase(path) or asked_passphrase("Passphrase of the backup: ", otherwise=otherwise)


def _check(opened: Opened) -> int:
    with progress.shown("files checked", total=opened.manifest.files) as tell:
        read_all(opened, tell)
    print(f"The backup of {opened.manifest.office} of {opened.manifest.made_at} is whole: {_numbers(opened)}.")
    return home.DONE


def _restore(opened: Opened, options: argparse.Namespace) -> int:
    began = time.monotonic()
    place = home.office_home()
    if not os.environ.get("DATABASE_URL") and embedded_postgres.is_used(place):
        raise BackupError(f"the office in {place} is running: stop it first")
    if options.replace and not options.yes and not _confirmed(place):
        raise BackupError("nothing was replaced; --replace --yes replaces without asking")
    with home.database():
        with progress.shown("files restored", total=opened.manifest.files) as tell:
            done = restore(opened, office_at(place), replaces=options.replace, progress=tell)
        print(f"{_numbers(opened)} restored in {time.monotonic() - began:.1f} s, as of {opened.manifest.made_at}")
        _tell(opened, done)
        return _examined(done)


def _confirmed(place: Path) -> bool:
    if not sys.stdin.isatty():
        return False
    where = "the database in DATABASE_URL" if os.environ.get("DATABASE_URL") else f"the office in {place}"
    return input(f"Replace {where} and everything in it? Type yes: ").strip().lower() in {"yes", "y", "是"}


def _numbers(opened: Opened) -> str:
    facts = opened.manifest
    return f"{facts.rows('matters_matter')} matters, {facts.rows('record_eventrow')} events and {facts.files} files"


def _tell(opened: Opened, done: Restored) -> None:
    if done.aside:
        print(f"The keys that lay here before are in {done.aside}.")
    if opened.manifest.lost:
        print(f"{opened.manifest.lost} files were lost already when the backup was made.")
    if done.absent:
        print(f"{done.absent} files that the database names are not there.", file=sys.stderr)


def _examined(done: Restored) -> int:
    """Each in a process of its own, which reads the keys and the settings of the restored office anew."""
    for command in AFTERWARDS:
        finished = subprocess.run([sys.executable, "-m", "xinqiao.cli.main", command], check=False)
        if finished.returncode:
            raise home.CommandError(f"everything was restored, but 'xinqiao {command}' does not agree: see above")
    return home.FAILED if done.absent else home.DONE
