"""One throw-away PostgreSQL for the run, with two roles: the owner migrates, the application runs the tests."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import translation
from psycopg import sql

# A loaded machine is slow, not wrong: no example has a deadline.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
pytest_plugins = ["tests.browser", "tests.office", "tests.live"]

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
MAIN, TEMPLATE = f"xinqiao_test_{WORKER}", f"xinqiao_template_{WORKER}"


def pytest_configure() -> None:
    """Hashing a password is slow on purpose, and nearly every test founds an office whose people have one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a database or a browser is marked so, and can be chosen by ``-m``.

    Files with a slow test come first: at the end one process would work alone at it.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"db", "transactional_db", "committed_db", "live_office"} or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
        if names & {"page", "browser", "new_page"}:
            item.add_marker(pytest.mark.browser)


def as_owner(statement: str, *names: str) -> None:
    """Run one statement outside any database of the tests."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def drop(name: str) -> None:
    """Remove a database, whoever is still connected to it; only the server's own administrator may end others."""
    url = os.environ.get("XINQIAO_TEST_ADMIN_URL", os.environ["DATABASE_OWNER_URL"])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def use_database(name: str) -> None:
    """Point both roles' connections at a database."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        for name in (MAIN, TEMPLATE):
            drop(name)
        as_owner("CREATE DATABASE {}", TEMPLATE)
        use_database(TEMPLATE)
        call_command("migrate", database="owner", verbosity=0)
        use_database(MAIN)
        as_owner("CREATE DATABASE {} TEMPLATE {}", MAIN, TEMPLATE)
        yield
        use_database("postgres")
        for name in (MAIN, TEMPLATE):
            drop(name)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own, where acts really commit: for threads, processes and servers."""
    name = f"{MAIN}_committed"
    with django_db_blocker.unblock():
        drop(name)
        as_owner("CREATE DATABASE {} TEMPLATE {}", name, TEMPLATE)
        use_database(name)
        yield name
        use_database(MAIN)
        drop(name)


@pytest.fixture(autouse=True)
def _reads_simplified() -> None:
    """A request leaves its language behind in the thread; each test begins in the language of the house."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _forget_organs() -> None:
    from xinqiao.organs import lookup

    lookup.forget()


@pytest.fixture
def files_dir(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR
