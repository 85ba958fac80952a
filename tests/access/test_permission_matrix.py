"""Who has which power, written out a second time: a change of ``access.permissions`` must be meant twice."""

from dataclasses import replace
from typing import Any

import pytest

from tests.office import PERSON, Office
from xinqiao.access.actor import Actor, Forbidden, staff_actor
from xinqiao.access.clock import now, today
from xinqiao.access.permissions import CITIZEN_PERMISSIONS, ROLE_PERMISSIONS, Permission
from xinqiao.matters.lookup import NotThere, access_matter
from xinqiao.matters.models import Matter
from xinqiao.organs.models import Holding, Post, Role, User

ROLES = [*(str(role) for role in Role), "citizen"]

# x: has the power. The columns stand in the order of ROLES.
MATRIX = """
                          clk bhd hdl ohd ldr ins rev arc adm prt cit
access_log:read            .   .   .   .   .   x   .   .   x   .   .
admin_session:open         .   .   .   .   .   .   .   .   x   .   .
matter:accept              x   x   x   x   .   .   .   .   .   .   .
matter:annotate            .   x   .   x   x   .   .   .   .   .   .
matter:assign              x   x   .   x   .   .   .   .   .   .   .
matter:attach              x   x   x   x   .   .   x   .   .   .   .
matter:change_path         .   .   x   x   .   .   .   .   .   .   .
matter:close               .   x   x   x   .   .   .   .   .   .   .
matter:close_hearing       .   .   x   x   .   .   x   .   .   .   .
matter:convert             .   .   x   x   .   .   .   .   .   .   .
matter:decide_objection    x   x   .   x   .   .   .   .   .   .   .
matter:decline             x   x   x   x   .   .   .   .   .   .   .
matter:erase               .   x   .   .   .   .   .   .   .   .   .
matter:export              x   x   x   x   .   x   .   .   .   .   .
matter:extend              .   .   .   x   .   .   .   .   .   .   .
matter:object              x   x   x   x   .   .   .   .   .   .   .
matter:open_hearing        .   .   x   x   .   .   x   .   .   .   .
matter:read                x   x   x   x   x   x   x   x   .   .   x
matter:read_identity       x   x   x   x   .   .   x   .   .   .   .
matter:recuse              x   x   x   x   .   .   x   .   .   .   .
matter:register            x   x   .   .   .   .   .   .   .   x   x
matter:reopen              .   x   .   x   .   .   .   .   .   .   .
matter:reply               .   .   x   x   .   .   .   .   .   .   .
matter:report              x   x   x   x   .   .   .   .   .   .   .
matter:report_up           x   x   .   .   .   .   .   .   .   .   .
matter:request_rereview    x   x   .   .   .   .   .   .   .   .   x
matter:request_review      x   x   .   .   .   .   .   .   .   .   x
matter:rereview            .   .   .   .   .   .   x   .   .   .   .
matter:restore             x   x   .   .   .   .   .   .   .   .   x
matter:review              .   .   .   .   .   .   x   .   .   .   .
matter:serve               x   x   x   x   .   .   x   .   .   .   .
matter:settle              .   .   x   x   .   .   .   .   .   .   .
matter:supplement          x   x   x   x   .   .   .   .   .   .   x
matter:transfer            x   x   x   x   .   .   .   .   .   .   .
matter:withdraw            x   x   .   .   .   .   .   .   .   .   x
organ:manage               .   .   .   .   .   .   .   .   x   .   .
paper_template:manage      .   .   .   .   .   .   .   .   x   .   .
user:manage                .   .   .   .   .   .   .   .   x   .   .
"""
GRID = {row.split()[0]: row.split()[1:] for row in MATRIX.strip().splitlines()[1:]}


def test_every_power_of_every_role_is_as_written_here() -> None:
    granted = {**{r: ROLE_PERMISSIONS[r] for r in ROLES if r != "citizen"}, "citizen": CITIZEN_PERMISSIONS}
    assert set(GRID) == {str(p) for p in Permission}
    for permission, marks in GRID.items():
        for role, mark in zip(ROLES, marks, strict=True):
            assert (Permission(permission) in granted[role]) == (mark == "x"), f"{role} × {permission}"


def test_the_powers_stand_in_alphabetical_order() -> None:
    assert [str(p) for p in Permission] == sorted(str(p) for p in Permission)


# Where the matter is, seen from a post in the county government, and whether it exists for that post.
RELATIONS = {
    "own organ": ("HC", True, "what the own organ has to do with"),
    "subordinate": ("YXZ", True, "the township stands below the county"),
    "other": ("YZZJ", False, "a city bureau beside the county"),
    "superior": ("YZ", False, "the city stands above"),
    "accused": ("HC", False, "an accusation against the own organ does not exist for it"),
}


@pytest.fixture
def matters(office: Office) -> dict[str, Matter]:
    """One matter in each relation; that of the accused is an accusation that reached it by a mistake."""
    made = {}
    for relation, (code, _visible, _why) in RELATIONS.items():
        matter = office.register().matter
        matter.involved.update(organ=office.organs[code], part="holder")
        if relation == "accused":
            Matter.objects.filter(pk=matter.pk).update(kind="accusation")
            matter.accused.create(organ=office.organs["HC"], root_organ_id=matter.root_organ_id)
        made[relation] = matter
    return made


def post_in(office: Office, role: str, code: str = "HC", ceiling: int = 2) -> Actor:
    user = User.objects.create(username=f"x-{role}-{code}-{ceiling}", name="甲", is_partner=role == "partner")
    post = Post.objects.create(organ=office.organs[code], title="岗", role=role, ceiling=ceiling)
    Holding.objects.create(post=post, user=user, since=today())
    return staff_actor(user, today=today())


def outcome(actor: Actor, matter: Matter, permission: Permission) -> str:
    try:
        access_matter(actor, matter.number, to=permission)
    except Forbidden:
        return "not permitted"
    except NotThere:
        return "not there"
    return "there"


def test_every_permission_for_every_role_in_every_relation(office: Office, matters: dict[str, Matter]) -> None:
    for role in [r for r in ROLES if r != "citizen"]:
        actor = post_in(office, role)
        for relation, (_code, visible, why) in RELATIONS.items():
            for permission, marks in GRID.items():
                has = marks[ROLES.index(role)] == "x"
                reads = GRID["matter:read"][ROLES.index(role)] == "x"
                expected = "not permitted" if not has else "there" if visible and reads else "not there"
                found = outcome(actor, matters[relation], Permission(permission))
                assert found == expected, f"{role} × {permission} × {relation}: {why}"


def test_a_citizen_has_the_matter_of_the_own_code_and_no_other(office: Office) -> None:
    own, other = office.register(), office.register()
    actor = office.citizen(own)
    for permission in CITIZEN_PERMISSIONS:
        assert outcome(actor, own.matter, permission) == "there"
        assert outcome(actor, other.matter, permission) == "not there"


@pytest.mark.parametrize(("ceiling", "seen"), [(0, "not there"), (1, "not there"), (2, "there")])
def test_a_confidential_matter_is_there_up_to_the_own_ceiling(office: Office, ceiling: int, seen: str) -> None:
    matter = office.register(confidential=True).matter
    assert outcome(post_in(office, Role.CLERK, "HCXF", ceiling), matter, Permission.MATTER_READ) == seen


def test_whoever_is_recused_sees_it_no_more(office: Office) -> None:
    matter = office.register().matter
    clerk = office.hexiaowen
    matter.recusals.create(
        root_organ_id=matter.root_organ_id, user_id=clerk.user_id, decided_by_id=clerk.user_id, decided_on=today()
    )
    assert outcome(clerk, matter, Permission.MATTER_READ) == "not there"
    assert outcome(office.qinshuo, matter, Permission.MATTER_READ) == "there"


@pytest.mark.parametrize(
    ("username", "seen", "why"),
    [
        ("hexiaowen", "there", "the petition office received it"),
        ("jiangbo", "not there", "his bureau is accused"),
        ("tanyue", "not there", "she heads the accused bureau"),
    ],
)
def test_an_accusation_never_reaches_the_accused_organ(office: Office, username: str, seen: str, why: str) -> None:
    matter = office.register(kind="accusation", accused_organs=("HCZJ",)).matter
    matter.involved.create(organ=office.organs["HCZJ"], part="holder", since=today(), root_organ_id=office.root_id)
    actor = replace(getattr(office, username), ceiling=2)
    assert outcome(actor, matter, Permission.MATTER_READ) == seen, why


def test_an_accusation_of_a_head_bars_the_organ_and_all_below_it(office: Office) -> None:
    matter = office.register(kind="accusation", accused_users=("yanli",)).matter
    for code in ("YXZ", "LWC"):
        matter.involved.create(organ=office.organs[code], part="holder", since=today(), root_organ_id=office.root_id)
    for code in ("YXZ", "LWC"):
        assert outcome(post_in(office, Role.HANDLER, code), matter, Permission.MATTER_READ) == "not there"


def test_an_accusation_of_the_petition_office_goes_to_the_one_above(office: Office) -> None:
    matter = office.register(kind="accusation", accused_organs=("HCXF",), petitioners=(PERSON,)).matter
    assert matter.received_by.code == "YZXF"
    assert outcome(office.hexiaowen, matter, Permission.MATTER_READ) == "not there"


def test_an_administrator_sees_nothing_without_a_session_and_everything_is_dated(office: Office) -> None:
    matter = office.register().matter
    assert outcome(office.admin, matter, Permission.MATTER_READ) == "not permitted"
    inside: Any = staff_actor(office.people["admin"], today=today(), admin_until=now())
    assert outcome(inside, matter, Permission.MATTER_READ) == "there"
