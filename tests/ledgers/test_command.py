"""``xinqiao import`` and ``xinqiao export`` as somebody at the machine meets them."""

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from openpyxl import load_workbook

from tests.ledgers.sheets import HEAD, LINE, sheet_file
from tests.office import Office
from xinqiao.access.models import Look
from xinqiao.cli import export, import_
from xinqiao.matters.codes import next_numbers
from xinqiao.matters.ledgers.importing import alone_with, hash_of
from xinqiao.matters.models import LedgerRun, Matter, Petition
from xinqiao.project.demo_office import found_office, hire

BAD = ("不详", *LINE[1:])


@pytest.fixture(autouse=True)
def _inside_the_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work on the test's own connection, which they must not close."""
    if "committed" not in request.fixturenames:
        monkeypatch.setattr("xinqiao.cli.home.django", nullcontext)
        monkeypatch.setattr("xinqiao.cli.migrate.refuse_if_pending", lambda: None)


@pytest.fixture
def committed(committed_db: str) -> Office:
    """An office that other processes see."""
    organs = found_office()
    return Office(organs, hire(organs, password="a-long-test-password"))


def test_a_ledger_goes_in_and_the_same_again_doubles_nothing(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet_file(tmp_path / "台账.xlsx", HEAD, LINE, LINE)
    assert import_.run([str(path), "--organ", "HCXF"]) == 0
    assert "2 lines: 2 registered, 0 refused, 0 known already" in capsys.readouterr().out
    assert import_.run([str(path), "--organ", "HCXF"]) == 0
    assert "2 lines: 0 registered, 0 refused, 2 known already" in capsys.readouterr().out
    assert Petition.objects.count() == 2
    assert list(tmp_path.iterdir()) == [path]


def test_refused_lines_are_listed_and_stand_in_a_copy_beside_the_file(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet_file(tmp_path / "台账.xlsx", (*HEAD, "性别"), (*LINE, "女"), (*BAD, "=1+1"), (*LINE, "男"))
    assert import_.run([str(path), "--organ", "HCXF", "--language", "zh-hans"]) == 1
    told = capsys.readouterr()
    assert "3 lines: 2 registered, 1 refused" in told.out
    assert "columns left out: 性别" in told.err
    assert "line 3, 信访日期: “不详”不是日期" in told.err
    titles, refused = load_workbook(tmp_path / "台账.errors.xlsx").active.iter_rows(values_only=True)
    assert titles == (*HEAD, "性别", "原表行号", "未登记的原因")
    assert refused[:8] == (*BAD, "'=1+1")  # shown, and no formula any more
    assert refused[8] == 3
    assert refused[9].startswith("信访日期：“不详”不是日期")


def test_the_copy_once_corrected_goes_in(office: Office, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, LINE, BAD)
    assert import_.run([str(path)]) == 1
    copy = tmp_path / "a.errors.xlsx"
    book = load_workbook(copy)
    book.active["A2"] = "2026-03-05"
    book.save(copy)
    assert import_.run([str(copy)]) == 0
    assert Petition.objects.count() == 2


def test_a_copy_that_was_touched_is_never_written_over(office: Office, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, BAD)
    copy = tmp_path / "a.errors.xlsx"
    import_.run([str(path)])
    import_.run([str(path)])  # the same refusals: one copy is enough
    assert sorted(tmp_path.iterdir()) == [copy, path]
    copy.write_bytes(b"corrected by hand")
    import_.run([str(path)])
    assert copy.read_bytes() == b"corrected by hand"
    assert (tmp_path / "a.errors-2.xlsx").exists()


def test_twenty_mistakes_are_listed_and_the_rest_counted(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_.run([str(sheet_file(tmp_path / "a.xlsx", HEAD, *[BAD] * 25))])
    told = capsys.readouterr().err.splitlines()
    assert sum(one.startswith("line ") for one in told) == 20
    assert "… and 5 more" in told
    assert load_workbook(tmp_path / "a.errors.xlsx").active.max_row == 26


def test_a_dry_run_writes_nothing_and_gives_no_number(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (before,) = next_numbers(office.organs["HCXF"], 2026, 1)
    path = sheet_file(tmp_path / "a.xlsx", HEAD, LINE, BAD, ("2026-03-02", "长" * 61, *LINE[2:]))
    assert import_.run([str(path), "--dry-run"]) == 1
    told = capsys.readouterr()
    assert "3 lines: 1 would be registered, 2 refused" in told.out
    assert "line 4, 标题" in told.err
    assert not Petition.objects.exists()
    assert not LedgerRun.objects.exists()
    (after,) = next_numbers(office.organs["HCXF"], 2026, 1)
    assert int(after[-5:]) == int(before[-5:]) + 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--organ", "NONE"], "--organ NONE"),
        (["--as", "nobody"], "--as nobody"),
        (["--as", "jiangbo"], "may not register"),
        (["--as", "hexiaowen", "--organ", "HCZJ"], ""),  # another's organ
        (["--sheet", "nowhere"], "nowhere"),
        (["--channel", "pigeon"], "--channel pigeon"),
        (["--language", "fr"], "--language"),
        (["--no-such"], "--no-such"),
    ],
)
def test_wrong_input_is_one_line_and_writes_nothing(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, LINE)
    assert import_.run([str(path), *options]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert told in error
    assert not Petition.objects.exists()
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_workbook_is_told_before_a_database_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinqiao.cli.home.database", lambda: pytest.fail("no database is needed for this"))
    (tmp_path / "a.xlsx").write_text("no workbook")
    assert import_.run([str(tmp_path / "a.xlsx")]) == 2
    assert capsys.readouterr().err == "xinqiao import: a.xlsx is not an .xlsx workbook: save it as .xlsx\n"


def test_whoever_imports_the_same_file_at_the_same_time_is_told(
    committed: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, *[LINE] * 3)
    with alone_with(hash_of(path)):
        process = start(path)
        _out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "is being imported at this moment" in err
    assert not Petition.objects.exists()


@pytest.mark.slow
def test_a_killed_import_goes_on_and_loses_nothing(committed: Office, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, *[LINE] * 1500)
    process = start(path)
    until = time.monotonic() + 60
    while not Petition.objects.exists() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    halfway = Petition.objects.count()
    assert 0 < halfway < 1500
    assert Matter.objects.count() == halfway
    again = start(path)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    assert f"1500 lines: {1500 - halfway} registered, 0 refused, {halfway} known already" in out
    assert Petition.objects.count() == Matter.objects.count() == 1500


def start(path: Path) -> "subprocess.Popen[str]":
    """The command as a process of its own, on this test's database."""
    from django.db import connection

    parts = urlsplit(os.environ["DATABASE_URL"])
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])
    name = f"/{connection.settings_dict['NAME']}"
    urls = {
        "DATABASE_URL": urlunsplit(parts._replace(path=name)),
        "DATABASE_OWNER_URL": urlunsplit(owner._replace(path=name)),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "xinqiao.cli.main", "import", str(path), "--organ", "HCXF"],
        env=os.environ | urls,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_an_export_is_written_for_whoever_is_named(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = office.register()
    out = tmp_path / "out.xlsx"
    assert export.run([str(out), "--as", "hexiaowen", "--stage", "received", "--organ", "HCXF"]) == 0
    assert "1 matters written" in capsys.readouterr().out
    assert load_workbook(out).active["A2"].value == done.number
    assert Look.objects.get().user == office.people["hexiaowen"]
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["out.xlsx"], "--as"),
        (["out.xlsx", "--as", "nobody"], "--as nobody"),
        (["out.xlsx", "--as", "wenqi"], "may not export"),
        (["out.xlsx", "--as", "hexiaowen", "--stage", "somewhere"], "--stage somewhere"),
        (["out.csv", "--as", "hexiaowen"], ".xlsx"),
        (["nowhere/out.xlsx", "--as", "hexiaowen"], "no folder"),
        (["there.xlsx", "--as", "hexiaowen"], "already"),
    ],
)
def test_an_export_that_cannot_be_is_refused_in_one_line(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    (tmp_path / "there.xlsx").write_bytes(b"kept")
    assert export.run([str(tmp_path / options[0]), *options[1:]]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert told in error
    assert [one.name for one in tmp_path.iterdir()] == ["there.xlsx"]
    assert (tmp_path / "there.xlsx").read_bytes() == b"kept"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of another process")
def test_memory_does_not_grow_with_the_lines(committed: Office, tmp_path: Path) -> None:
    """A file of 500 lines and one of 5,000 with a thousand characters each differ by less than their texts."""
    text = "长" * 1000
    peaks = [peak_of(written(tmp_path / f"{count}.xlsx", count, text)) for count in (500, 5000)]
    assert peaks[1] - peaks[0] < 8 * 1024  # kilobytes; the texts alone have 13,000


def written(path: Path, count: int, text: str) -> Path:
    """So many lines, each with words of its own."""
    from xlsxwriter import Workbook

    book = Workbook(str(path))
    page = book.add_worksheet()
    for number, values in enumerate([HEAD, *[LINE] * count]):
        page.write_row(number, 0, values)
        if number:
            page.write_string(number, 2, f"{number}{text}")
    book.close()
    return path


def peak_of(path: Path) -> int:
    """The most memory that an import of this file held, in kilobytes."""
    process = start(path)
    peak = 0
    while process.poll() is None:
        peak = max(peak, held_by(process.pid))
        time.sleep(0.1)
    assert process.returncode == 0, process.communicate()[1]
    return peak


def held_by(pid: int) -> int:
    """The high-water mark of a process, 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
