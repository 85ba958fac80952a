"""The office behind the portal, and what it publishes about itself (Article 18). Nothing here asks who reads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor, citizen_actor
from xinqiao.access.clock import today
from xinqiao.matters.language import law_language
from xinqiao.organs.models import Level, Organ, OrganKind
from xinqiao.procedure import Article, Pack, load_pack

# Every page of the portal asks this, and the ORM takes longer to write it than the database to answer.
_FRONT = """WITH front AS (
  SELECT id, root_id, parent_id FROM organs_organ WHERE kind = %s AND valid_until IS NULL
  ORDER BY is_front DESC, id LIMIT 1)
SELECT o.* FROM organs_organ o, front WHERE o.id IN (front.id, front.root_id, front.parent_id)
ORDER BY (o.id = front.id) DESC"""


class NoOffice(Exception):
    """There is no petition office yet to which anything could be handed in."""


@dataclass(frozen=True, kw_only=True)
class Duration:
    """One step of the way: who does it, how long it may take at most, and by which article."""

    step: str
    note: str
    who: str
    longest: str
    article: str


def front_office() -> Organ:
    """The organ that receives what is handed in here: the one marked so, or else the first petition office.

    Raises NoOffice where there is none.
    """
    found = list(Organ.objects.raw(_FRONT, [OrganKind.BUREAU]))
    if not found:
        raise NoOffice
    front, by_id = found[0], {organ.pk: organ for organ in found}
    front.root, front.parent = by_id.get(front.root_id or 0), by_id.get(front.parent_id or 0)
    return front


def visitor(front: Organ) -> Actor:
    """Somebody from outside who holds no code yet."""
    return citizen_actor(root_organ_id=front.root_id or front.pk)


def published_organs(front: Organ) -> list[Organ]:
    """The organs of the office that stand today, the petition office of this portal first."""
    rows = Organ.objects.filter(root_id=front.root_id, valid_until=None, valid_from__lte=today())
    return sorted(rows, key=lambda organ: (organ.pk != front.pk, organ.kind != OrganKind.BUREAU, organ.code))


def by_level(organs: list[Organ]) -> list[tuple[str, list[Organ]]]:
    """Organs under the name of their level, the front office's level first, then from the top down."""
    order = list(Level.values)
    first = organs[0].level if organs else ""
    levels = sorted({organ.level for organ in organs}, key=lambda level: (level != first, order.index(level)))
    return [(str(Level(level).label), [o for o in organs if o.level == level]) for level in levels]


def durations(front: Organ) -> list[Duration]:
    """The way of a petition with its days, as the pack of the office has them; a clock it has not is left out."""
    pack, handling = load_pack(front.pack), _("the organ in charge")
    rows = (
        (("K02",), _("Registering and passing on"), "", _("the petition office")),
        (("K04", "K03"), _("Notice in writing"), _("whether it is accepted, and how it goes on"), handling),
        (("K08",), _("Looking into it and answering in writing"), _longer(pack), handling),
        (("K11",), _("Asking for a review"), _("counted from the day after the answer reaches you"), _("you")),
        (("K12",), _("Review"), "", _("the organ above it")),
        (
            ("K13",),
            _("Asking for a re-review"),
            _("counted from the day after the review opinion reaches you"),
            _("you"),
        ),
        (("K14",), _("Re-review"), _("its opinion is final"), _("the organ above that one")),
    )
    found = ((next((c for c in clocks if pack.has_clock(c)), ""), *rest) for clocks, *rest in rows)
    return [_duration(pack, clock, *rest) for clock, *rest in found if clock and not pack.clocks[clock].unverified]


def _duration(pack: Pack, clock: str, step: str, note: str, who: str) -> Duration:
    rule = pack.clocks[clock]
    longest = _("%(n)d days") % {"n": rule.days}
    if rule.unit == "working":
        longest = _("%(n)d working days") % {"n": rule.days}
    if rule.max_extension:
        longest = _("%(n)d + %(more)d days") % {"n": rule.days, "more": rule.max_extension}
    return Duration(step=step, note=note, who=who, longest=longest, article=short_article(rule.article))


def _longer(pack: Pack) -> str:
    if not (pack.has_clock("K08") and pack.clocks["K08"].max_extension):
        return ""
    return _("may be extended once; you are told why")


def short_article(article: Article) -> str:
    """The article without the name of its instrument: the page names that once."""
    return article.text(law_language()).removeprefix(article.instrument.text(law_language())).strip(" ,")


def law_title(front: Organ) -> str:
    """What the rules are called that the office works by."""
    return load_pack(front.pack).title.text(law_language())
