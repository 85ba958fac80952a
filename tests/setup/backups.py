"""An office with letters, an accusation and files, in a database and folders of its own; and a backup of it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from psycopg import sql

from tests import conftest
from tests.office import Office, found_office, hire
from xinqiao.documents.services import receiving
from xinqiao.project.backup.office import Office as Place
from xinqiao.project.backup.office import office_at
from xinqiao.record.proofs import published_keys

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(2000)
NOTE = "屋顶照片一张，另有收据两页。".encode()


@dataclass
class Source:
    """What an office has, and what two petitioners took home from it."""

    database: str
    files: Path
    codes: dict[str, str] = field(default_factory=dict)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    keys: Any = None

    @property
    def environment(self) -> dict[str, str]:
        """What a shell would have set to work on it."""
        return {
            "DATABASE_URL": at(os.environ["DATABASE_URL"], self.database),
            "DATABASE_OWNER_URL": at(os.environ["DATABASE_OWNER_URL"], self.database),
            "XINQIAO_FILES": str(self.files),
            "XINQIAO_HOME": os.environ["XINQIAO_HOME"],
        }

    def place(self) -> Place:
        """The same as a backup sees it; the environment must be set."""
        return office_at(Path(os.environ["XINQIAO_HOME"]))

    def ask(self, query: str, *values: Any) -> Any:
        """One value, asked as the owner."""
        with psycopg.connect(self.environment["DATABASE_OWNER_URL"], autocommit=True) as connection:
            row = connection.execute(query, values).fetchone()
            return row[0] if row else None

    def stored(self) -> list[Path]:
        """The files on disk, in the order of their names."""
        return sorted(path for path in self.files.rglob("*") if len(path.name) == 64)


def at(url: str, database: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    """Like one that a person has just made: nobody has granted the application anything in it."""
    conftest.drop(name)
    conftest.as_owner("CREATE DATABASE {}", name)
    app = sql.Identifier(urlsplit(os.environ["DATABASE_URL"]).username or "")
    with psycopg.connect(at(os.environ["DATABASE_OWNER_URL"], name), autocommit=True) as connection:
        for what in ("TABLES", "SEQUENCES"):
            connection.execute(sql.SQL(f"ALTER DEFAULT PRIVILEGES REVOKE ALL ON {what} FROM {{}}").format(app))
    try:
        yield name
    finally:
        conftest.drop(name)


@contextmanager
def migrated_database(name: str) -> Iterator[str]:
    """One with the schema and nothing in it, which Django uses inside the block."""
    conftest.drop(name)
    conftest.as_owner("CREATE DATABASE {} TEMPLATE {}", name, conftest.TEMPLATE)
    conftest.use_database(name)
    try:
        yield name
    finally:
        conftest.use_database(conftest.MAIN)
        conftest.drop(name)


def found(source: Source) -> None:
    """Register a letter with a picture and an accusation with a note, as the desk does."""
    with override_settings(FILES_DIR=source.files), transaction.atomic():
        organs = found_office()
        office = Office(organs, hire(organs, password="a-long-test-password"))
    with override_settings(FILES_DIR=source.files):
        _register(source, office, "屋顶.png", PICTURE)
        _register(source, office, "说明.txt", NOTE, kind="accusation", accused_organs=("HCZJ",))
        source.keys = published_keys()


def _register(source: Source, office: Office, name: str, content: bytes, **changes: Any) -> None:
    with receiving([SimpleUploadedFile(name, content)]) as files:
        done = office.register(files=tuple(files), **changes)
    source.codes[done.number] = done.query_code
    source.receipts.append(json.loads(json.dumps({"receipt": done.receipt, "submission": done.submission})))
