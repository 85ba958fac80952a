"""Erase 依法删除: words, files and identities go; that they went, by whom and on what ground, stays (PIPL 47)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.matters.cases import answered, fresh, last
from tests.office import PERSON, TEXT, Office
from xinqiao.access.actor import Forbidden
from xinqiao.access.permissions import Permission
from xinqiao.documents.models import Attachment, Delivery, File
from xinqiao.documents.services import receiving
from xinqiao.documents.upkeep import remove_unreferenced
from xinqiao.matters.acting import reading
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.erase import erase
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.reopen import reopen
from xinqiao.matters.actions.supplement import supplement
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.lookup import access_matter
from xinqiao.matters.replaying import check_matters
from xinqiao.matters.selectors import opened_texts, petitioners_of, timeline
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused
from xinqiao.record import events_of, texts_of
from xinqiao.record.doctor import check_chains
from xinqiao.reviews.choices import choices

ORDER = {"ground": "ordered", "basis": "人民法院裁定书（2026）0字第1号"}
SECRETS = (TEXT, "锦和苑", PERSON.name, "北墙渗水")


@pytest.fixture
def closed(office: Office, on: Callable[[str], Any]) -> Registered:
    done = answered(office, on)
    with on("2026-05-18"):
        close(number=done.number, actor=office.tanyue, checks=["settled"])
    return done


def everything() -> str:
    """All that the tables hold, as text."""
    tables = ("matters_matter", "matters_petitioner", "matters_petition", "record_body", "record_eventrow",
              "documents_attachment", "documents_delivery", "notices_notice")  # fmt: skip
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            found.append(cursor.fetchone()[0])
    return " ".join(found)


def test_what_was_written_is_gone_and_the_chain_is_whole(
    office: Office, on: Callable[[str], Any], closed: Registered
) -> None:
    assert TEXT in everything()
    with on("2027-01-04"):
        erase(number=closed.number, actor=office.qinshuo, **ORDER)
        assert not [secret for secret in SECRETS if secret in everything()]
        assert list(check_chains()) == []
        assert list(check_matters()) == []
    assert fresh(closed).stream.wrapped_key is None


def test_who_erased_and_on_what_ground_stays(office: Office, on: Callable[[str], Any], closed: Registered) -> None:
    with on("2027-01-04"):
        erase(number=closed.number, actor=office.qinshuo, **ORDER)
    event = last(closed)
    assert (event.type, event.on, event.organ.code) == ("erased", date(2027, 1, 4), "HCXF")
    assert (event.actor.id, event.article) == (office.people["qinshuo"].pk, "个人信息保护法 第四十七条")
    assert (event.data["basis"], event.data["whole"]) == ("ordered", True)
    assert texts_of(event.stream)[event.seq, "note"] == ORDER["basis"]


def test_the_page_of_an_erased_matter_still_opens(office: Office, on: Callable[[str], Any], closed: Registered) -> None:
    with on("2027-01-04"):
        erase(number=closed.number, actor=office.qinshuo, **ORDER)
        matter = access_matter(office.qinshuo, closed.number, to=Permission.MATTER_READ)
        assert [person.name for person in petitioners_of(matter, with_contact=True)] == [""]
        shown = timeline(events_of(matter.stream_id), opened_texts(matter, office.qinshuo))
    assert (shown[0].type, shown[-1].texts) == ("erased", [])
    assert fresh(closed).stage == "closed"


def test_files_and_evidence_of_service_go_with_it(office: Office, on: Callable[[str], Any], files_dir: Path) -> None:
    upload = SimpleUploadedFile("北墙渗水记录.txt", "三号楼北墙渗水两年。".encode())
    with on("2026-03-02"), receiving([upload]) as files:
        done = office.register(files=tuple(files))
    with on("2026-03-03"):
        withdraw(number=done.number, actor=office.citizen(done))
    with on("2027-01-04"):
        erase(number=done.number, actor=office.qinshuo, **ORDER)
        assert not Attachment.objects.filter(stream=done.matter.stream).exists()
        assert not Delivery.objects.exclude(sealed_evidence=None).exists()
        assert remove_unreferenced() == 1
    assert not File.objects.exists()
    assert [path for path in files_dir.rglob("*") if path.is_file()] == []


def test_an_accusation_is_erased_like_anything_else(office: Office, on: Callable[[str], Any]) -> None:
    with on("2026-03-02"):
        done = office.register(kind="accusation", accused_organs=("HCZJ",))
    with on("2026-03-03"):
        withdraw(number=done.number, actor=office.citizen(done))
    with on("2027-01-04"):
        erase(number=done.number, actor=office.qinshuo, **ORDER)
        assert list(check_matters()) == []
    assert not matter_seen(office, "tanyue", done), "what is empty is still not for the accused"


def matter_seen(office: Office, username: str, done: Registered) -> bool:
    from xinqiao.matters.lookup import matters_visible_to

    return matters_visible_to(getattr(office, username)).filter(pk=done.matter.pk).exists()


def test_another_matter_keeps_everything(office: Office, on: Callable[[str], Any], closed: Registered) -> None:
    with on("2026-03-02"):
        other = office.register()
    with on("2027-01-04"):
        erase(number=closed.number, actor=office.qinshuo, **ORDER)
        assert petitioners_of(fresh(other), with_contact=True)[0].telephone == PERSON.telephone
    assert texts_of(other.matter.stream_id)[1, "text"] == TEXT


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"ground": "because"}, "ground", "no ground of the law"),
        ({"basis": " "}, "basis", "no order named"),
        ({"basis": "依" * 4001}, "basis", "longer than anybody reads"),
    ],
)
def test_without_a_ground_nothing_is_erased(
    office: Office, on: Callable[[str], Any], closed: Registered, said: dict[str, str], field: str, why: str
) -> None:
    with on("2027-01-04"), pytest.raises(Invalid) as wrong:
        erase(number=closed.number, actor=office.qinshuo, **{**ORDER, **said})
    assert list(wrong.value.errors) == [field], why
    assert (TEXT in everything(), last(closed).type) == (True, "closed")


def test_an_open_matter_is_not_erased(office: Office, on: Callable[[str], Any]) -> None:
    done = answered(office, on)
    with on("2026-05-06"), pytest.raises(Refused) as refused:
        erase(number=done.number, actor=office.qinshuo, **ORDER)
    assert (refused.value.refusal.code, refused.value.refusal.article) == ("still-open", "个人信息保护法 第四十七条")
    assert (TEXT in everything(), last(done).type) == (True, "served")


@pytest.mark.parametrize("who", ["hexiaowen", "tanyue", "admin", "guoting", "wenqi"])
def test_only_the_head_of_the_petition_office_erases(
    office: Office, on: Callable[[str], Any], closed: Registered, who: str
) -> None:
    with on("2027-01-04"), pytest.raises(Forbidden):
        erase(number=closed.number, actor=getattr(office, who), **ORDER)


def test_on_an_erased_matter_nobody_acts_any_more(office: Office, on: Callable[[str], Any], closed: Registered) -> None:
    with on("2027-01-04"):
        erase(number=closed.number, actor=office.qinshuo, **ORDER)
        attempts = [
            lambda: reopen(number=closed.number, actor=office.qinshuo, reason="新的事实。"),
            lambda: supplement(number=closed.number, actor=office.citizen(closed), text="再补充。"),
            lambda: erase(number=closed.number, actor=office.qinshuo, **ORDER),
        ]
        for attempt in attempts:
            with pytest.raises(Refused) as refused:
                attempt()
            assert refused.value.refusal.code == "erased"
        matter = fresh(closed)
        act = reading("read", matter=matter, actor=office.qinshuo, recorded=events_of(matter.stream_id))
        offered = choices(act)
        assert {choice.refusal.code for choice in offered if choice.refusal} == {"erased"}
        assert all(choice.refusal for choice in offered), "the page greys them with the same reason"
