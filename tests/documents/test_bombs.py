"""Zip bombs in Office files: refused by what they promise and by what they do, without being unpacked to disk."""

import io
import time
import zipfile

import pytest

from tests.documents import samples
from xinqiao.documents import containers
from xinqiao.documents.receiving import receive
from xinqiao.documents.refusals import FileRefused

MEGABYTE = 1024 * 1024


def refused_code(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        receive(io.BytesIO(content), name="信.docx")
    return refused.value.code


def test_small_file_with_much_inside() -> None:
    assert refused_code(samples.word(big=b"\0" * (40 * MEGABYTE))) == "file-bomb"


def test_well_packed_but_small_is_no_bomb() -> None:
    content = samples.word(big=b"\0" * (10 * MEGABYTE))
    assert receive(io.BytesIO(content), name="信.docx").size == len(content)


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_PARTS", 10)
    assert refused_code(samples.word(**{f"p{i}": b"x" for i in range(9)})) == "file-bomb"


def test_total_is_limited_whatever_the_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_UNPACKED", 1000)
    content = samples.zipped(samples.WORD_PARTS | {"a": bytes(range(256)) * 4}, method=zipfile.ZIP_STORED)
    assert refused_code(content) == "file-bomb"


def test_a_part_that_claims_to_be_small_is_measured() -> None:
    big = b"\0" * (40 * MEGABYTE)
    liar = samples.lying_zip(samples.WORD_PARTS | {"big": big}, claimed=100)
    with zipfile.ZipFile(io.BytesIO(liar)) as archive:
        assert archive.getinfo("big").file_size == 100  # whoever believes the headers sees nothing
    assert refused_code(liar) == "file-bomb"


def test_parts_that_share_their_bytes_are_each_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Overlapping entries: one packed block, named many times in the directory."""
    monkeypatch.setattr(containers, "FREE_UNPACKED", MEGABYTE)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (samples.WORD_PARTS | {"big": b"\0" * MEGABYTE}).items():
            archive.writestr(name, content)
        for i in range(20):
            twin = zipfile.ZipInfo(f"big{i}")
            for field in ("header_offset", "compress_type", "compress_size", "file_size", "CRC"):
                setattr(twin, field, getattr(archive.getinfo("big"), field))
            archive.filelist.append(twin)
    assert refused_code(buffer.getvalue()) == "file-bomb"


def test_unknown_packing_is_no_office_file() -> None:
    assert refused_code(samples.zipped(samples.WORD_PARTS, method=zipfile.ZIP_LZMA)) == "file-damaged"


@pytest.mark.slow
def test_the_worst_that_is_taken_costs_under_five_seconds() -> None:
    parts = samples.WORD_PARTS | {f"p{i}": (b"%08d" % i) * (MEGABYTE // 4) for i in range(140)}
    content, started = samples.zipped(parts), time.monotonic()
    with pytest.raises(FileRefused):
        receive(io.BytesIO(content), name="信.docx")
    assert time.monotonic() - started < 5
