"""Backup and restore: the whole office comes back, checked; what does not fit is refused in one line, nothing half."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pyrage.x25519 import Identity

from tests.setup import backups, offices
from tests.setup.backups import NOTE, PICTURE, Source
from xinqiao.cli import backup, restore
from xinqiao.project import embedded_postgres
from xinqiao.project.backup import making, manifest, rows, sealing
from xinqiao.project.backup.making import make_backup
from xinqiao.project.backup.programs import programs_for
from xinqiao.record.keyring import open_ring

REAL = {"DJANGO_SETTINGS_MODULE": "xinqiao.project.settings"}
PASSPHRASE = "铁马 冰河 入梦 来 1125"


@pytest.fixture(scope="module")
def source(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    """An office at work: Django stays connected to it."""
    with django_db_blocker.unblock(), backups.migrated_database("xinqiao_backup_source") as name:
        found = Source(name, tmp_path_factory.mktemp("files"))
        backups.found(found)
        yield found


@pytest.fixture
def at_source(source: Source, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The environment of whoever makes backups of it."""
    for name, value in source.environment.items():
        monkeypatch.setenv(name, value)
    return source


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "backup.key"
    sealing.new_identity(path)
    return path


@pytest.fixture(scope="module")
def made(source: Source, key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup to a public key, made while the office is at work."""
    folder = tmp_path_factory.mktemp("backups") / "2026-11-26"
    before = dict(os.environ)
    os.environ.update(source.environment)
    try:
        assert backup.run([str(folder), "--to", public(key)]) == 0
    finally:
        os.environ.clear()
        os.environ.update(before)
    return folder


def public(key: Path) -> str:
    return str(sealing.read_identities(key)[0].to_public())


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The same backup, to be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


# Out of one office, into another


LOOK = """
import json, sys
from xinqiao.cli import home
with home.django():
    from xinqiao.documents.services import attachments_of, download
    from xinqiao.matters.lookup import access_matter
    from xinqiao.matters.tracking import citizen_with
    from xinqiao.access.permissions import Permission
    from xinqiao.record.proofs import published_keys
    from xinqiao.matters.models import Matter
    found = {"keys": published_keys(), "files": []}
    for number, code in json.loads(sys.argv[1]).items():
        assert citizen_with(number, code, address="192.0.2.1") is not None, number
        assert citizen_with(number, "0" * 12, address="192.0.2.1") is None, number
        stream = Matter.objects.get(number=number).stream
        for one in attachments_of(stream):
            content = b"".join(download(stream, one.pk).content)
            found["files"].append([one.shown_name, content.hex()])
    print(json.dumps(found))
"""


def test_the_drill_everything_comes_back_in_an_empty_office(source: Source, made: Path, key: Path) -> None:
    """As many rows, query codes and sealed files open, receipts hold, and the record is still only appended to."""
    with offices.throw_away_home() as home:
        status, said, wrong = offices.finish(home, "xinqiao", "restore", str(made), "--identity", str(key), **REAL)
        assert status == 0, said + wrong
        assert "2 records replayed" in said
        assert "0 disagreements" in said
        with embedded_postgres.start(home, durable=False) as cluster:
            assert_rows_are_back(made, cluster.urls.owner)
            seen = look(home, source)
            assert seen["files"] == [["屋顶.png", PICTURE.hex()], ["说明.txt", NOTE.hex()]]
            assert seen["keys"] == source.keys
            assert_receipts_hold(home, source, seen["keys"])
            assert_record_is_only_appended_to(cluster.urls.app, cluster.urls.owner)
        assert modes(home / "keys") == {0o600}


def look(home: Path, source: Source) -> dict[str, Any]:
    """What the restored office itself says, in a process of its own."""
    command = [sys.executable, "-c", LOOK, json.dumps(source.codes)]
    return dict(json.loads(subprocess.check_output(command, env=offices.environment(home, **REAL), text=True)))


def assert_receipts_hold(home: Path, source: Source, keys: Any) -> None:
    (home / "published.json").write_text(json.dumps(keys))
    for receipt in source.receipts:
        (home / "receipt.json").write_text(json.dumps(receipt))
        done = offices.finish(home, "xinqiao", "verify", f"{home}/receipt.json", "--key", f"{home}/published.json")
        assert done[0] == 0, done


def assert_rows_are_back(made: Path, url: str) -> None:
    with psycopg.connect(url) as connection:
        there = rows.row_counts(connection)
    assert there == manifest.read(made).tables
    assert there["matters_matter"] == 2


def assert_record_is_only_appended_to(app: str, owner: str) -> None:
    change = "UPDATE record_eventrow SET type = 'closed'"
    for url, refusal in [(app, psycopg.errors.InsufficientPrivilege), (owner, psycopg.errors.RestrictViolation)]:
        with psycopg.connect(url) as connection, pytest.raises(refusal):
            connection.execute(change)


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()}


@contextmanager
def shell(**values: str) -> Iterator[None]:
    """These variables, for as long as the block runs."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def elsewhere(source: Source, tmp_path: Path) -> Iterator[Source]:
    """An empty database on the given server, and empty folders: what a person makes who moves an office."""
    with backups.empty_database("xinqiao_backup_target") as name:
        other = Source(name, tmp_path / "other-files")
        keys = {"XINQIAO_KEYS": str(tmp_path / "other-keys"), "XINQIAO_HOME": str(tmp_path / "other-home")}
        with shell(**(other.environment | keys | REAL)):
            yield other


def test_a_given_database_takes_it_and_then_only_with_replace(
    source: Source,
    made: Path,
    key: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Roles and rights as they were; a second time the office there must be given up by name."""
    monkeypatch.setattr(restore, "AFTERWARDS", ())  # The drill has them.
    arguments = [str(made), "--identity", str(key)]
    with elsewhere(source, tmp_path) as other:
        assert restore.run(arguments) == 0
        assert other.ask("SELECT count(*) FROM matters_matter") == 2
        assert len(other.stored()) == 2
        assert rights(other) == rights(source)

        assert restore.run(arguments) == 2
        assert "there is an office here already" in capfd.readouterr().err
        assert restore.run([*arguments, "--replace"]) == 2
        assert "--replace --yes replaces without asking" in capfd.readouterr().err

        other.ask("DELETE FROM notices_notice RETURNING 1")
        (tmp_path / "other-keys" / "query-code").write_text("another office's")
        assert restore.run([*arguments, "--replace", "--yes"]) == 0
        assert (tmp_path / "other-keys" / "query-code").read_text() != "another office's"
        (aside,) = (tmp_path / "other-keys").glob("before-restore-*")
        assert [path.name for path in aside.iterdir()] == ["query-code"]
        assert str(aside) in capfd.readouterr().out
        assert_rows_are_back(made, other.environment["DATABASE_OWNER_URL"])


def rights(of: Source) -> dict[str, list[str]]:
    with psycopg.connect(of.environment["DATABASE_OWNER_URL"]) as connection:
        return rows.rights_of(connection, of.place().app_role)


def test_nothing_is_half_where_the_database_does_not_take_it(
    source: Source, made: Path, key: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The dump breaks off in the middle: no table, no file and no key is there afterwards."""
    with (
        elsewhere(source, tmp_path) as other,
        programs_that(tmp_path, pg_restore='"$real" "$@" | head -c 60000; exit 1'),
    ):
        assert restore.run([str(made), "--identity", str(key)]) == 2
        assert "the dump cannot be read" in capfd.readouterr().err
        assert other.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == 0
        assert other.stored() == []
        assert not (tmp_path / "other-keys").exists()


@contextmanager
def programs_that(tmp_path: Path, **scripts: str) -> Iterator[None]:
    """The server's client programs, some of which do something else."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        real = programs_for(rows.major_version(connection)).bindir
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("pg_dump", "pg_restore", "psql"):
        version = f'real="{real}/{name}"; [ "$1" = --version ] && exec "$real" --version'
        script = scripts.get(name, 'exec "$real" "$@"')
        (folder / name).write_text(f"#!/bin/sh\n{version}\n{script}\n")
        (folder / name).chmod(0o755)
    with shell(XINQIAO_PG_BINDIR=str(folder)):
        yield


def test_a_backup_can_be_read_through_without_a_database(
    made: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert restore.run([str(made), "--check", "--identity", str(key)]) == 0
    assert "is whole: 2 matters" in capfd.readouterr().out


# What is refused


def flip(path: Path) -> None:
    """One bit, in the middle."""
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def resigned(folder: Path, **changes: Any) -> None:
    """What somebody with the office's signing key could have written."""
    facts = json.loads((folder / manifest.NAME).read_text()) | changes
    signer = open_ring(Path(os.environ["XINQIAO_HOME"]) / "keys").signer
    unsigned = {name: value for name, value in facts.items() if name not in {"key", "sig"}}
    (folder / manifest.NAME).write_bytes(manifest.canonical(manifest.signed(unsigned, signer)))


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a flipped bit in the database": (lambda f: flip(f / "database.age"), "database.age is damaged"),
    "a flipped bit in the files": (lambda f: flip(f / "files.age"), "files.age is damaged"),
    "a flipped bit in the keys": (lambda f: flip(f / "keys.age"), "keys.age is damaged"),
    "a flipped bit in the manifest": (lambda f: flip(f / "manifest.json"), "manifest.json"),
    "a missing piece": (lambda f: (f / "files.age").unlink(), "files.age is missing"),
    "no manifest": (lambda f: (f / "manifest.json").unlink(), "holds no finished backup"),
    "another form": (lambda f: resigned(f, v=2), "the backup has form 2, this version knows 1: upgrade"),
    "a newer schema": (
        lambda f: resigned(f, schema={"matters": ["9999_next"]}, program="9.0"),
        "a newer version (9.0) made the backup, matters.9999_next is not known here: upgrade this one first",
    ),
    "a piece outside": (
        lambda f: resigned(f, parts=[{"name": n, "size": 1, "sha256": ""} for n in (*NAMES, "../x")]),
        "database.age is damaged",
    ),
    "a piece that is not listed": (lambda f: resigned(f, parts=[]), "the manifest lists no database.age"),
}
NAMES = ("database.age", "files.age", "keys.age")


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_not_whole_is_refused_before_anything_is_touched(
    copy: Path, key: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], case: str
) -> None:
    spoil, sentence = SPOILT[case]
    spoil(copy)
    home = tmp_path / "home"
    with shell(XINQIAO_HOME=str(home)):
        os.environ.pop("DATABASE_URL")
        assert restore.run([str(copy), "--identity", str(key)]) == 2
    said = capfd.readouterr().err
    assert sentence in said
    assert said.startswith("xinqiao restore: ")
    assert said.count("\n") == 1
    assert not home.exists()


def test_the_passphrase_opens_it_and_no_other(
    at_source: Source, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a file here, from the environment there; nowhere in clear."""
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    folder = tmp_path / "sealed"
    assert backup.run([str(folder), "--passphrase-file", f"{tmp_path}/passphrase"]) == 0
    monkeypatch.setenv(backup.PASSPHRASE, PASSPHRASE)
    assert restore.run([str(folder), "--check"]) == 0
    monkeypatch.setenv(backup.PASSPHRASE, "not this one at all")
    capfd.readouterr()
    assert restore.run([str(folder), "--check"]) == 2
    assert capfd.readouterr().err == "xinqiao restore: the passphrase does not open this backup\n"
    assert modes(folder) == {0o600}
    assert all(PASSPHRASE.encode() not in path.read_bytes() for path in folder.iterdir())


def test_another_key_does_not_open_it(made: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sealing.new_identity(tmp_path / "other.key")
    assert restore.run([str(made), "--check", "--identity", f"{tmp_path}/other.key"]) == 2
    assert "the key given does not open keys.age" in capfd.readouterr().err
    assert restore.run([str(made), "--check"]) == 2
    assert "name its file with --identity" in capfd.readouterr().err


def test_a_backup_of_somebody_else_is_refused_by_the_key_that_signed(
    made: Path, key: Path, tmp_path: Path, source: Source, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever knows the public key of an office's backups can make one; it is not signed by the office."""
    arguments = [str(made), "--check", "--identity", str(key), "--signed-by", f"{tmp_path}/keys.json"]
    (tmp_path / "keys.json").write_text(json.dumps(source.keys))
    assert restore.run(arguments) == 0
    stranger = open_ring(tmp_path / "stranger").published()[0]
    (tmp_path / "keys.json").write_text(stranger.pem)
    capfd.readouterr()
    assert restore.run(arguments) == 2
    assert "not signed with the key given" in capfd.readouterr().err


def test_an_office_at_work_is_not_restored_over(
    source: Source, made: Path, key: Path, at_source: Source, capfd: pytest.CaptureFixture[str]
) -> None:
    """An office that serves is connected to its database."""
    with psycopg.connect(source.environment["DATABASE_URL"]):
        assert restore.run([str(made), "--identity", str(key), "--replace", "--yes"]) == 2
    assert "others are connected to the database: stop the office first" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "name the folder of the backup, or a file for --new-key"),
        (["{new}"], "say to whom it is sealed: --to KEY, --passphrase-file FILE"),
        (["{new}", "--to", "age1nonsense"], "age1nonsense is no public key"),
        (["{new}", "--to", "/nowhere/keys"], "/nowhere/keys cannot be read: No such file"),
        (["{new}", "--passphrase-file", "/dev/null"], "holds no passphrase in its first line"),
        (["{new}", "--passphrase-file", "{short}"], "the passphrase is too short: give at least 12 characters"),
        (["{full}", "--to", "{key}"], "is there already: name a new folder"),
        (["/dev/null/x", "--to", "{key}"], "the backup cannot be made: Not a directory"),
        (["--new-key", "{private}"], "is there already: a key is never written over another"),
    ],
)
def test_what_cannot_be_backed_up_is_one_line_that_says_what_to_do(
    at_source: Source, key: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("not a backup")
    (tmp_path / "short").write_text("1234")
    places = {name: f"{tmp_path}/{name}" for name in ("new", "full", "short")}
    filled = [one.format(key=public(key), private=key, **places) for one in arguments]
    assert backup.run(filled) == 2
    said = capfd.readouterr().err
    assert sentence in said
    assert said.startswith("xinqiao backup: ")
    assert said.count("\n") == 1
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "new.unfinished").exists()


# While it is made


def test_a_killed_backup_leaves_nothing_that_looks_finished(at_source: Source, key: Path, tmp_path: Path) -> None:
    """Killed while the dump is under way; the next one to the same place removes what was left."""
    folder, left = tmp_path / "daily", tmp_path / "daily.unfinished"
    command = [sys.executable, "-m", "xinqiao.cli.main", "backup", str(folder), "--to", public(key)]
    with programs_that(tmp_path, pg_dump="sleep 60"):
        process = subprocess.Popen(command, env=dict(os.environ))
        assert offices.eventually(lambda: (left / "database.age").exists())
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not folder.exists()
    assert left.is_dir()
    assert restore.run([str(left), "--check", "--identity", str(key)]) == 2
    assert backup.run(command[4:]) == 0
    assert not left.exists()
    assert {path.name for path in folder.iterdir()} == {*NAMES, manifest.NAME}


def test_what_is_erased_meanwhile_stays_erased_and_what_is_lost_is_told(
    at_source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], key: Path
) -> None:
    """The letter's picture is erased between dump and files; the accusation's note has vanished from the disk."""
    files = {path: path.read_bytes() for path in at_source.stored()}
    clear = at_source.ask("SELECT sha256 FROM documents_file WHERE NOT sealed")
    dump = making._dump

    def dump_then_erase(*arguments: Any) -> Any:
        part = dump(*arguments)
        at_source.ask("UPDATE documents_file SET sha256 = repeat('0', 64) WHERE sha256 = %s RETURNING 1", clear)
        for path in files:
            path.unlink()
        return part

    monkeypatch.setattr(making, "_dump", dump_then_erase)
    try:
        assert backup.run([str(tmp_path / "b"), "--to", public(key)]) == 1
    finally:
        at_source.ask("UPDATE documents_file SET sha256 = %s WHERE sha256 = repeat('0', 64) RETURNING 1", clear)
        for path, content in files.items():
            path.write_bytes(content)
    (lost,) = (path.name for path in files if path.name != clear)
    assert f"1 files that records name are gone or damaged on disk: {lost}" in capfd.readouterr().err
    assert manifest.read(tmp_path / "b").lost == 1


def test_memory_does_not_grow_with_the_files(tmp_path: Path) -> None:
    """Sixty megabytes go through in pieces of one."""
    import tracemalloc

    identity = Identity.generate()
    pieces = sealing.Pieces(bytes(sealing.PIECE) for _ in range(60))
    tracemalloc.start()
    part = sealing.seal(pieces, tmp_path / "large.age", [identity.to_public()])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert part.size > 60 * sealing.PIECE
    assert peak < 8 * sealing.PIECE


def test_two_backups_to_one_place_do_not_mix(at_source: Source, tmp_path: Path) -> None:
    with making._folder(tmp_path / "daily"), pytest.raises(making.BackupError, match="another backup is writing"):
        make_backup(
            at_source.place(),
            tmp_path / "daily",
            name="x",
            recipients=[Identity.generate().to_public()],
            passphrase=None,
        )
    assert (tmp_path / "daily").is_dir()
