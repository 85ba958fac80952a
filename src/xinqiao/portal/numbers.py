"""What a number of a matter can look like, by the patterns of the office; no matter is looked up here."""

import re
from string import Formatter

from xinqiao.matters.codes import DEFAULT_PATTERN
from xinqiao.organs.models import Organ


def could_be_number(number: str) -> bool:
    """Whether any organ gives, or by its pattern could give, a number of this shape."""
    patterns = Organ.objects.exclude(number_pattern="").values_list("number_pattern", flat=True).distinct()
    return any(re.fullmatch(_shape(one), number, re.IGNORECASE) for one in {DEFAULT_PATTERN, *patterns})


def _shape(pattern: str) -> str:
    return "".join(re.escape(fixed) + _of_field(name, width) for fixed, name, width, _how in Formatter().parse(pattern))


def _of_field(name: str | None, width: str | None) -> str:
    """The letters of a code, the four figures of a year, or a count with at least the figures that fill its width."""
    least = int(re.sub(r"\D", "", width or "") or 1)
    return {"code": r"[\w-]+", "year": "[0-9]{4}", "seq": f"[0-9]{{{least},}}"}.get(name or "", "")
