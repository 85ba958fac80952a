"""Where an office keeps what a backup takes: the database as both roles, the folder of files, the folder of keys."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from xinqiao.project.database import database_urls
from xinqiao.project.home import files_dir, keys_dir


@dataclass(frozen=True, kw_only=True)
class Office:
    """The parts of one office; ``owner_url`` is the role that migrates, ``app_role`` the one that serves."""

    owner_url: str
    app_role: str
    files: Path
    keys: Path

    @property
    def owner_role(self) -> str:
        """The role that owns the tables."""
        return unquote(urlsplit(self.owner_url).username or "")


def office_at(home: Path) -> Office:
    """The office of a home, as the environment says; its database need not run yet."""
    app, owner = database_urls(home)
    role = unquote(urlsplit(app).username or "")
    return Office(owner_url=owner, app_role=role, files=files_dir(home), keys=keys_dir(home))


def file_place(files: Path, address: str) -> Path:
    """Where the file with this SHA-256 lies."""
    return files / address[:2] / address[2:4] / address
