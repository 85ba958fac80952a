"""The example of the interface, printed to the letter."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

RECORD: dict[str, Any] = {
    "pack": "CN-2022",
    "today": "2026-10-09",
    "timezone": "Asia/Shanghai",
    "calendar": {"off": ["2026-10-01"], "work": ["2026-10-10"]},
    "events": [
        {"type": "received", "at": "2026-09-07T10:00:00+08:00", "by": "bureau", "channel": "letter"},
        {"type": "transferred", "at": "2026-09-10T09:00:00+08:00", "to": "housing", "received_on": "2026-09-11"},
        {"type": "accepted", "at": "2026-09-20T09:00:00+08:00", "path": 6},
    ],
}
ORDER = [
    "id",
    "name",
    "duty_of",
    "organ",
    "petitioner",
    "started_on",
    "legal_due",
    "stat_due",
    "state",
    "stopped_on",
    "days_left",
    "extended_by",
    "paused_days",
    "article",
    "why",
]


def clocks(*args: str, given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xinqiao.cli.main", "clocks", *args]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", env=env, check=False)


def test_the_example_comes_out_as_printed() -> None:
    done = clocks("-", given=json.dumps(RECORD))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert list(answer) == ["stage", "next", "clocks"]
    assert answer["stage"] == "handling"
    assert answer["next"] == ["extend", "open_hearing", "reply", "settle", "withdraw"]
    first = answer["clocks"][0]
    assert list(first) == ORDER
    why = first.pop("why")
    assert first == {
        "id": "K02",
        "name": {"zh-Hans": "转送交办", "zh-Hant": "轉送交辦", "en": "transfer or assign"},
        "duty_of": "bureau",
        "organ": None,
        "petitioner": None,
        "started_on": "2026-09-07",
        "legal_due": "2026-09-22",
        "stat_due": "2026-09-22",
        "state": "met",
        "stopped_on": "2026-09-10",
        "days_left": None,
        "extended_by": 0,
        "paused_days": 0,
        "article": "信访工作条例 第二十二条",
    }
    assert why[:2] == ["2026-09-07 收到, 当日不计", "+15 日 → 2026-09-22 星期二"]
    assert [clock["id"] for clock in answer["clocks"]] == ["K02", "K04", "K05", "K08"]


def test_the_shell_answers_within_half_a_second(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        assert clocks(str(file), given="").returncode == 0
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.5


def test_no_framework_is_loaded() -> None:
    code = "import sys, xinqiao.cli.clocks; print([m for m in ('django', 'psycopg', 'rich') if m in sys.modules])"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("lang", "article"),
    [
        ("zh-Hans", "信访工作条例 第二十二条"),
        ("zh-Hant", "信訪工作條例 第二十二條"),
        ("en", "Regulations on Letters and Visits Work (2022), Article 22"),
    ],
)
def test_articles_and_reasons_in_three_languages(lang: str, article: str) -> None:
    answer = json.loads(clocks("-", "--lang", lang, given=json.dumps(RECORD)).stdout)
    assert answer["clocks"][0]["article"] == article
    assert article in answer["clocks"][0]["why"][-1]


def test_all_adds_the_offices_own_clocks() -> None:
    answer = json.loads(clocks("-", "--all", given=json.dumps(RECORD)).stdout)
    assert {"K01", "K29"} <= {clock["id"] for clock in answer["clocks"]}


def test_utc_and_local_input_give_the_same_days() -> None:
    utc = json.loads(json.dumps(RECORD))
    utc["events"][0]["at"] = "2026-09-07T02:00:00Z"
    utc["events"][1]["at"] = "2026-09-10T01:00:00+00:00"
    utc["events"][2]["at"] = "2026-09-19T21:00:00-04:00"
    assert clocks("-", given=json.dumps(utc)).stdout == clocks("-", given=json.dumps(RECORD)).stdout


def test_an_instant_late_in_the_utc_day_belongs_to_the_next_local_day() -> None:
    late = json.loads(json.dumps(RECORD))
    late["events"][0]["at"] = "2026-09-06T16:30:00Z"  # half past midnight on 09-07 in Shanghai
    answer = json.loads(clocks("-", given=json.dumps(late)).stdout)
    assert answer["clocks"][0]["started_on"] == "2026-09-07"


def changed(**values: Any) -> str:
    return json.dumps({**RECORD, **values})


def with_event(index: int, **values: Any) -> str:
    events = [dict(event) for event in RECORD["events"]]
    events[index] = {key: value for key, value in {**events[index], **values}.items() if value is not None}
    return changed(events=events)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("{", "bad-json:"),
        ("[" * 100_000, "bad-json:"),
        ("[]", "bad-value:"),
        (changed(pack=None), "missing-field:"),
        (changed(pack="CN-1999"), "unknown-pack:"),
        (changed(pack="../instruments"), "unknown-pack:"),
        (changed(today=None), "missing-field:"),
        (changed(today="2026-11-31"), "bad-date:"),
        (changed(today="20261009"), "bad-date:"),
        (changed(timezone="Mars/Olympus"), "unknown-timezone:"),
        (changed(timezone="../../etc/passwd"), "unknown-timezone:"),
        (changed(calendar={"off": ["2026-13-01"]}), "bad-date:"),
        (changed(events={}), "bad-value:"),
        (changed(events=[]), "not-received-first events[0]:"),
        (changed(events=["received"]), "bad-value events[0]:"),
        (with_event(0, type="forgotten"), "unknown-type events[0]:"),
        (with_event(0, type=["received"]), "unknown-type events[0]:"),
        (with_event(0, by=None), "missing-field events[0]:"),
        (with_event(0, by="king"), "bad-value events[0]:"),
        (with_event(0, at=None), "missing-field events[0]:"),
        (with_event(0, at="2026-09-07T10:00:00"), "no-offset events[0]:"),
        (with_event(0, at="2026-09-07"), "no-offset events[0]:"),
        (with_event(0, at="2026-09-31T10:00:00Z"), "bad-date events[0]:"),
        (with_event(0, at="0001-01-01T00:00:00+14:00"), "bad-date events[0]:"),
        (with_event(0, on="2026-09-08"), "bad-date events[0]:"),  # at and on disagree
        (with_event(1, to=None), "missing-field events[1]:"),
        (with_event(1, to_kind="court"), "bad-value events[1]:"),
        (with_event(1, received_on="2026-10-12"), "after-today events[1]:"),
        (with_event(1, received_on="2026-09-09"), "bad-date events[1]:"),  # before it was sent
        (with_event(2, path=7), "bad-value events[2]:"),
        (with_event(2, path=True), "bad-value events[2]:"),
        (with_event(2, path="6"), "bad-value events[2]:"),
        (with_event(2, path=None), "missing-field events[2]:"),  # 2022 knows no clock without a path
        (with_event(2, organ=""), "bad-value events[2]:"),
        (with_event(2, organ="x" * 201), "bad-value events[2]:"),
        (with_event(2, type="replied", outcome="maybe"), "bad-value events[2]:"),
        (with_event(2, type="reviewed", outcome="maybe"), "bad-value events[2]:"),
        (with_event(2, type="extended", days=0), "bad-value events[2]:"),
        (with_event(2, type="extended", days=2.5), "bad-value events[2]:"),
        (with_event(2, type="extended", days=5, clock="K99"), "bad-value events[2]:"),
        (with_event(2, type="served"), "missing-field events[2]:"),
        (with_event(2, type="hearing_opened"), "missing-field events[2]:"),
        (with_event(2, type="objection_decided", upheld="yes"), "bad-value events[2]:"),
    ],
)
def test_wrong_input_is_one_line_and_status_two(given: str, line: str) -> None:
    done = clocks("-", given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = clocks(str(tmp_path / "none.json"), given="")
    assert done.returncode == 2
    assert done.stderr.startswith("no-file: ")


def test_free_fields_change_nothing() -> None:
    free = with_event(0, note="with a photograph", weight=3)
    assert clocks("-", given=free).stdout == clocks("-", given=json.dumps(RECORD)).stdout
