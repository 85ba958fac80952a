"""Files on disk: by content, once, durable, checked on every read."""

import hashlib
import io
import os
from pathlib import Path

import pytest

from tests.documents import samples
from tests.streams import erase_key
from xinqiao.documents.files import FileDamaged, keep, open_file, path_of, read_file, store_file
from xinqiao.documents.receiving import receive, receiving
from xinqiao.documents.refusals import FileRefused
from xinqiao.record.fields import KeyErased
from xinqiao.record.models import Stream


def text_of(size: int) -> io.BytesIO:
    return io.BytesIO(b"a" * size)


def stored_paths(file_store: Path) -> list[Path]:
    return [path for path in file_store.rglob("*") if path.is_file()]


class CountingSource(io.BytesIO):
    """Tells how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


def test_file_lies_under_its_hash(file_store: Path) -> None:
    stored = store_file(io.BytesIO(samples.PDF), name="合同.pdf")
    digest = hashlib.sha256(samples.PDF).hexdigest()
    assert (stored.sha256, stored.address, stored.size) == (digest, digest, len(samples.PDF))
    assert stored_paths(file_store) == [file_store / digest[:2] / digest[2:4] / digest]
    assert read_file(stored.address) == samples.PDF


def test_file_is_for_the_office_alone(file_store: Path) -> None:
    path = path_of(store_file(io.BytesIO(samples.PDF), name="合同.pdf").address)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_same_content_lies_once_and_is_not_written_again(file_store: Path) -> None:
    first = store_file(io.BytesIO(samples.PDF), name="合同.pdf")
    inode = path_of(first.address).stat().st_ino
    second = store_file(io.BytesIO(samples.PDF), name="另一份.pdf")
    assert second.address == first.address
    assert path_of(first.address).stat().st_ino == inode
    assert len(stored_paths(file_store)) == 1


@pytest.mark.parametrize(("size", "taken"), [(99, True), (100, True), (101, False)])
def test_limit_counts_to_the_byte(size: int, taken: bool, file_store: Path) -> None:
    if taken:
        assert store_file(text_of(size), name="a.txt", limit=100).size == size
        return
    with pytest.raises(FileRefused) as refused:
        store_file(text_of(size), name="a.txt", limit=100)
    assert refused.value.code == "file-too-large"
    assert not stored_paths(file_store)


def test_default_limit_is_the_setting(settings: pytest.FixtureRequest) -> None:
    settings.MAX_FILE_BYTES = 1024 * 1024
    assert store_file(text_of(1024 * 1024), name="a.txt").size == 1024 * 1024
    with pytest.raises(FileRefused, match="1 MB"):
        store_file(text_of(1024 * 1024 + 1), name="a.txt")


def test_an_endless_upload_is_not_read_to_its_end() -> None:
    source = CountingSource(b"a" * 5_000_000)
    with pytest.raises(FileRefused):
        store_file(source, name="a.txt", limit=100)
    assert source.taken <= 1 << 16


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(samples.PDF[:-1] + b"X"),  # one byte changed
        lambda path: path.write_bytes(samples.PDF[:-1]),  # cut
        lambda path: path.write_bytes(b""),
        os.remove,
    ],
)
def test_damage_is_found_before_the_first_byte_goes_out(spoil: object, file_store: Path) -> None:
    stored = store_file(io.BytesIO(samples.PDF), name="合同.pdf")
    os.chmod(path_of(stored.address), 0o600)
    spoil(path_of(stored.address))
    with pytest.raises(FileDamaged, match=stored.address):
        open_file(stored.address)


def test_a_damaged_file_is_healed_when_its_content_comes_again() -> None:
    stored = store_file(io.BytesIO(samples.PDF), name="合同.pdf")
    path_of(stored.address).write_bytes(b"rubbish")
    store_file(io.BytesIO(samples.PDF), name="合同.pdf")
    assert read_file(stored.address) == samples.PDF


def test_file_systems_without_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert read_file(store_file(io.BytesIO(samples.PDF), name="合同.pdf").address) == samples.PDF


def test_nothing_stays_in_incoming_after_the_block(file_store: Path) -> None:
    upload = io.BytesIO(samples.PDF)
    upload.name = "合同.pdf"
    with receiving([upload]) as received:
        assert received[0].path.exists()
        keep(received[0])
        keep(received[0])  # an act that is tried again keeps again
    assert not list((file_store / "incoming").iterdir())


def test_one_refused_upload_refuses_all(file_store: Path) -> None:
    good, bad = io.BytesIO(samples.PDF), io.BytesIO(samples.PROGRAM)
    good.name, bad.name = "合同.pdf", "游戏.exe"
    with pytest.raises(FileRefused), receiving([good, bad]):
        pytest.fail("the block must not run")
    assert not stored_paths(file_store)


def test_sealed_file_is_ciphertext_at_an_address_that_tells_nothing(stream: Stream) -> None:
    received = receive(io.BytesIO(samples.PDF), name="合同.pdf")
    one, two = keep(received, sealed_for=stream), keep(received, sealed_for=stream)
    assert one.sha256 == hashlib.sha256(samples.PDF).hexdigest() != one.address
    assert one.address != two.address  # who has the disk cannot tell that a known file was handed in
    assert samples.PDF[:20] not in path_of(one.address).read_bytes()
    assert read_file(one.address, sealed_for=stream) == samples.PDF


def test_sealed_file_is_gone_with_its_key(stream: Stream) -> None:
    stored = keep(receive(io.BytesIO(samples.PDF), name="合同.pdf"), sealed_for=stream)
    erase_key(stream)
    with pytest.raises(KeyErased):
        open_file(stored.address, sealed_for=stream)
