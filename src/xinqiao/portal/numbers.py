"""What a number of a matter can look like, by the patterns of the office; no matter is looked up here."""

import re
from string import Formatter

from xinqiao.matters.codes import DEFAULT_PATTERN
from xinqiao.organs.models import Organ


def as_number(typed: str) -> str | None:
    """What was typed as a number of a shape that any organ gives, or by its pattern could give; None for no such shape.

    What stands between its parts (``-``) may be left out or be a blank: on a telephone it is hard to find.
    """
    patterns = Organ.objects.exclude(number_pattern="").values_list("number_pattern", flat=True).distinct()
    shapes = [list(Formatter().parse(one)) for one in {DEFAULT_PATTERN, *patterns}]
    if any(re.fullmatch("".join(_strict(*part) for part in shape), typed, re.IGNORECASE) for shape in shapes):
        return typed
    bare = re.sub(r"[\s-]", "", typed)
    for shape in shapes:
        if found := re.fullmatch("".join(_loose(*part) for part in shape), bare, re.IGNORECASE):
            values = iter(found.groups())
            return "".join(fixed + (next(values) if name else "") for fixed, name, _width, _how in shape)
    return None


def _strict(fixed: str, name: str | None, width: str | None, _how: str | None) -> str:
    return re.escape(fixed) + _of_field(name, width)


def _loose(fixed: str, name: str | None, width: str | None, _how: str | None) -> str:
    """The same without what stands between; a year is one of these two centuries, so that it is told from a code."""
    of_field = {"code": r"\w+?", "year": "(?:19|20)[0-9]{2}"}.get(name or "") or _of_field(name, width)
    return re.escape(re.sub(r"[\s-]", "", fixed)) + (f"({of_field})" if name else "")


def _of_field(name: str | None, width: str | None) -> str:
    """The letters of a code, the four figures of a year, or a count with at least the figures that fill its width."""
    least = int(re.sub(r"\D", "", width or "") or 1)
    return {"code": r"[\w-]+", "year": "[0-9]{4}", "seq": f"[0-9]{{{least},}}"}.get(name or "", "")
