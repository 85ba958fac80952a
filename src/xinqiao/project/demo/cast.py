"""Who plays which part in a matter: the people of its organs, by role."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from xinqiao.organs.models import Role
from xinqiao.project.demo.bank import Case
from xinqiao.project.demo_office import ORGANS, STAFF

CITIZEN = "citizen"
SEALED_CEILING = 2


@dataclass(frozen=True)
class Employee:
    """Somebody on the staff, as the table names him."""

    username: str
    name: str
    organ: str
    role: str
    title: str
    ceiling: int


@cache
def county() -> dict[str, Any]:
    """The table of the county: organs, staff, changes."""
    return tomllib.loads((Path(__file__).parent / "county.toml").read_text("utf-8"))


@cache
def staff() -> tuple[Employee, ...]:
    """Everybody of the small office and of the county, in the order of the tables."""
    rows = [
        (name, called, organ, Role(role).value, title, ceiling) for name, called, organ, role, title, ceiling in STAFF
    ]
    return tuple(Employee(*row) for row in [*rows, *map(tuple, county()["staff"])])


@cache
def organ_of(username: str) -> str:
    """The code of the organ in which somebody works."""
    return next(one.organ for one in staff() if one.username == username)


@cache
def short_name(organ: str) -> str:
    """What an organ is called in a sentence."""
    rows = [*ORGANS, *county()["organs"]]
    return next(str(row[9]) for row in reversed(rows) if row[0] == organ)


def people_of(organ: str, *roles: str, ceiling: int = 0) -> list[str]:
    """The account names in an organ with one of the roles, in the order of the roles."""
    found = [one for one in staff() if one.organ == organ and one.role in roles and one.ceiling >= ceiling]
    return [one.username for role in roles for one in found if one.role == role]


@dataclass(frozen=True)
class Cast:
    """The people of one matter, by account name."""

    front: str
    sender: str
    handler: str
    head: str
    first: str
    leader: str
    reviewer: str
    rereviewer: str


def cast_of(case: Case, rng: Random, *, front: str, from_city: bool = False) -> Cast:
    """Whoever deals with a case: ``front`` registers and sends it, unless a citizen or a program hands it in."""
    handlers, heads = _holders(case, case.holder)
    # The first section of an organ has most of its work.
    handler = handlers[1] if len(handlers) > 1 and rng.random() < 0.4 else (handlers or heads)[0]
    return Cast(
        front=front,
        sender="hexiaowen" if from_city else front,
        handler=case.handler or handler,
        head=(heads or handlers)[0],
        first=people_of(case.wrong or case.holder, Role.HANDLER, Role.ORGAN_HEAD)[0],
        leader=rng.choice(["guoting", "bianyi"]),
        reviewer="xuanni",
        rereviewer="moran",
    )


def succeeding(cast: Cast, case: Case, heir: str) -> Cast:
    """The cast after the organ that held the case was merged: its people go on under another head."""
    return replace(cast, head=_holders(case, heir)[1][0])


def _holders(case: Case, organ: str) -> tuple[list[str], list[str]]:
    """The handlers and the heads of an organ who may see the case."""
    ceiling = SEALED_CEILING if case.confidential or case.kind == "accusation" else 0
    heads = people_of(organ, Role.ORGAN_HEAD, Role.BUREAU_HEAD, ceiling=ceiling)
    return people_of(organ, Role.HANDLER, ceiling=ceiling), heads
