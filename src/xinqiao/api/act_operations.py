"""One operation per legal act, so that the description tells what each act needs."""

import inspect
from typing import Any

from django.http import HttpRequest
from ninja import Status

from xinqiao.api import shown
from xinqiao.api.acts import DOORS, PETITIONER_MAY, Act, perform
from xinqiao.api.callers import caller, caller_or_petitioner
from xinqiao.api.door import AsRead, Repeated, actor_of, api, operation
from xinqiao.api.fields import Number
from xinqiao.api.idempotency import once_around
from xinqiao.api.schemas import ActOut


def add_operation(verb: str, body: type[Act]) -> None:
    """``POST /matters/{number}/acts/<verb>``."""

    def act(
        request: HttpRequest,
        number: Number,
        payload: body,  # type: ignore[valid-type]
        idempotency_key: Repeated = None,
        if_match: AsRead = None,
    ) -> Any:
        if if_match is not None and payload.seen is None:
            payload.seen = shown.seen_of(if_match)
        actor = actor_of(request)
        return Status(*once_around(request, actor, lambda: perform(verb, number, payload, actor)))

    doc = inspect.cleandoc(DOORS[verb].action.__doc__ or "").replace("``", "`")
    says = operation(
        f"act_{verb}",
        caller_or_petitioner if verb in PETITIONER_MAY else caller,
        ActOut,
        tag="acts",
        writes=True,
    )
    summary = verb.replace("_", " ").capitalize()
    api.post(f"/matters/{{number}}/acts/{verb}", summary=summary, description=doc, **says)(act)


for _verb, _door in sorted(DOORS.items()):
    add_operation(_verb, _door.body)
