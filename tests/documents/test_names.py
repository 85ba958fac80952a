"""Names of files: what is taken, what is put right silently, and what is refused with a sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.documents.names import MAX_NAME, clean_name, extension
from xinqiao.documents.refusals import FileRefused


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("房屋租赁合同.pdf", "房屋租赁合同.pdf"),
        ("  照片 1.jpg ", "照片 1.jpg"),  # spaces around are nobody's intention
        ("说明.txt.", "说明.txt"),  # a dot at the end is lost by some systems anyway
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),  # a Mac sends letters and accents apart
        ("合\u200b同.pdf", "合同.pdf"),  # a joiner without width tells nothing
        ("合同.扫描件", "合同.扫描件"),  # only Latin letters and figures are an ending
        ("\u9fd4\u3400\U00020000.pdf", "\u9fd4\u3400\U00020000.pdf"),  # rare characters of names and places
        ("字" * MAX_NAME, "字" * MAX_NAME),  # just short enough
    ],
)
def test_name_is_kept(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("../../etc/passwd", "file-name-path"),
        ("a/b.pdf", "file-name-path"),
        ("..\\..\\boot.ini", "file-name-path"),
        ("C:合同.pdf", "file-name-path"),  # a drive without a separator is a path as well
        ("\\\\server\\share\\a.pdf", "file-name-path"),
        ("a\0.pdf", "file-name-hidden"),  # the database cannot keep NUL
        ("a\r\nSet-Cookie: x.pdf", "file-name-hidden"),  # a line end would become a header
        ("合同\u202efdp.exe", "file-name-hidden"),  # reads as 合同exe.pdf
        ("a\ud800.pdf", "file-name-hidden"),  # half a character cannot be written
        ("a\ufffe.pdf", "file-name-hidden"),
        ("", "file-name-missing"),
        ("   ", "file-name-missing"),
        ("..", "file-name-missing"),
        (".pdf", "file-name-missing"),  # an ending is no name
        ("\u200b", "file-name-missing"),  # invisible is missing
        ("字" * (MAX_NAME + 1), "file-name-long"),
    ],
)
def test_name_is_refused(sent: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        clean_name(sent)
    assert refused.value.code == code
    assert str(refused.value) == refused.value.sentence


def test_refusal_of_a_path_shows_what_was_sent() -> None:
    with pytest.raises(FileRefused, match=r"“\.\./a\.pdf”"):
        clean_name("../a.pdf")


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("合同.扫描件", ""), ("a.verylongending", ""), ("a.", "")],
)
def test_ending(name: str, ending: str) -> None:
    assert extension(name) == ending


def outcome(sent: str) -> str | FileRefused:
    """What became of a name; any other exception is a fault of ours."""
    try:
        return clean_name(sent)
    except FileRefused as refused:
        return refused


@given(st.text(max_size=MAX_NAME + 20))
def test_what_is_kept_can_be_shown_stored_and_sent_again(sent: str) -> None:
    kept = outcome(sent)
    if isinstance(kept, FileRefused):
        assert not any(unicodedata.category(letter) == "Cc" for letter in kept.sentence)
        return
    assert 0 < len(kept) <= MAX_NAME
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in kept)
    assert not {"/", "\\"} & set(kept)
    assert kept.encode()
    assert clean_name(kept) == kept  # what we hand out comes in again
