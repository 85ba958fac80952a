"""What a petitioner can do on a matter now: the open doors, and of each closed one the reason and the article."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.components.accounts import clock_part
from xinqiao.components.parts import Act
from xinqiao.components.parts import Clock as ClockPart
from xinqiao.components.surfaces import PORTAL
from xinqiao.matters.acting import Acting
from xinqiao.matters.language import law_language
from xinqiao.organs.models import Organ
from xinqiao.portal.reading import full
from xinqiao.portal.refusal_words import refusal_sentence
from xinqiao.procedure import Clock, Refusal
from xinqiao.reviews.choices import refusal_of
from xinqiao.reviews.superiors import reviewing_organs

VERBS = {"supplement": "supplement", "withdraw": "withdraw", "restore": "restore"}
REMEDIES = {"review": "request_review", "rereview": "request_rereview"}
RIGHT = {"review": "K11", "rereview": "K13"}


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """Asking the organ above to look again: of whom, until when and why then. ``is_late``: the days are over."""

    title: str
    url: str
    organs: list[Organ]
    clock: ClockPart | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Doors:
    """``remedy`` is the one that is open; ``open`` and ``closed`` are the other acts.

    ``lapsed`` is the right whose days are over, shown closed: a request after them goes on record all the same, and
    the organ above decides whether to take it up.
    """

    remedy: Remedy | None
    lapsed: Act | None
    open: list[Act]
    closed: list[Act]


def doors(act: Acting) -> Doors:
    """Every act of the petitioner that has a sense at this stage."""
    found = [(path, refusal_of(act, verb)) for path, verb in _asked_for(act).items()]
    remedies = [(path, refusal) for path, refusal in found if path in REMEDIES]
    opened = next((path for path, refusal in reversed(remedies) if refusal is None), None)
    remedy = _remedy(act, opened) if opened else None
    return Doors(
        remedy=remedy,
        lapsed=_lapsed(act, opened) if opened and remedy and remedy.is_late else None,
        open=[_act(act, path, None) for path, refusal in found if refusal is None and path not in REMEDIES],
        closed=[_act(act, path, refusal) for path, refusal in found if refusal is not None],
    )


def _asked_for(act: Acting) -> dict[str, str]:
    """A withdrawal is offered while there is something to withdraw; after it only taking it back, and no adding."""
    left_out = {"withdraw"} if act.case.stage in {"withdrawn", "closed", "final"} else set[str]()
    left_out |= {"supplement"} if act.case.stage == "withdrawn" else {"restore"}
    return {path: verb for path, verb in (REMEDIES | VERBS).items() if path not in left_out}


def url_of(number: str, path: str) -> str:
    """The page of an act."""
    return reverse(f"portal:{path}", args=[number])


def act_title(path: str) -> str:
    """What an act is called."""
    return {
        "review": _("Ask for a review"),
        "rereview": _("Ask for a re-review"),
        "supplement": _("Add words or files"),
        "withdraw": _("Withdraw"),
        "restore": _("Take the withdrawal back"),
    }[path]


def _act(act: Acting, path: str, refusal: Refusal | None) -> Act:
    if refusal is None:
        return Act(label=act_title(path), verb=path, url=url_of(act.matter.number, path), main=path == "restore")
    article = refusal.article_text(law_language())
    return Act(label=act_title(path), verb=path, reason=refusal_sentence(refusal, path), article=article)


def _remedy(act: Acting, path: str) -> Remedy:
    clock = right_of(act, path)
    return Remedy(
        title=act_title(path),
        url=url_of(act.matter.number, path),
        organs=reviewing_organs(act, path),
        clock=clock_part(clock, surface=PORTAL) if clock and clock.state == "running" else None,
        is_late=clock is not None and clock.state == "lapsed",
    )


def _lapsed(act: Acting, path: str) -> Act:
    clock = right_of(act, path)
    assert clock is not None
    sentence = _("The last day for it was %(day)s.") % {"day": full(clock.legal_due)}
    return Act(label=act_title(path), verb=path, reason=sentence, article=clock.rule.article.text(law_language()))


def right_of(act: Acting, path: str) -> Clock | None:
    """The clock of the right to ask: the one still running, or else the newest."""
    found = [clock for clock in act.case.clocks if clock.id == RIGHT[path]]
    running = [clock for clock in found if clock.state == "running"]
    return next(reversed(running or found), None)
