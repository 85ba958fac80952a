"""The pattern by which an organ numbers its matters, or the office for all that have none of their own.

Two series that could give the same number are refused: a number is given once in the whole office.
"""

import re
import string
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.managing import managed_organ
from xinqiao.accounts.models import Change
from xinqiao.accounts.words import raise_if
from xinqiao.matters.codes import DEFAULT_PATTERN
from xinqiao.organs.models import Organ

SUBJECT = Change.Subject.PATTERN
LONGEST_NUMBER = 40
LONGEST_PATTERN = 60
#: What stands between the fields: no blank, no slash, nothing that an address on the web would bend.
_PLAIN = re.compile(r"[\w\-〔〕()（）第号號]*")
_SEQ = re.compile(r"0[3-9]")


def why_not_pattern(organ: Organ, pattern: str) -> str:
    """What is wrong with a pattern, and how it is put right; empty for one that serves."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return _("A brace is not closed. Write {code}, {year} and {seq:05}.")
    return _why_not_parts(parts) or _why_not_sample(organ, pattern)


def _why_not_parts(parts: list[tuple[str, str | None, str | None, str | None]]) -> str:
    fields = [(field, spec) for _text, field, spec, _conversion in parts if field is not None]
    names = [field for field, _spec in fields]
    if unknown := [name for name in names if name not in {"code", "year", "seq"}]:
        return _("{%(name)s} is not known. There are {code}, {year} and {seq:05}.") % {"name": unknown[0]}
    if names.count("seq") != 1 or names.count("year") != 1:
        return _("{year} and {seq:05} stand in it once each; otherwise numbers would be given twice.")
    if any(conversion for *_rest, conversion in parts) or any(spec for name, spec in fields if name != "seq"):
        return _("Only {seq} takes a length, as in {seq:05}.")
    if not _SEQ.fullmatch(dict(fields)["seq"] or ""):
        return _("Write how many figures: {seq:03} to {seq:09}.")
    if not all(_PLAIN.fullmatch(text) for text, *_rest in parts):
        return _("Between the fields stand letters, figures, Chinese characters, “-” and brackets; no blank, no “/”.")
    if _runs_together(parts):
        return _("Put a sign that is no figure between {year} and {seq:05}, or numbers run together.")
    return ""


def _runs_together(parts: list[tuple[str, str | None, str | None, str | None]]) -> bool:
    """Whether the year and the running number touch, or a figure stands against the running number."""
    for index, (text, field, *_rest) in enumerate(parts):
        touches_year = index > 0 and parts[index - 1][1] in {"year", "seq"} and not text
        if field == "seq" and (touches_year or text[-1:].isdecimal()):
            return True
    return False


def _why_not_sample(organ: Organ, pattern: str) -> str:
    if len(pattern) > LONGEST_PATTERN or len(sample(organ, pattern, seq=999_999_999)) > LONGEST_NUMBER:
        return _("A number has at most %(most)d characters. Shorten the pattern.") % {"most": LONGEST_NUMBER}
    mine = resolved(pattern, organ.code)
    for name, other in _others(organ):
        if other == mine:
            return _("%(name)s has or had this series; its numbers would come twice. Put the own code in: {code}.") % {
                "name": name
            }
    return ""


def resolved(pattern: str, code: str) -> str:
    """A pattern with the code of its organ in its place: two that are equal give equal numbers."""
    return re.sub(r"\{seq:0\d\}", "{seq}", pattern.replace("{code}", code))


def _others(organ: Organ) -> Iterator[tuple[str, str]]:
    """Every series of the office that is or was in use, but for those of this organ itself."""
    rows = Organ.objects.filter(root_id=organ.root_id).exclude(pk=organ.pk)
    for other in rows.filter(~Q(number_pattern="") | Q(pk=organ.root_id)):
        yield other.label, resolved(other.number_pattern or DEFAULT_PATTERN, other.code)
    past = Change.objects.filter(root_organ_id=organ.office_id, subject=SUBJECT).exclude(subject_id=organ.pk)
    codes = dict(rows.values_list("pk", "code"))
    for row in past:
        for pattern in row.fields.get("number_pattern", []):
            if pattern and row.subject_id in codes:
                yield row.name, resolved(pattern, codes[row.subject_id])


def sample(organ: Organ, pattern: str, *, seq: int = 1) -> str:
    """The number that a pattern gives: as a preview the first one of this year."""
    return pattern.format(code=organ.code, year=today().year, seq=seq)


@transaction.atomic(durable=True)
def set_pattern(*, actor: Actor, code: str, pattern: str) -> Organ:
    """Set the pattern of an organ; an empty one gives it back to the office's. Numbers that were given stay.

    Raises Forbidden, NotThere and Invalid.
    """
    organ = managed_organ(actor, code, lock=True)
    errors: dict[str, str] = {}
    pattern = pattern.strip()
    if pattern and (wrong := why_not_pattern(organ, pattern)):
        errors["pattern"] = wrong
    raise_if(errors)
    before = organ.number_pattern
    if before != pattern:
        organ.number_pattern = pattern
        organ.save(update_fields=["number_pattern"])
        fields = {"before": {"number_pattern": before}, "after": {"number_pattern": pattern}}
        note_change(actor, SUBJECT, organ.pk, name=organ.name, what="changed", **fields)
    return organ
