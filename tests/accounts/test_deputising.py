"""Deputising 代理: named by holder or administrator; the powers on these days only; what is barred stays barred."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.accounts.conftest import SignedIn, words
from tests.matters.cases import handled
from tests.office import Office
from xinqiao.access.actor import Actor, staff_actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions.deputies import deputise, end_deputy, may_stand_in
from xinqiao.accounts.models import Change
from xinqiao.matters.lookup import NotThere, access_matter
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Holding

FROM, TO = date(2026, 5, 4), date(2026, 5, 18)
BASIS = "局党组会议纪要〔2026〕4号"


@pytest.fixture
def head(office: Office) -> Holding:
    return Holding.objects.get(user=office.people["tanyue"], post__role="organ_head")


def named(office: Office, on: Any, head: Holding, **changes: Any) -> Holding:
    """The head of the housing bureau names the handler for a fortnight."""
    said = {"deputy": "jiangbo", "since": FROM, "until": TO, "basis": BASIS} | changes
    with on("2026-05-01"):
        return deputise(actor=said.pop("actor", office.tanyue), holding=head.pk, **said)


def acting(office: Office, on: Any, made: Holding, day: str) -> Actor:
    with on(day):
        return staff_actor(office.people["jiangbo"], today=date.fromisoformat(day), holding_id=made.pk)


@pytest.mark.parametrize(
    ("day", "has", "why"),
    [
        ("2026-05-03", False, "the day before"),
        ("2026-05-04", True, "the first day"),
        ("2026-05-17", True, "the last day"),
        ("2026-05-18", False, "from this day on he stands in no more"),
    ],
)
def test_the_deputy_has_the_powers_on_these_days_only(
    office: Office, on: Any, head: Holding, day: str, has: bool, why: str
) -> None:
    actor = acting(office, on, named(office, on, head), day)
    assert actor.may(Permission.MATTER_EXTEND) is has, why
    assert actor.deputy_for_id == (office.people["tanyue"].pk if has else None)


def test_it_stands_in_the_history_with_its_basis(office: Office, on: Any, head: Holding) -> None:
    named(office, on, head)
    row = Change.objects.get()
    assert (row.subject, row.what, row.by, row.basis) == ("deputy", "named", office.people["tanyue"], BASIS)
    assert row.fields == {"deputy": ["", "江波"], "since": ["", "2026-05-04"], "until": ["", "2026-05-18"]}


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"deputy": "luowentao"}, "deputy", "he serves in another organ"),
        ({"deputy": "tanyue"}, "deputy", "nobody stands in for himself"),
        ({"since": date(2026, 4, 30)}, "since", "before he is named"),
        ({"until": FROM}, "until", "no day at all"),
        ({"until": date(2027, 6, 1)}, "until", "longer than a year"),
        ({"basis": ""}, "basis", "on nothing"),
    ],
)
def test_a_wrong_naming_is_refused_at_the_field(
    office: Office, on: Any, head: Holding, changes: dict[str, Any], field: str, why: str
) -> None:
    with pytest.raises(Invalid) as error:
        named(office, on, head, **changes)
    assert list(error.value.errors) == [field], why


def test_two_do_not_stand_in_on_the_same_day(office: Office, on: Any, head: Holding) -> None:
    named(office, on, head)
    with pytest.raises(Invalid) as error:
        named(office, on, head, deputy="shenlu", since=date(2026, 5, 17), until=date(2026, 5, 20))
    assert "江波" in error.value.errors["since"]
    named(office, on, head, deputy="shenlu", since=TO, until=date(2026, 5, 20))


@pytest.mark.parametrize(
    ("who", "may", "why"),
    [
        ("tanyue", True, "the holder"),
        ("admin", True, "who administers the people of the county"),
        ("jiangbo", False, "the handler does not name himself head"),
        ("fangyuan", False, "the head of another organ"),
        ("qinshuo", False, "the head of the petition office"),
    ],
)
def test_who_names_and_ends(office: Office, on: Any, head: Holding, who: str, may: bool, why: str) -> None:
    actor = getattr(office, who)
    if not may:
        with pytest.raises(NotThere):
            named(office, on, head, actor=actor)
        made = named(office, on, head)
        with on("2026-05-06"), pytest.raises(NotThere):
            end_deputy(actor=actor, deputy=made.pk)
        return
    made = named(office, on, head, actor=actor)
    with on("2026-05-06"):
        end_deputy(actor=actor, deputy=made.pk)
    assert Holding.objects.get(pk=made.pk).until == date(2026, 5, 6), why


def test_a_deputy_does_not_hand_on_what_was_handed_to_him(office: Office, on: Any, head: Holding) -> None:
    made = named(office, on, head)
    actor = acting(office, on, made, "2026-05-06")
    with on("2026-05-06"), pytest.raises(NotThere):
        deputise(actor=actor, holding=made.pk, deputy="shenlu", since=date(2026, 5, 7), until=TO, basis=BASIS)


def test_what_has_not_begun_is_taken_back_and_stays_in_the_history(office: Office, on: Any, head: Holding) -> None:
    made = named(office, on, head)
    with on("2026-05-02"):
        end_deputy(actor=office.tanyue, deputy=made.pk)
    assert not Holding.objects.filter(pk=made.pk).exists()
    assert [row.what for row in Change.objects.order_by("id")] == ["named", "cancelled"]


def sees(actor: Actor, number: str) -> bool:
    try:
        access_matter(actor, number, to=Permission.MATTER_READ)
    except NotThere:
        return False
    return True


@pytest.mark.parametrize("accused", ["tanyue", "jiangbo"])
def test_an_accusation_of_either_is_there_for_neither(office: Office, on: Any, head: Holding, accused: str) -> None:
    """Of the holder: her deputy must not do it for her. Of the deputy: he heads the organ meanwhile."""
    made = named(office, on, head)
    with on("2026-05-02"):
        matter = office.register(kind="accusation", accused_users=(accused,)).matter
        matter.involved.create(organ=office.organs["HCZJ"], part="holder", since=today(), root_organ_id=office.root_id)
    actor = acting(office, on, made, "2026-05-06")
    assert not sees(actor, matter.number)
    with on("2026-05-06"):
        assert not sees(office.tanyue, matter.number)


def test_a_recused_deputy_sees_it_in_no_post(office: Office, on: Any, head: Holding) -> None:
    made, done = named(office, on, head), handled(office, on)
    actor = acting(office, on, made, "2026-05-06")
    assert sees(actor, done.number)
    done.matter.recusals.create(
        root_organ_id=done.matter.root_organ_id,
        user=office.people["jiangbo"],
        decided_by=office.people["tanyue"],
        decided_on=FROM,
    )
    assert not sees(actor, done.number)


def test_only_people_with_a_post_in_the_organ_can_be_chosen(office: Office, head: Holding) -> None:
    assert set(may_stand_in(head, today()).values_list("username", flat=True)) == {"jiangbo", "shenlu"}


def test_the_pages(office: Office, as_: SignedIn, head: Holding) -> None:
    since, until = today().isoformat(), (today() + timedelta(7)).isoformat()
    client = as_("tanyue")
    assert f"/desk/account/deputies/{head.pk}" in words(client.get("/desk/account"))
    said = {"deputy": "jiangbo", "since": since, "until": until, "basis": BASIS}
    assert client.post(f"/desk/account/deputies/{head.pk}", said).status_code == 302
    page = words(client.get(f"/desk/account/deputies/{head.pk}"))
    assert "江波" in page
    assert BASIS in page
    assert as_("fangyuan").get(f"/desk/account/deputies/{head.pk}").status_code == 404
    made = Holding.objects.get(deputy_for=office.people["tanyue"])
    assert "谭越" in words(as_("jiangbo").get("/desk/posts"))
    admin = as_("admin")
    assert "指定代理" in words(admin.get("/desk/administration/people/tanyue"))
    assert admin.post(f"/desk/account/deputies/{made.pk}/end").status_code == 302
    assert "目前没有代理" in words(client.get(f"/desk/account/deputies/{head.pk}"))
