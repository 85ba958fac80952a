"""The keys and secrets of an office: read for a backup, and put in place of others by a restore."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


def key_files(folder: Path) -> list[Path]:
    """Every file there but locks and drafts."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in found if path.suffix != ".new")


@contextmanager
def replaced(folder: Path, contents: dict[str, bytes]) -> Iterator[Path | None]:
    """Exactly these keys in the folder; the block is given where others went, and if it fails they come back.

    No key is deleted: what was there and is not the same lies in a folder of its own inside.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    old = [path for path in key_files(folder) if contents.get(path.name) != path.read_bytes()]
    aside = folder / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}" if old else None
    new = [name for name in contents if not (folder / name).exists() or folder / name in old]
    try:
        if aside:
            aside.mkdir(mode=0o700)
            for path in old:
                path.rename(aside / path.name)
        for name in new:
            _write(folder / name, contents[name])
        yield aside
    except BaseException:
        _put_back(folder, new, {path.name for path in old}, aside)
        raise


def _put_back(folder: Path, new: list[str], old: set[str], aside: Path | None) -> None:
    """As it was before, however far it had come."""
    moved = {path.name for path in aside.iterdir()} if aside and aside.is_dir() else set()
    for name in new:
        if name not in old or name in moved:
            (folder / name).unlink(missing_ok=True)
    if aside and aside.is_dir():
        for path in aside.iterdir():
            path.rename(folder / path.name)
        aside.rmdir()


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.restoring")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
