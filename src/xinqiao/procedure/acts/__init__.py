"""The legal acts: one module each, with its guard `may_…` and what its event does to a case.

`MAY` and `RECORD` are the registries that pages, actions and the replay of a
record look in: by verb the guard, by event type the effect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..case import Case, May
from ..events import Event
from ..refusals import Refusal
from .accept import accepted, may_accept
from .annotate import annotated, may_annotate
from .assign import assigned, may_assign
from .change_path import may_change_path, path_changed
from .close import closed, may_close
from .close_hearing import hearing_closed, may_close_hearing
from .convert import converted, may_convert
from .decide_objection import may_decide_objection, objection_decided
from .decline import declined, may_decline
from .extend import extended, may_extend
from .object import may_object, objected
from .open_hearing import hearing_opened, may_open_hearing
from .rate import rated
from .register import may_register, received
from .reopen import may_reopen, reopened
from .reply import may_reply, replied
from .report import may_report, reported
from .report_up import may_report_up, reported_up
from .request_rereview import may_request_rereview, rereview_requested
from .request_review import may_request_review, review_requested
from .rereview import may_rereview, rereviewed
from .restore import may_restore, restored
from .review import may_review, reviewed
from .serve import may_serve, served
from .settle import may_settle, settled
from .transfer import may_transfer, transferred
from .withdraw import may_withdraw, withdrawn

Record = Callable[[Case, Event], Refusal | None]

MAY: Final[dict[str, May]] = {
    "accept": may_accept,
    "annotate": may_annotate,
    "assign": may_assign,
    "change_path": may_change_path,
    "close": may_close,
    "close_hearing": may_close_hearing,
    "convert": may_convert,
    "decide_objection": may_decide_objection,
    "decline": may_decline,
    "extend": may_extend,
    "object": may_object,
    "open_hearing": may_open_hearing,
    "reopen": may_reopen,
    "reply": may_reply,
    "report": may_report,
    "report_up": may_report_up,
    "request_rereview": may_request_rereview,
    "request_review": may_request_review,
    "rereview": may_rereview,
    "restore": may_restore,
    "review": may_review,
    "serve": may_serve,
    "settle": may_settle,
    "transfer": may_transfer,
    "withdraw": may_withdraw,
}

EVENT_OF: Final[dict[str, str]] = {
    "accept": "accepted",
    "annotate": "annotated",
    "assign": "assigned",
    "change_path": "path_changed",
    "close": "closed",
    "close_hearing": "hearing_closed",
    "convert": "converted",
    "decide_objection": "objection_decided",
    "decline": "declined",
    "extend": "extended",
    "object": "objected",
    "open_hearing": "hearing_opened",
    "reopen": "reopened",
    "reply": "replied",
    "report": "reported",
    "report_up": "reported_up",
    "request_rereview": "rereview_requested",
    "request_review": "review_requested",
    "rereview": "rereviewed",
    "restore": "restored",
    "review": "reviewed",
    "serve": "served",
    "settle": "settled",
    "transfer": "transferred",
    "withdraw": "withdrawn",
}

VERB_OF: Final[dict[str, str]] = {event: verb for verb, event in EVENT_OF.items()}

RECORD: Final[dict[str, Record]] = {
    "accepted": accepted,
    "annotated": annotated,
    "assigned": assigned,
    "closed": closed,
    "converted": converted,
    "declined": declined,
    "extended": extended,
    "hearing_closed": hearing_closed,
    "hearing_opened": hearing_opened,
    "objected": objected,
    "objection_decided": objection_decided,
    "path_changed": path_changed,
    "rated": rated,
    "received": received,
    "reopened": reopened,
    "replied": replied,
    "reported": reported,
    "reported_up": reported_up,
    "rereview_requested": rereview_requested,
    "rereviewed": rereviewed,
    "restored": restored,
    "review_requested": review_requested,
    "reviewed": reviewed,
    "served": served,
    "settled": settled,
    "supplemented": annotated,
    "transferred": transferred,
    "withdrawn": withdrawn,
}

__all__ = ["EVENT_OF", "MAY", "RECORD", "VERB_OF", "may_register"]
