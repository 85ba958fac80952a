"""The virus check: the industry's sample is always found, and nothing is called clean that nobody has checked."""

import io
import shlex
import sys
from pathlib import Path

import pytest

from tests.documents import samples
from xinqiao.documents import scanner
from xinqiao.documents.labels import ScanState
from xinqiao.documents.receiving import receive
from xinqiao.documents.refusals import FileRefused

PADDED = b"%PDF-1.7\n" + b" " * 70_000


def command(code: str) -> str:
    """A scanner in one line of Python."""
    return shlex.join([sys.executable, "-c", code])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("病毒.txt", samples.virus_sample()),
        ("病毒.txt", samples.virus_sample() + b"\r\n"),
        ("病毒.pdf", PADDED + samples.virus_sample()),  # far inside, and called something else
    ],
)
@pytest.mark.parametrize("configured", ["", command("raise SystemExit(0)")])
def test_sample_is_refused_in_any_case(
    name: str, content: bytes, configured: str, settings: pytest.FixtureRequest, file_store: Path
) -> None:
    settings.SCANNER_COMMAND = configured
    with pytest.raises(FileRefused) as refused:
        receive(io.BytesIO(content), name=name)
    assert refused.value.code == "file-infected"
    assert not list((file_store / "incoming").iterdir())


def test_sample_stands_nowhere_in_the_program() -> None:
    compiled = Path(scanner.__cached__)
    assert samples.virus_sample() not in Path(scanner.__file__).read_bytes()
    assert not compiled.exists() or samples.virus_sample() not in compiled.read_bytes()


@pytest.mark.parametrize(
    ("configured", "state"),
    [
        ("", ScanState.UNSCANNED),  # no scanner: said so, never called clean
        (command("raise SystemExit(0)"), ScanState.CLEAN),
        (command("raise SystemExit(2)"), ScanState.UNANSWERED),  # clamdscan: the daemon is not there
        ("/nowhere/scanner -", ScanState.UNANSWERED),
    ],
)
def test_state_of_a_harmless_file(configured: str, state: ScanState, settings: pytest.FixtureRequest) -> None:
    settings.SCANNER_COMMAND = configured
    assert receive(io.BytesIO(samples.PDF), name="合同.pdf").scan == state


def test_a_scanner_that_hangs_gives_no_answer(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "SECONDS", 0.2)
    settings.SCANNER_COMMAND = command("import time; time.sleep(30)")
    assert receive(io.BytesIO(samples.PDF), name="合同.pdf").scan == ScanState.UNANSWERED


FROM_INPUT = "import sys; raise SystemExit(int(b'EVIL' in sys.stdin.buffer.read()))"
FROM_PATH = "import sys; raise SystemExit(int(b'EVIL' in open(sys.argv[1], 'rb').read()))"


@pytest.mark.parametrize("configured", [command(FROM_INPUT), command(FROM_PATH) + " {}"])
@pytest.mark.parametrize(("content", "infected"), [(b"EVIL words", True), (b"good words", False)])
def test_scanner_gets_the_file_by_input_or_by_name(
    configured: str, content: bytes, infected: bool, settings: pytest.FixtureRequest
) -> None:
    settings.SCANNER_COMMAND = configured
    if not infected:
        assert receive(io.BytesIO(content), name="a.txt").scan == ScanState.CLEAN
        return
    with pytest.raises(FileRefused) as refused:
        receive(io.BytesIO(content), name="a.txt")
    assert refused.value.code == "file-infected"
