"""The office's keys, as files that only the office can read.

Two kinds lie in one directory: master keys (``master-ID.key``) wrap the data key of every stream, signing keys
(``signing-ID.pem``) sign receipts. An ID begins with the instant of its making, so the newest is the one in use and
the older ones still open and still verify. Nothing here deletes a key.
"""

import fcntl
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xinqiao.record.commitments import from_base64url, to_base64url
from xinqiao.record.sealing import KEY_BYTES, CannotOpen, new_key, seal, unseal

_STAMP = "%Y%m%dT%H%M%SZ"
_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}").fullmatch


class KeyRingError(Exception):
    """The key directory cannot be used; the message says what to do."""


@dataclass(frozen=True)
class PublishedKey:
    """A key that signs or signed; ``until`` is None for the one in use."""

    id: str
    public: bytes
    pem: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class KeyRing:
    """The keys of one directory as they were when it was read; the last of each is in use."""

    masters: dict[str, bytes]
    signers: dict[str, Ed25519PrivateKey]

    @property
    def master_id(self) -> str:
        """The master key that wraps from now on."""
        return next(reversed(self.masters))

    @property
    def signer(self) -> Ed25519PrivateKey:
        """The key that signs from now on."""
        return self.signers[next(reversed(self.signers))]

    def wrap(self, data_key: bytes, *, context: str) -> tuple[str, bytes]:
        """The id of the master key in use, and the data key sealed under it."""
        return self.master_id, seal(data_key, key=self.masters[self.master_id], context=context)

    def unwrap(self, master_id: str, wrapped: bytes, *, context: str) -> bytes:
        """The data key; raises CannotOpen, also where the master key of that id is not on the ring."""
        if master_id not in self.masters:
            raise CannotOpen(f"the master key {master_id} is not on the key ring")
        return unseal(wrapped, key=self.masters[master_id], context=context)

    def published(self) -> list[PublishedKey]:
        """Every signing key, oldest first: a receipt signed under an old one still holds."""
        ids = list(self.signers)
        ends = [_made_at(later) for later in ids[1:]] + [None]
        return [_published(key, self.signers[key], end) for key, end in zip(ids, ends, strict=True)]


def open_ring(directory: Path) -> KeyRing:
    """The ring in ``directory``, read again whenever the directory has changed; made where there is none yet.

    Raises KeyRingError where a key can be read by others than its owner, or is damaged.
    """
    version = _version(directory)
    cached = _cache.get(directory)
    if cached and cached[0] == version:
        return cached[1]
    ring = _read(directory)
    if not ring.masters or not ring.signers:
        ring = _first_keys(directory)
    elif time.time_ns() - version > _SETTLED_NS:
        _cache[directory] = (version, ring)
    return ring


def add_master_key(directory: Path) -> str:
    """Add a master key and give its id; it wraps from now on, the old ones still open."""
    with _locked(directory):
        return _add(directory, "master", ".key", to_base64url(new_key()).encode())


def add_signing_key(directory: Path) -> str:
    """Add a signing key and give its id; it signs from now on, the old ones stay published."""
    with _locked(directory):
        return _add(directory, "signing", ".pem", _private_pem(Ed25519PrivateKey.generate()))


_cache: dict[Path, tuple[int, KeyRing]] = {}
# A directory touched this moment may change again within one tick of the file system's clock.
_SETTLED_NS = 1_000_000_000


def _version(directory: Path) -> int:
    try:
        return directory.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _first_keys(directory: Path) -> KeyRing:
    """Under the lock, so that two processes starting at once share one first key."""
    with _locked(directory):
        ring = _read(directory)
        if not ring.masters:
            _add(directory, "master", ".key", to_base64url(new_key()).encode())
        if not ring.signers:
            _add(directory, "signing", ".pem", _private_pem(Ed25519PrivateKey.generate()))
        return _read(directory)


def _read(directory: Path) -> KeyRing:
    masters = {_id_of(path): _master(path) for path in sorted(directory.glob("master-*.key"))}
    signers = {_id_of(path): _signer(path) for path in sorted(directory.glob("signing-*.pem"))}
    return KeyRing(masters=masters, signers=signers)


def _id_of(path: Path) -> str:
    key_id = path.stem.split("-", 1)[1]
    if not _ID(key_id):
        raise KeyRingError(f"{path.name} is not named as the key ring names its files: move it elsewhere")
    return key_id


def _master(path: Path) -> bytes:
    try:
        return from_base64url(_secret(path).decode("ascii").strip(), size=KEY_BYTES)
    except ValueError:
        raise KeyRingError(f"{path.name} is damaged: restore it from the backup of the keys") from None


def _signer(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(_secret(path), password=None)
    except ValueError:
        raise KeyRingError(f"{path.name} is damaged: restore it from the backup of the keys") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRingError(f"{path.name} is not an Ed25519 key")
    return key


def _secret(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise KeyRingError(f"{path.name} can be read by others: run chmod 600 on it")
    return path.read_bytes()


def _add(directory: Path, kind: str, suffix: str, content: bytes) -> str:
    """Write beside and rename, so that a reader never meets half a key."""
    key_id = _next_id(directory, kind, suffix)
    path = directory / f"{kind}-{key_id}{suffix}"
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    return key_id


def _next_id(directory: Path, kind: str, suffix: str) -> str:
    """Later than every id there is, even when two keys are made in one second or the clock was set back."""
    taken = [_id_of(path)[:16] for path in directory.glob(f"{kind}-*{suffix}")]
    stamp = datetime.now(UTC).strftime(_STAMP)
    if taken and stamp <= max(taken):
        latest = datetime.strptime(max(taken), _STAMP).replace(tzinfo=UTC).timestamp() + 1
        stamp = datetime.fromtimestamp(latest, UTC).strftime(_STAMP)
    return f"{stamp}-{secrets.token_hex(3)}"


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _made_at(key_id: str) -> datetime:
    return datetime.strptime(key_id[:16], _STAMP).replace(tzinfo=UTC)


def _published(key_id: str, signer: Ed25519PrivateKey, until: datetime | None) -> PublishedKey:
    public = signer.public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    return PublishedKey(key_id, public.public_bytes_raw(), pem, _made_at(key_id), until)
