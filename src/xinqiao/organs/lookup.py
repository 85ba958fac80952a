"""Finding organs by code. Codes never change and organs are never deleted, so what was found once is kept."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from xinqiao.organs.models import Organ
from xinqiao.record.reading_rows import Shape

_ORGANS = Shape(Organ)

_ids: dict[str, int] = {}
_remembered: ContextVar[dict[str, Organ] | None] = ContextVar("remembered_organs", default=None)


# Every registration and every transfer asks this: written out, it costs a quarter of what the ORM makes of it.
_WITH_ROOT = """SELECT * FROM organs_organ
WHERE code = %s OR id = (SELECT root_id FROM organs_organ WHERE code = %s)"""


class UnknownOrgan(Exception):
    """No organ that lives today has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def organ_id(code: str) -> int:
    """The id of an organ, living or ended."""
    if code not in _ids:
        row = Organ.objects.filter(code=code).values_list("pk", flat=True).first()
        if row is None:
            raise UnknownOrgan(code)
        _ids[code] = row
    return _ids[code]


@contextmanager
def remembering() -> Iterator[None]:
    """Organs that ``organs_named`` finds in this block are asked for once: for the answer to one request."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def organs_named(codes: Iterable[str | None]) -> dict[str, Organ]:
    """The organs of these codes, living or ended; whatever has no organ is left out."""
    known = _remembered.get()
    found = {} if known is None else known
    wanted = {code for code in codes if code}
    if new := wanted - found.keys():
        found |= {organ.code: organ for organ in _ORGANS.read("code = ANY(%s)", [list(new)])}
    return {code: found[code] for code in wanted if code in found}


def living_organ(code: str, *, root_id: int | None, on: date) -> Organ:
    """The organ of this code in this office on this day; raises UnknownOrgan for one unknown, ended or elsewhere."""
    found = {organ.pk: organ for organ in Organ.objects.raw(_WITH_ROOT, [code, code])}
    organ = next((organ for organ in found.values() if organ.code == code), None)
    if organ is None or (root_id is not None and organ.root_id != root_id):
        raise UnknownOrgan(code)
    if organ.valid_from > on or (organ.valid_until and organ.valid_until <= on):
        raise UnknownOrgan(code)
    organ.root = found.get(organ.root_id or organ.pk, organ)
    return organ


def forget() -> None:
    """Drop what was kept: for tests, whose organs come and go."""
    _ids.clear()


def called_like(words: str, at: str = "") -> Q:
    """Organs with these words in one of their names, or a code that begins so; ``at`` leads to them (``organ__``)."""
    named = [f"{at}{name}__icontains" for name in ("name", "short_name", "name_hant", "name_en")]
    return reduce(or_, (Q(**{one: words}) for one in [*named, f"{at}code__istartswith"]))
