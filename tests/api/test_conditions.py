"""ETags: nothing is sent twice that did not change, and nobody acts on what he has not read."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.programs import PETITION, Program
from tests.office import Office
from xinqiao.access.models import Look

Make = Callable[[str], Program]


@pytest.mark.parametrize("part", ["", "/record", "/clocks", "/documents"])
def test_what_did_not_change_is_not_sent_again(office: Office, program: Make, on: Any, part: str) -> None:
    with on("2026-03-02"):
        path, clerk = f"/matters/{office.register().number}{part}", program("hexiaowen")
        tag = clerk.get(path)["ETag"]
        again = clerk.get(path, If_None_Match=tag)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert clerk.get(path, If_None_Match=f'"other", {tag}').status_code == 304
        assert clerk.get(path, If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize("change", ["an act", "a day", "a language"])
def test_the_tag_of_a_matter_changes(office: Office, program: Make, on: Any, change: str) -> None:
    with on("2026-03-02"):
        number, clerk = office.register().number, program("hexiaowen")
        tag = clerk.get(f"/matters/{number}")["ETag"]
        if change == "an act":
            assert clerk.act(number, "report_up", reason="涉及两个部门").status_code == 200
    with on("2026-03-03" if change == "a day" else "2026-03-02"):
        language = {"Accept-Language": "en"} if change == "a language" else {}
        assert clerk.get(f"/matters/{number}", If_None_Match=tag, **language).status_code == 200


def test_what_a_cache_may_keep(office: Office, program: Make) -> None:
    number = office.register().number
    read = program("hexiaowen").get(f"/matters/{number}")
    made = Program().post("/petitions", PETITION)
    assert (read["Cache-Control"], made["Cache-Control"]) == ("private, no-cache", "no-store")
    assert {"Authorization", "Cookie", "Accept-Language", "X-Query-Code"} <= set(read["Vary"].split(", "))


def test_nobody_looked_again_at_a_sealed_matter_that_did_not_change(office: Office, program: Make) -> None:
    number, clerk = office.register(confidential=True).number, program("hexiaowen")
    tag = clerk.get(f"/matters/{number}")["ETag"]
    assert clerk.get(f"/matters/{number}", If_None_Match=tag).status_code == 304
    assert list(Look.objects.values_list("what", flat=True)) == ["texts"]


@pytest.mark.parametrize(
    ("tag", "status", "why"),
    [
        ("{now}", 200, "the newest event had been read"),
        ("W/{now}", 200, "a cache on the way may have made it weak"),
        ("*", 200, "whatever there is"),
        ("{before}", 409, "somebody acted since"),
        ("{before}, {now}", 409, "only one state can have been read"),
        ('"abc"', 409, "never a tag of this matter"),
        ("", 409, "nor is nothing"),
        ('"99-000000000000-x"', 409, "more events than there are"),
    ],
)
def test_an_act_holds_only_for_what_was_read(
    office: Office, program: Make, on: Any, tag: str, status: int, why: str
) -> None:
    with on("2026-03-02"):
        number, clerk = office.register().number, program("hexiaowen")
        before = clerk.get(f"/matters/{number}")["ETag"]
        assert clerk.act(number, "report_up", reason="涉及两个部门").status_code == 200
        now = clerk.get(f"/matters/{number}")["ETag"]
        given = tag.format(now=now, before=before)
        answer = clerk.post(f"/matters/{number}/acts/transfer", {"to": "HCZJ"}, If_Match=given)
    assert answer.status_code == status, (why, answer.content.decode())
    if status == 409:
        assert answer.json()["code"] == "changed-meanwhile"


def test_whoever_comes_too_late_is_told_what_happened(office: Office, program: Make) -> None:
    number, clerk = office.register().number, program("hexiaowen")
    seen = clerk.get(f"/matters/{number}").json()["events"]
    assert clerk.act(number, "transfer", to="HCZJ").status_code == 200
    for late in (
        clerk.act(number, "transfer", to="HCRS", seen=seen),
        clerk.post(f"/matters/{number}/acts/transfer", {"to": "HCRS", "seen": seen}, If_Match="*"),
    ):
        assert (late.status_code, late.json()["code"]) == (409, "changed-meanwhile")
        assert [(e["seq"], e["type"]) for e in late.json()["meanwhile"]] == [(2, "transferred")]
