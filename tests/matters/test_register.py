"""Register 登记: every contact at once, with number, query code, clock and receipt (Articles 19, 20, 22, 23)."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matters.cases import clock, fresh, last
from tests.office import PERSON, TEXT, Office
from xinqiao.access.actor import Forbidden, importing_actor
from xinqiao.documents.services import attachments_of, receiving
from xinqiao.matters.lookup import citizen_for
from xinqiao.matters.models import Matter, Petition, Petitioner
from xinqiao.matters.submission import Invalid, Person
from xinqiao.notices.models import Notice
from xinqiao.record import decrypt_field, events_of, texts_of
from xinqiao.record.models import EventRow, Stream
from xinqiao.record.receipts import parse_submission, verify_receipt

OTHER = Person(name="陆川", telephone="13900000000")


def test_the_bureaus_fifteen_days_run_from_the_day_of_receipt(office: Office, on: Any) -> None:
    with on("2026-03-05"):
        done = office.register(received_on=date(2026, 3, 2), posted_on=date(2026, 2, 27))
    assert (clock(done, "K02").started_on, clock(done, "K02").legal_due) == (date(2026, 3, 2), date(2026, 3, 17))
    assert (fresh(done).next_clock, fresh(done).next_due_on) == ("K02", date(2026, 3, 17))


def test_an_organ_that_receives_itself_owes_the_notice(office: Office, on: Any) -> None:
    with on("2026-03-02"):
        done = office.register(office.shenlu)
    assert (last(done).data["by"], clock(done, "K03").legal_due) == ("organ", date(2026, 3, 17))


def test_the_record_holds_codes_and_commitments_and_no_word(office: Office, on: Any) -> None:
    with on("2026-03-02"):
        done = office.register(claims=("修好北墙", "公开维修资金"), place="锦和苑3号楼")
    event = last(done)
    assert (event.type, event.actor.id, event.organ.code, event.article, event.prev) == (
        "received",
        office.people["hexiaowen"].pk,
        "HCXF",
        "信访工作条例 第二十二条",
        None,
    )
    assert event.data == {
        "by": "bureau",
        "organ": "HCXF",
        "channel": "letter",
        "kind": "appeal",
        "persons": 1,
        "number": done.number,
    }
    assert set(event.texts) == {"text", "title", "place", "claim_1", "claim_2"}
    body = EventRow.objects.get(stream_id=event.stream).body
    assert not [word for word in (TEXT, "锦和苑", "北墙", PERSON.name, PERSON.telephone) if word in body]
    assert texts_of(event.stream)[1, "text"] == TEXT


def test_identities_are_sealed_with_the_matters_own_key(office: Office) -> None:
    done, other = office.register(), office.register()
    row = Petitioner.objects.get(matter=done.matter)
    assert row.name is not None
    assert PERSON.name.encode() not in bytes(row.name)
    assert decrypt_field(done.matter.stream, bytes(row.name)) == PERSON.name
    with pytest.raises(Exception, match="open"):
        decrypt_field(other.matter.stream, bytes(row.name))


def test_the_query_code_opens_this_matter_and_is_nowhere_in_clear(office: Office) -> None:
    done, other = office.register(), office.register()
    actor = citizen_for(done.number, done.query_code)
    assert actor is not None
    assert actor.matter_id == done.matter.pk
    assert citizen_for(other.number, done.query_code) is None
    assert done.query_code.encode() not in bytes(fresh(done).query_code)


def test_the_receipt_proves_what_was_handed_in(office: Office, files_dir: Path) -> None:
    with receiving([SimpleUploadedFile("照片说明.txt", "墙".encode())]) as files:
        done = office.register(text="第一行\r\n第二行", files=tuple(files))
    assert done.submission["text"] == "第一行\n第二行"
    assert done.submission["files"] == [{"name": "照片说明.txt", "sha256": hashlib.sha256("墙".encode()).hexdigest()}]
    verify_receipt(done.receipt, submission=parse_submission(dict(done.submission)))
    assert [kept.shown_name for kept in attachments_of(done.matter.stream)] == ["照片说明.txt"]


def test_a_joint_petition_is_one_contact_with_a_right_for_each_who_speaks(office: Office, on: Any) -> None:
    with on("2026-03-02"):
        done = office.register(petitioners=(replace(PERSON, is_speaker=True), replace(OTHER, is_speaker=True), OTHER))
    assert last(done).data["petitioners"] == ["1", "2"]
    petition = Petition.objects.get(matter=done.matter)
    assert (petition.persons, petition.petitioners.count(), fresh(done).is_joint) == (3, 3, True)


@pytest.mark.parametrize(
    ("persons", "is_group"), [(4, False), (5, True)], ids=["four came", "five came: a group visit"]
)
def test_a_group_visit_is_one_from_five_persons_on(office: Office, persons: int, is_group: bool) -> None:
    done = office.register(channel="visit", persons=persons)
    assert (fresh(done).is_group, Petition.objects.get(matter=done.matter).persons) == (is_group, persons)


@pytest.mark.parametrize(("speakers", "is_taken"), [(5, True), (6, False)])
def test_five_may_speak_at_a_visit_and_all_are_registered(office: Office, speakers: int, is_taken: bool) -> None:
    people = tuple(Person(name=f"甲{n}", is_speaker=n < speakers) for n in range(9))
    if is_taken:
        assert (
            Petitioner.objects.filter(matter=office.register(channel="visit", petitioners=people).matter).count() == 9
        )
        return
    with pytest.raises(Invalid) as wrong:
        office.register(channel="visit", petitioners=people)
    assert list(wrong.value.errors) == ["petitioners"]


def test_a_letter_may_be_signed_by_any_number(office: Office) -> None:
    people = tuple(Person(name=f"甲{n}", is_speaker=True) for n in range(30))
    assert office.register(petitioners=people).matter.pk


def test_an_anonymous_letter_without_any_address_is_owed_no_notice(office: Office, on: Any) -> None:
    with on("2026-03-02"):
        done = office.register(office.shenlu, anonymous=True, petitioners=())
    assert (last(done).data["address_unclear"], clock(done, "K03").state) == (True, "waived")


def test_whoever_gave_an_address_is_written_to_and_the_organ_hears_of_what_came_from_outside(office: Office) -> None:
    mail = (replace(PERSON, email="anping@example.org"),)
    done = office.register(office.citizen(), organ="HCXF", channel="web", petitioners=mail)
    told = {n.organ.code if n.organ else "mail" for n in Notice.objects.filter(stream=done.matter.stream)}
    assert told == {"HCXF", "mail"}
    assert not [n for n in Notice.objects.all() if "anping" in str(n.facts)]


ACCUSED = tuple(f"O{n}" for n in range(21))
BAD = [
    ({"text": " "}, "text", "nothing was written"),
    ({"text": "长" * 20_001}, "text", "longer than the limit"),
    ({"text": "a\x00b"}, "text", "a character that no keyboard writes"),
    ({"title": "长" * 61}, "title", "a title of more than sixty characters"),
    ({"channel": "pigeon"}, "channel", "no such channel"),
    ({"kind": "complaint"}, "kind", "no such kind"),
    ({"purpose": "fun"}, "purpose", "no such purpose"),
    ({"petitioners": ()}, "petitioners", "nobody signed and it is not anonymous"),
    ({"petitioners": (Person(name=" "),)}, "petitioners.1.name", "a petitioner without a name"),
    ({"petitioners": (Person(name="甲", email="x"),)}, "petitioners.1.email", "no e-mail address"),
    ({"petitioners": (Person(name="甲" * 61),)}, "petitioners.1.name", "a name of more than sixty characters"),
    ({"persons": 0}, "persons", "nobody came"),
    ({"persons": 10_000}, "persons", "more than can be counted"),
    ({"claims": ("长" * 501,)}, "claims.1", "a claim longer than the limit"),
    ({"claims": ("甲",) * 21}, "claims", "more than twenty claims"),
    ({"received_on": date(2026, 3, 3)}, "received_on", "a day to come"),
    ({"received_on": date(1989, 12, 31)}, "received_on", "a year that was mistyped"),
    ({"posted_on": date(2026, 3, 3)}, "posted_on", "posted after it was received"),
    ({"accused_organs": ("NOWHERE",)}, "accused_organs", "no such organ"),
    ({"accused_organs": ACCUSED}, "accused_organs", "the twenty-first would be lost silently"),
    ({"accused_users": ("nobody",)}, "accused_users", "no such account"),
]


@pytest.mark.parametrize(("changes", "name", "why"), BAD, ids=[why for *_rest, why in BAD])
def test_bad_input_names_its_field_and_leaves_nothing(
    office: Office, on: Any, changes: dict[str, Any], name: str, why: str
) -> None:
    with on("2026-03-02"), pytest.raises(Invalid) as wrong:
        office.register(**changes)
    assert list(wrong.value.errors) == [name], why
    assert (Matter.objects.count(), Stream.objects.count(), Petition.objects.count()) == (0, 0, 0)


def test_every_wrong_field_is_named_at_once(office: Office, on: Any) -> None:
    with on("2026-03-02"), pytest.raises(Invalid) as wrong:
        office.register(text="", channel="pigeon", persons=0, received_on=date(2026, 3, 3))
    assert set(wrong.value.errors) == {"text", "channel", "persons", "received_on"}


@pytest.mark.parametrize(
    ("who", "organ", "why"),
    [("hexiaowen", "YZXF", "another office's receiving"), ("shenlu", "HCRS", "a department beside the own")],
)
def test_staff_registers_for_the_own_organ(office: Office, who: str, organ: str, why: str) -> None:
    with pytest.raises(Invalid) as wrong:
        office.register(getattr(office, who), organ=organ)
    assert list(wrong.value.errors) == ["organ"], why


@pytest.mark.parametrize("who", ["jiangbo", "guoting", "admin", "dulan", "wenqi"])
def test_whoever_receives_nobody_registers_nothing(office: Office, who: str) -> None:
    with pytest.raises(Forbidden):
        office.register(getattr(office, who))


def test_whoever_imports_may_register_and_nothing_else(office: Office) -> None:
    actor = importing_actor(office.organs["HCXF"])
    done = office.register(actor)
    assert (last(done).actor.kind, last(done).organ.code, len(actor.permissions)) == ("system", "HCXF", 1)


def test_an_accusation_is_sealed_from_the_first_moment(office: Office) -> None:
    done = office.register(kind="accusation", accused_organs=("HCZJ",), place="锦和苑")
    matter = fresh(done)
    assert (matter.title, matter.place, matter.confidentiality) == ("", "", 2)
    assert all(body.clear is None for body in matter.stream.bodies.all())
    assert texts_of(matter.stream_id)[1, "text"] == TEXT
    assert [event.type for event in events_of(matter.stream_id)] == ["received"]


@pytest.mark.parametrize(
    ("accused", "receiver", "why"),
    [
        (("HCZJ",), "HCXF", "the petition office is not concerned"),
        (("HCXF",), "YZXF", "the petition office itself is accused"),
        (("HC",), "YZXF", "the government above it is accused"),
    ],
)
def test_an_accusation_goes_to_an_office_that_is_not_accused(
    office: Office, accused: tuple[str, ...], receiver: str, why: str
) -> None:
    assert fresh(office.register(kind="accusation", accused_organs=accused)).received_by.code == receiver, why


def test_an_accusation_of_the_whole_office_is_not_taken_into_it(office: Office) -> None:
    with pytest.raises(Invalid) as wrong:
        office.register(kind="accusation", accused_organs=("YZ",))
    assert (list(wrong.value.errors), Matter.objects.count()) == (["accused_organs"], 0)
