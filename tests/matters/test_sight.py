"""``matters_sight`` says which organs have a matter in their subtree; the database keeps it, whatever happens."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q

from tests.office import Office
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.decide_objection import decide_objection
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.listing import DueSpan, Listing, Sort, count_each, key_of
from xinqiao.matters.models import Matter, Sight
from xinqiao.organs.tree import dissolve, move

WANTED = """
SELECT DISTINCT scope.id, i.matter_id, m.holder_id, m.stage, m.received_on, m.next_due_on, m.confidentiality,
  m.kind = 'accusation'
FROM matters_involvement i JOIN matters_matter m ON m.id = i.matter_id JOIN organs_organ o ON o.id = i.organ_id
JOIN organs_organ scope ON scope.id = ANY(o.ancestors)
WHERE i.part <> 'returned' AND scope.id <> m.root_organ_id
"""
KEPT = """
SELECT scope_id, matter_id, holder_id, stage, received_on, next_due_on, confidentiality, is_accusation
FROM matters_sight
"""


def rows(sql: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())


def scopes(number: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.code FROM matters_sight s JOIN organs_organ o ON o.id = s.scope_id"
            " JOIN matters_matter m ON m.id = s.matter_id WHERE m.number = %s",
            [number],
        )
        return {row[0] for row in cursor.fetchall()}


def test_it_follows_every_act(office: Office) -> None:
    number = office.register().number
    assert scopes(number) == {"HC", "HCXF", "YZXF"}, "the receiver, and what stands above it; the root sees all anyway"
    transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
    assert scopes(number) == {"HC", "HCXF", "YZXF", "HCZJ", "YZZJ"}, "and whoever got it"
    object_(number=number, actor=office.jiangbo, reason="不属于住建职责。")
    decide_objection(number=number, actor=office.hexiaowen, upheld=True, reason="核实属实。")
    assert scopes(number) == {"HC", "HCXF", "YZXF"}, "who returned it gave the material back"
    transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
    accept(number=number, actor=office.jiangbo, path=6)
    assert rows(KEPT) == rows(WANTED)
    assert Sight.objects.filter(matter__number=number).values_list("stage", flat=True).distinct().get() == "handling"


def test_it_follows_the_tree(office: Office) -> None:
    number = office.register(office.citizen(), organ="YXZ").number
    move(office.organs["YXZ"], parent=office.organs["YZ"], line_parent=None, on=date(2026, 11, 1))
    assert "HC" not in scopes(number)
    dissolve(
        office.organs["YXZ"], kind="merged", successors=[office.organs["HCZJ"]], on=date(2026, 11, 2), basis="批复"
    )
    assert "HCZJ" in scopes(number), "the successor looks after what an ended organ left"
    assert rows(KEPT) == rows(WANTED)


@pytest.mark.parametrize("who", ["hexiaowen", "jiangbo", "tanyue", "yanli", "moran", "guoting", "weiran"])
def test_the_fast_list_and_the_predicate_see_the_same(office: Office, who: str) -> None:
    for _ in range(2):
        office.register()
        transfer(number=office.register().number, actor=office.hexiaowen, to="HCZJ", notified=True)
        office.register(kind="accusation", accused_organs=("HCZJ",))
        office.register(confidential=True)
    actor = getattr(office, who)
    listing = Listing(actor)
    assert {m.pk for m in listing.page(sort="-received_on", size=99)} == set(
        listing.matters.values_list("pk", flat=True)
    )
    assert listing.count() == listing.matters.count()


DAY = date(2026, 11, 23)
#: Of seven matters three have nothing due; the others are due on this day and the three after it.
SPANS = {
    DueSpan(): 7,
    DueSpan(last=DAY): 1,
    DueSpan(first=DAY + timedelta(days=1)): 3,
    DueSpan(first=DAY + timedelta(days=1), last=DAY + timedelta(days=2)): 2,
    DueSpan(is_none=True): 3,
}


@pytest.mark.parametrize("who", ["jiangbo", "qinshuo"])  # by sight and by the matters themselves
@pytest.mark.parametrize("sort", ["-received_on", "received_on", "next_due_on"])
def test_a_walk_shows_every_matter_of_a_span_once_whichever_way_it_goes(office: Office, who: str, sort: Sort) -> None:
    numbers = [office.register().number for _ in range(7)]
    for n, number in enumerate(numbers):
        transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
        Matter.objects.filter(number=number).update(next_due_on=DAY + timedelta(days=n) if n < 4 else None)
    listing = Listing(getattr(office, who))
    assert count_each(listing, {str(n): span for n, span in enumerate(SPANS)}) == {
        str(n): count for n, count in enumerate(SPANS.values())
    }
    for span, count in SPANS.items():
        seen, after = list[Matter](), None
        while found := listing.page(sort=sort, after=after, size=2, within=span):
            seen += found
            after = key_of(found[-1], sort)
        whole = listing.page(sort=sort, size=99, within=span)
        assert [m.number for m in seen] == [m.number for m in whole]
        assert {m.pk for m in seen} == set(listing.matters.filter(span.q).values_list("pk", flat=True))
        assert len(seen) == count
        back, before = list[Matter](), key_of(seen[-1], sort)
        while found := listing.page(sort=sort, before=before, size=2, within=span):
            back = found + back
            before = key_of(found[0], sort)
        assert [m.number for m in back] == [m.number for m in seen[:-1]]


def test_what_nobody_can_fit_is_an_empty_list_and_no_error(office: Office) -> None:
    office.register()
    listing = Listing(office.hexiaowen).where(Q(pk__in=[]))
    assert (listing.page(sort="next_due_on", size=9), listing.count(), listing.holders()) == ([], 0, [])
