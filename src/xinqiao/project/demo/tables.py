"""The tables that the county's administrator begins with: content classes, and places after the organs that govern."""

from collections.abc import Mapping
from datetime import date

from xinqiao.access.actor import staff_actor
from xinqiao.accounts.starting import start_classes, start_places
from xinqiao.organs.models import Level, Organ, User

#: What the name of a place has not, but that of its organ.
OFFICES = ("人民政府", "办事处", "村民委员会", "居民委员会", "辦事處", "村民委員會", "居民委員會")
ENGLISH = (" Government", " Office", " Committee")
GOVERNED = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


def begin_tables(organs: Mapping[str, Organ], people: Mapping[str, User], on: date) -> None:
    """Enter classes and places, in a transaction of the caller's."""
    actor = staff_actor(people["admin"], today=on)
    start_classes(actor=actor)
    start_places(actor=actor, rows=[_row(organ) for organ in organs.values() if _governs(organ)])


def _governs(organ: Organ) -> bool:
    """Whether an organ stands for a place: the government of a county, a township, a village."""
    if organ.level not in GOVERNED or organ.category not in {"government", "village"}:
        return False
    return organ.level != Level.COUNTY or organ.name.endswith("县人民政府")


def _row(organ: Organ) -> tuple[int, int | None, tuple[str, str, str], str]:
    above = organ.parent
    names = (_place(organ.name, above.name if above else ""), _place(organ.name_hant, above.name_hant if above else ""))
    english = organ.name_en
    for end in ENGLISH:
        english = english.removesuffix(end)
    return organ.pk, organ.parent_id, (*names, english), organ.level


def _place(name: str, above: str) -> str:
    """The place of an organ, without the place above it: 云溪镇柳湾村村民委员会 is 柳湾村."""
    for office in OFFICES:
        name, above = name.removesuffix(office), above.removesuffix(office)
    return name.removeprefix(above) or name
