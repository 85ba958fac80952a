"""The demonstration county, loaded once: lawful to the last act, alive on every desk; loading again changes nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.models import Min
from django.test import override_settings

from tests import conftest
from xinqiao.access.actor import staff_actor
from xinqiao.access.clock import SHANGHAI, held_at
from xinqiao.documents.models import Attachment, Paper
from xinqiao.matters.lookup import citizen_for, matters_visible_to
from xinqiao.matters.models import Accused, Channel, ClockRow, Involvement, Matter, Petition, Stage
from xinqiao.matters.replaying import check_matters
from xinqiao.notices.models import Notice
from xinqiao.organs.models import Organ, Role, User
from xinqiao.organs.tree import name_on
from xinqiao.procedure import default_calendar
from xinqiao.project import demo
from xinqiao.project.demo import note
from xinqiao.project.demo.bank import cases
from xinqiao.record.models import EventRow

pytestmark = [pytest.mark.slow, pytest.mark.database]
DAY = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 16, 30, tzinfo=SHANGHAI)
DUTIES = ("K02", "K03", "K04", "K06", "K08", "K10", "K12", "K14", "K16", "K19")
OPEN = ("running", "paused", "missed")


class PowerCut(Exception):
    """The loading is interrupted."""


def interrupt(_words: str) -> None:
    raise PowerCut


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[list[str]]:
    """The whole county in a database of its own; its loading is interrupted once and taken up again."""
    name, home = f"{conftest.MAIN}_county", Path(tmp_path_factory.mktemp("county"))
    said: list[str] = []
    with django_db_blocker.unblock(), override_settings(XINQIAO_HOME=home, FILES_DIR=home / "files"), held_at(NOON):
        conftest.drop(name)
        conftest.as_owner("CREATE DATABASE {} TEMPLATE {}", name, conftest.TEMPLATE)
        conftest.use_database(name)
        with pytest.raises(PowerCut):
            demo.load(progress=interrupt, hands=1)
        assert 0 < EventRow.objects.count() < 500
        demo.load(progress=said.append)
        yield said
        connections["default"].close()
        conftest.use_database(conftest.MAIN)
        conftest.drop(name)


def test_what_was_interrupted_is_taken_up_and_nothing_is_done_twice(county: list[str]) -> None:
    assert Matter.objects.count() == len(cases())
    before = EventRow.objects.count()
    demo.load(progress=county.append)
    assert EventRow.objects.count() == before
    assert "kept" in county[-1]
    read = note.read()
    assert read
    assert read.is_through


def test_the_record_holds_and_the_rows_agree_with_it(county: list[str]) -> None:
    assert [str(found) for found in check_matters()] == []


def test_everything_that_can_be_is_there(county: list[str]) -> None:
    assert set(Matter.objects.values_list("stage", flat=True)) == set(Stage.values)
    assert set(Matter.objects.values_list("kind", flat=True)) == {"appeal", "proposal", "accusation"}
    assert set(Petition.objects.values_list("channel", flat=True)) == set(Channel.values)
    states = set(ClockRow.objects.values_list("state", flat=True))
    assert states >= {"running", "paused", "met", "late", "missed", "lapsed", "waived", "void"}
    types = set(EventRow.objects.values_list("type", flat=True))
    assert types >= {
        *("transferred", "assigned", "reported_up", "objected", "objection_decided", "accepted", "declined"),
        *("path_changed", "converted", "annotated", "extended", "hearing_opened", "hearing_closed", "settled"),
        *("replied", "served", "delivered", "reported", "review_requested", "reviewed", "rereview_requested"),
        *("rereviewed", "supplemented", "withdrawn", "restored", "closed", "reopened", "recused"),
    }
    for flag in ("is_joint", "is_group", "is_anonymous", "is_assigned"):
        assert Matter.objects.filter(**{flag: True}).exists(), flag
    assert Matter.objects.filter(kind="appeal", confidentiality__gte=2).count() >= 5
    assert Attachment.objects.filter(sealed=True).exists()
    assert set(Attachment.objects.values_list("file__media_type", flat=True)) >= {"image/png", "application/pdf"}


def test_most_of_it_was_done_in_time_and_some_was_not(county: list[str]) -> None:
    stopped = ClockRow.objects.filter(state__in=("met", "late"), clock__in=DUTIES)
    late = stopped.filter(state="late").count() / stopped.count()
    assert 0.005 < late < 0.1
    assert 3 <= ClockRow.objects.filter(state="missed").values("matter").distinct().count() <= 25


def test_numbers_grow_with_the_days_over_two_years(county: list[str]) -> None:
    rows = Matter.objects.order_by("registered_at").values_list("number", "registered_at")
    numbers = [number for number, _at in rows]
    assert numbers == sorted(numbers)
    days = [at for _number, at in rows]
    assert timedelta(days=600) < days[-1] - days[0] < timedelta(days=770)
    assert days[-1] <= NOON


@pytest.mark.parametrize(
    ("username", "clocks"),
    [
        ("hexiaowen", {"K02"}),
        ("jinhe", {"K02"}),
        ("lushan", {"K03"}),
        ("jiangbo", {"K04", "K08", "paper"}),
        ("luowentao", {"K04", "K08"}),
        ("baiyun", {"K04", "K08"}),
        ("xuanni", {"K12"}),
        ("moran", {"K14"}),
    ],
)
def test_each_person_of_the_tutorial_finds_work_within_three_days(
    county: list[str], username: str, clocks: set[str]
) -> None:
    actor = staff_actor(User.objects.get(username=username), today=DAY)
    rows = ClockRow.objects.filter(matter__in=matters_visible_to(actor), organ=actor.organ_code, state__in=OPEN)
    unserved = Paper.objects.filter(organ_id=actor.organ_id, must_be_served=True, state="issued")
    found = set(rows.values_list("clock", flat=True)) | ({"paper"} if unserved.exists() else set())
    assert clocks <= found
    assert rows.filter(legal_due__lte=default_calendar().add_working_days(DAY, 3)).exists()


def test_clerks_handlers_and_heads_of_most_organs_have_work(county: list[str]) -> None:
    owing = set(ClockRow.objects.filter(state__in=OPEN, clock__in=DUTIES).values_list("organ", flat=True))
    assert len(owing) >= 25


def test_every_role_is_held_and_sees_what_it_may(county: list[str]) -> None:
    for role in Role.values:
        assert User.objects.filter(holdings__post__role=role).exists(), role
    sees = {
        name: matters_visible_to(staff_actor(User.objects.get(username=name), today=DAY)).count()
        for name in ("guoting", "dulan", "hexiaowen", "jiangbo", "hotline", "luowentao")
    }
    assert sees["hotline"] == 0
    assert sees["luowentao"] < sees["hexiaowen"] <= sees["guoting"]
    assert sees["jiangbo"] > 40


def test_an_accusation_reached_nobody_whom_it_is_about(county: list[str]) -> None:
    for accused in Accused.objects.exclude(organ=None):
        reached = Involvement.objects.filter(matter=accused.matter).exclude(part="returned")
        assert not [row for row in reached if accused.organ_id in row.organ.ancestors]


def test_organs_were_renamed_and_merged_meanwhile(county: list[str]) -> None:
    office = Organ.objects.get(code="HCCG")
    assert office.name == "禾川县综合行政执法局"
    assert name_on(office, date(2025, 1, 2)) == "禾川县城市管理局"
    ended = Organ.objects.get(code="HCFC")
    assert ended.valid_until is not None
    assert EventRow.objects.filter(organ="HCFC").exists()
    assert staff_actor(User.objects.get(username="fangqi"), today=DAY).organ_code == "HCZJ"


def test_the_news_were_read_but_those_of_the_last_days(county: list[str]) -> None:
    unread = Notice.objects.filter(channel="desk", state="queued")
    assert 20 < unread.count() < 250
    assert unread.exclude(stream=None).aggregate(first=Min("stream__matter__changed_at"))["first"]


def test_citizens_follow_with_the_codes_that_were_printed(county: list[str]) -> None:
    kept = note.read()
    assert kept
    assert note.place().stat().st_mode & 0o777 == 0o600
    for number, code in kept.codes.values():
        assert citizen_for(number, code)
        assert any(number in line for line in demo.logins())


def test_the_printed_log_ins_begin_with_eight_people(county: list[str]) -> None:
    lines = list(demo.logins())
    assert "hechuan-demo-2026" in lines[0]
    assert lines[1] == ""
    assert lines.index("", 2) == 10
    printed = "\n".join(lines)
    assert all(user.username in printed for user in User.objects.all())
