"""Request for re-review 申请复核: the petitioner asks the next superior to look at the review."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._remedies import REREVIEW, refused_request, request


def may_request_rereview(
    case: Case, *, today: date, organ: str | None = None, petitioner: str | None = None
) -> Refusal | None:
    """Whether the petitioner may ask; a late request goes on record too, and the organ decides on it."""
    return case.after_end() or refused_request(case, REREVIEW, petitioner)


def rereview_requested(case: Case, event: Event) -> Refusal | None:
    """The request came in."""
    return request(case, event, REREVIEW)
