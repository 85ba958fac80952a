"""Where an office keeps what is its own: the embedded cluster, keys, files and secrets."""

import os
import secrets
from pathlib import Path


def home_dir() -> Path:
    """The folder named by ``XINQIAO_HOME``, by default ``./var``."""
    return Path(os.environ.get("XINQIAO_HOME", "var")).resolve()


def keys_dir(home: Path) -> Path:
    """Where the key ring lies; a production office mounts it apart from the database."""
    return Path(os.environ.get("XINQIAO_KEYS", home / "keys"))


def files_dir(home: Path) -> Path:
    """Where files lie by their content."""
    return Path(os.environ.get("XINQIAO_FILES", home / "files"))


def secret(name: str, *, home: Path | None = None) -> str:
    """A random secret that is made once and then kept, readable by the owner alone."""
    path = keys_dir(home or home_dir()) / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_when_written(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(value := secrets.token_urlsafe(48))
    return value


def _read_when_written(path: Path) -> str:
    """Another process may be between making the file and filling it."""
    import time

    for _ in range(50):
        if value := path.read_text():
            return value
        time.sleep(0.02)
    raise RuntimeError(f"{path} is empty: delete it and start again")
