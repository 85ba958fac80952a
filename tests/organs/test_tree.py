"""Organs over time: renamed, moved, merged and split; what was before stays on record (Article 24)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.matters.cases import OPINION, answered, fresh, handled, last
from tests.office import Office
from xinqiao.access.permissions import Permission
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.lookup import NotThere, access_matter
from xinqiao.organs.models import Organ, OrganPeriod
from xinqiao.organs.tree import current_successors, dissolve, found_organ, is_superior, move, name_on, rename

ON = date(2026, 4, 1)


def merge(office: Office, ended: str, *heirs: str, on: date = ON) -> None:
    """End an organ; its heirs go on with its duties."""
    dissolve(
        office.organs[ended],
        kind="merged" if len(heirs) == 1 else "split",
        successors=[Organ.objects.get(code=code) for code in heirs],
        on=on,
        basis="机构改革方案",
    )


def codes(ids: list[int]) -> set[str]:
    return set(Organ.objects.filter(pk__in=ids).values_list("code", flat=True))


def closure_of(code: str) -> set[str]:
    return codes(Organ.objects.get(code=code).ancestors)


def test_an_organ_stands_under_its_territory_and_its_line(office: Office) -> None:
    assert closure_of("HCZJ") == {"HCZJ", "HC", "YZZJ", "YZ"}
    assert closure_of("LWC") == {"LWC", "YXZ", "HC", "YZ"}


def test_a_renamed_organ_keeps_its_old_name_for_the_days_before(office: Office) -> None:
    organ = office.organs["HCRS"]
    rename(organ, "禾川县人力资源局", on=ON, basis="机构改革方案")
    assert name_on(organ, date(2026, 3, 31)) == "禾川县人力资源和社会保障局"
    assert name_on(organ, ON) == "禾川县人力资源局"
    assert Organ.objects.get(code="HCRS").name == "禾川县人力资源局"
    assert current_successors(organ, ON) == [organ], "a new name is no new organ"


def test_the_record_says_what_an_organ_was_called_that_day(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    rename(office.organs["HCZJ"], "禾川县住房保障局", on=ON, basis="机构改革方案")
    assert last(done).organ.name == "禾川县住房和城乡建设局"


def test_a_moved_organ_takes_along_what_stands_below_it(office: Office) -> None:
    move(office.organs["YXZ"], parent=office.organs["YZ"], line_parent=None, on=ON)
    assert closure_of("LWC") == {"LWC", "YXZ", "YZ"}
    before, after = OrganPeriod.objects.filter(organ=office.organs["YXZ"]).order_by("since")
    assert (before.parent, before.until, after.parent, after.until) == (
        office.organs["HC"],
        ON,
        office.organs["YZ"],
        None,
    )


@pytest.mark.parametrize(
    ("code", "parent", "line", "why"),
    [
        ("HC", "HC", None, "under itself"),
        ("HC", "LWC", None, "under what stands below it"),
        ("YZZJ", "YZ", "HCZJ", "by its line under what stands below it by line"),
    ],
)
def test_no_organ_stands_below_itself(office: Office, code: str, parent: str, line: str | None, why: str) -> None:
    with pytest.raises(ValueError, match="stands below"):
        move(office.organs[code], parent=office.organs[parent], line_parent=office.organs.get(line or ""), on=ON)
    assert Organ.objects.get(code=code).parent_id == office.organs[code].parent_id, why
    assert OrganPeriod.objects.filter(organ=office.organs[code]).count() == 1


def test_an_organ_does_not_move_into_another_office(office: Office) -> None:
    elsewhere = found_organ(code="QH", name="青禾市人民政府")
    with pytest.raises(ValueError, match="another office"):
        move(office.organs["HC"], parent=elsewhere, line_parent=None, on=ON)


def test_a_change_does_not_come_before_the_one_on_record(office: Office) -> None:
    rename(office.organs["HCRS"], "禾川县人力资源局", on=ON, basis="机构改革方案")
    with pytest.raises(ValueError, match="must come after"):
        move(office.organs["HCRS"], parent=office.organs["YZ"], line_parent=None, on=ON)


@pytest.mark.parametrize(
    ("heirs", "why"),
    [((), "nobody goes on with the duties"), (("HCRS",), "an organ does not succeed itself")],
)
def test_an_organ_does_not_end_without_a_successor(office: Office, heirs: tuple[str, ...], why: str) -> None:
    with pytest.raises(ValueError, match=r"name (the organ|a living organ)|does not go on"):
        merge(office, "HCRS", *heirs)
    assert Organ.objects.get(code="HCRS").valid_until is None, why


def test_an_organ_ends_once_and_into_a_living_one(office: Office) -> None:
    merge(office, "HCRS", "HCZJ")
    with pytest.raises(ValueError, match="has ended"):
        merge(office, "HCRS", "HCZJ", on=date(2026, 5, 1))
    with pytest.raises(ValueError, match="does not go on"):
        merge(office, "HCRD", "HCRS", on=date(2026, 5, 1))


def test_successors_are_found_through_several_changes(office: Office) -> None:
    merge(office, "HCRS", "HCRD")
    merge(office, "HCRD", "HCZJ", "HCJW", on=date(2026, 6, 1))
    ended = Organ.objects.get(code="HCRS")
    assert [o.code for o in current_successors(ended, date(2026, 3, 1))] == ["HCRS"]
    assert [o.code for o in current_successors(ended, date(2026, 5, 1))] == ["HCRD"]
    assert {o.code for o in current_successors(ended, date(2026, 6, 1))} == {"HCZJ", "HCJW"}


def test_staff_of_an_ended_organ_have_no_power_any_more(office: Office, on: Callable[[str], Any]) -> None:
    merge(office, "HCZJ", "HCRS")
    with on("2026-03-31"):
        assert office.jiangbo.may(Permission.MATTER_REPLY)
    with on("2026-04-01"):
        assert office.jiangbo.kind == "nobody"


def test_the_successor_goes_on_with_the_matter_in_the_place_of_the_ended_organ(
    office: Office, on: Callable[[str], Any]
) -> None:
    done = handled(office, on)
    with on("2026-03-20"), pytest.raises(NotThere):
        access_matter(office.baiyun, done.number, to=Permission.MATTER_READ)
    merge(office, "HCZJ", "HCRS")
    with on("2026-04-13"):
        reply(number=done.number, actor=office.baiyun, outcome="supported", **OPINION)
        event = last(done)
        assert (event.organ.code, event.data["organ"]) == ("HCRS", "HCZJ"), "who acted, and in whose place"
        assert fresh(done).clocks.get(clock="K08").state == "met"
        assert fresh(done).holder.code == "HCRS"
        serve(number=done.number, actor=office.baiyun, document="reply")
    with on("2026-06-01"):
        close(number=done.number, actor=office.fangyuan)
    assert fresh(done).stage == "closed"


def test_a_stranger_does_not_act_in_the_place_of_an_ended_organ(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    merge(office, "HCZJ", "HCRS")
    with on("2026-04-13"), pytest.raises(NotThere):
        reply(number=done.number, actor=office.luowentao, outcome="supported", **OPINION)


def test_an_accusation_of_an_ended_organ_does_not_reach_its_successor(office: Office, on: Callable[[str], Any]) -> None:
    from xinqiao.matters.actions.transfer import transfer
    from xinqiao.procedure import Refused

    with on("2026-03-02"):
        done = office.register(kind="accusation", accused_organs=("HCZJ",))
    merge(office, "HCZJ", "HCRS")
    with on("2026-04-13"):
        with pytest.raises(Refused) as refused:
            transfer(number=done.number, actor=office.hexiaowen, to="HCRS")
        assert refused.value.refusal.code == "accused-organ"
        done.matter.involved.create(
            organ=office.organs["HCRS"], part="holder", since=ON, root_organ_id=done.matter.root_organ_id
        )
        with pytest.raises(NotThere):
            access_matter(office.fangyuan, done.number, to=Permission.MATTER_READ)


def test_review_goes_to_whoever_succeeds_the_superior(office: Office, on: Callable[[str], Any]) -> None:
    from xinqiao.reviews.actions.request_review import request_review

    done = answered(office, on)
    merge(office, "YZZJ", "YZ", on=date(2026, 4, 20))
    with on("2026-05-06"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", to="YZ")
    assert last(done).data["organ"] == "YZ"


def test_superiors_stand_directly_above_and_are_no_petition_office(office: Office) -> None:
    above = {o.code for o in office.organs.values() if is_superior(o, of=Organ.objects.get(code="HCZJ"))}
    assert above == {"HC", "YZZJ"}
