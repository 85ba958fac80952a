"""Founding a real office: a place, its petition office, one administrator; never over one that is there."""

from datetime import date

import pytest

from xinqiao.access.actor import staff_actor
from xinqiao.access.permissions import Permission
from xinqiao.organs.founding import AlreadyFounded, Founding, found_first
from xinqiao.organs.models import Organ, OrganKind, Role, User

OFFICE = Founding(code="QH", place="青禾县", bureau_code="QHXF", bureau="青禾县信访局", pack="CN-2022")
ON = date(2026, 11, 26)


def found() -> User:
    return found_first(OFFICE, username="admin", name="章程", on=ON)


def test_the_first_administrator_administers_and_sees_no_matter(db: None) -> None:
    actor = staff_actor(found(), today=ON)
    assert actor.role == Role.ADMINISTRATOR
    assert actor.organ_code == "QHXF"
    assert not actor.may(Permission.MATTER_REGISTER)


def test_the_petition_office_is_the_front_of_its_place(db: None) -> None:
    found()
    bureau = Organ.objects.get(code="QHXF")
    assert (bureau.kind, bureau.is_front, bureau.parent.code) == (OrganKind.BUREAU, True, "QH")
    assert bureau.root.number_pattern.format(code="QH", year=2026, seq=7) == "QH2026-00007"


def test_an_office_that_is_there_is_not_founded_again(db: None) -> None:
    found()
    with pytest.raises(AlreadyFounded, match="青禾县"):
        found_first(OFFICE, username="other", name="章程", on=ON)
    assert Organ.objects.count() == 2
