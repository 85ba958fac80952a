"""Registration 登记: the matter is received, by a bureau or by an organ itself."""

from __future__ import annotations

from ..case import Case, day_of
from ..events import Event
from ..holders import Holder
from ..packs import Pack
from ..refusals import Refusal
from ._dispatch import start_ladder


def may_register(
    pack: Pack, *, at_visit: bool = False, persons: int | None = None, speakers: int | None = None
) -> Refusal | None:
    """Whether a contact may be registered as given: only the speakers at a visit are limited, never the petition.

    `persons` are those who came or signed, `speakers` those who speak for them.
    """
    if not at_visit or speakers is None:
        return None
    most = pack.representatives_max(max(persons or speakers, speakers))
    if speakers <= most:
        return None
    params = {"max": most, "speakers": speakers}
    return Refusal(code="too-many-speakers", article=pack.article("representatives"), params=params)


def received(case: Case, event: Event) -> Refusal | None:
    """A contact arrived; each starts the time of the one who received it."""
    by, organ = event.data.get("by"), event.data.get("organ")
    if by not in ("bureau", "organ"):
        return Refusal(code="missing-field", params={"field": "by"})
    if case.received_on is None:
        case.received_on = event.on
    _start_internal(case, event, organ)
    if by == "bureau":
        _at_bureau(case, event, organ)
    elif not any(holder.accepted_on for holder in case.holding(organ)):
        _at_organ(case, event, organ)
    return None


def _start_internal(case: Case, event: Event, organ: str | None) -> None:
    if registering := case.start("K01", event.on, by="received", organ=organ):
        registering.stop(day_of(event.data.get("registered_on")) or event.on, "registered")
    if event.data.get("urgent"):
        case.start("K22", event.on, by="received", organ=organ)


def _at_bureau(case: Case, event: Event, organ: str | None) -> None:
    holder = Holder(organ, is_bureau=True, direct=True)
    holder.notice = case.start("K02", event.on, by="received", organ=organ)
    case.holders.append(holder)
    start_ladder(case, event, event.on, organ)


def _at_organ(case: Case, event: Event, organ: str | None) -> None:
    holder = Holder(organ, is_bureau=False, direct=True)
    holder.notice = case.start("K03", event.on, by="received", organ=organ)
    case.holders.append(holder)
    if holder.notice is not None and event.data.get("address_unclear"):
        holder.notice.end("waived", event.on, "received")
