"""What a backup says of itself, in clear and signed: versions, numbers of rows, and the hash of every piece.

It names no matter and no person, and no hash of a file that was handed in.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xinqiao.project.backup.errors import BackupError
from xinqiao.record.canonical import canonical, parse
from xinqiao.record.commitments import from_base64url
from xinqiao.record.receipts import DoesNotHold, Malformed, signed, verify_signature

NAME = "manifest.json"
KIND, VERSION = "xinqiao-backup", 1
MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Part:
    """One piece of a backup as it lies there, encrypted."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """``schema``: migrations of our own by app; ``tables``: rows by table; ``rights``: the application's, by relation.

    ``postgres`` is the major version that wrote the dump; ``lost`` how many files the database names that were gone or
    changed when the backup was made; ``key`` the raw public key that signed.
    """

    office: str
    made_at: str
    program: str
    postgres: int
    schema: dict[str, list[str]]
    tables: dict[str, int]
    rights: dict[str, list[str]]
    files: int
    file_bytes: int
    lost: int
    parts: list[Part]
    key: bytes = b""

    def rows(self, table: str) -> int:
        """How many rows a table had; 0 where there was none."""
        return self.tables.get(table, 0)


def to_bytes(manifest: Manifest, signer: Ed25519PrivateKey) -> bytes:
    """The signed manifest as it is written down."""
    facts: dict[str, Any] = {"kind": KIND, "v": VERSION} | asdict(manifest)
    del facts["key"]
    return canonical(signed(facts, signer)) + b"\n"


def read(folder: Path) -> Manifest:
    """The manifest of a backup, its signature checked. Raises BackupError where it is none, or was changed."""
    facts = _facts(_raw(folder))
    try:
        verify_signature(facts)
    except (Malformed, DoesNotHold):
        raise BackupError(f"{folder / NAME} was changed after it was signed: take another copy of the backup") from None
    return _manifest(facts, folder)


def _raw(folder: Path) -> bytes:
    try:
        with (folder / NAME).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BackupError(f"{folder} holds no finished backup: {NAME} cannot be read ({error.strerror})") from None
    if len(raw) > MAX_BYTES:
        raise BackupError(f"{folder / NAME} is no manifest of a backup: it is too large")
    return raw


def _facts(raw: bytes) -> dict[str, Any]:
    try:
        value = parse(raw)
    except ValueError as error:
        raise BackupError(f"{NAME} is damaged ({error}): take another copy of the backup") from None
    if not isinstance(value, Mapping) or value.get("kind") != KIND:
        raise BackupError(f"{NAME} is not the manifest of a backup")
    if value.get("v") != VERSION:
        raise BackupError(f"the backup has form {value.get('v')}, this version knows {VERSION}: upgrade this one first")
    return dict(value)


def _manifest(facts: dict[str, Any], folder: Path) -> Manifest:
    """Signed by whoever holds the key, so its form is right unless another program made it."""
    kept = {name: value for name, value in facts.items() if name not in {"kind", "v", "sig"}}
    try:
        parts = [Part(**part) for part in kept.pop("parts")]
        key = from_base64url(kept.pop("key"), size=32)
        return Manifest(**kept, parts=parts, key=key)
    except (TypeError, KeyError, ValueError):
        raise BackupError(f"{folder / NAME} is not in the form of this version: upgrade this one first") from None
