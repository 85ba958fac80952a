"""Which PostgreSQL, and as whom.

Two roles: ``default`` is the application's, which cannot change the record; ``owner`` migrates.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PREPARED_FROM = 5
"""How often a connection asks the same before the server keeps the plan."""
SHORT_STATEMENTS = "-c jit=off -c max_parallel_workers_per_gather=0"
"""A page asks little and often: helpers for a statement, or compiling it, would take longer than carrying it out."""


def parse_url(url: str) -> dict[str, Any]:
    """Django's settings of one ``postgresql://user:password@host:port/name`` URL.

    Raises ValueError, saying what is missing, for any other URL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError("DATABASE_URL must read postgresql://user:password@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_HEALTH_CHECKS": True,
    }


def database_urls(home: Path) -> tuple[str, str]:
    """The application's and the owner's URL: from the environment, or from the embedded cluster's files."""
    if url := os.environ.get("DATABASE_URL"):
        return url, os.environ.get("DATABASE_OWNER_URL", url)
    from xinqiao.project.embedded_postgres import configured_urls

    urls = configured_urls(home)
    return urls.app, urls.owner


def database_settings(home: Path) -> tuple[dict[str, Any], str]:
    """``DATABASES`` and the name of the application's role."""
    app_url, owner_url = database_urls(home)
    app, owner = parse_url(app_url), parse_url(owner_url)
    app["CONN_MAX_AGE"] = 600
    # What is asked again and again is planned once; a pooler between that cannot: ?prepare_threshold=0 in the URL.
    options = app["OPTIONS"]
    threshold = int(options.pop("prepare_threshold", PREPARED_FROM))
    options |= {"server_side_binding": True, "prepare_threshold": threshold or None}
    if threshold:
        options.setdefault("options", SHORT_STATEMENTS)
    app["DISABLE_SERVER_SIDE_CURSORS"] = False
    return {"default": app, "owner": owner}, app["USER"]


class OwnerMigrates:
    """Only the owner's connection may change the schema; everything is read and written as the application."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
