"""The door itself: how answers are written, who may call an operation, and which refusals it can answer."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header
from ninja.renderers import JSONRenderer

from xinqiao.api.callers import caller, caller_or_citizen, caller_or_petitioner, petitioner
from xinqiao.api.description import BY_CODE, BY_STAFF, DescribedAPI
from xinqiao.api.parsing import StrictParser
from xinqiao.api.problems import install
from xinqiao.api.schemas import ProblemOut

READING = (400, 401, 403, 404, 422, 503)
WRITING = (*READING, 409, 411, 413, 415)
SECURITY: dict[Callable[..., Any], list[dict[str, list[str]]]] = {
    caller: BY_STAFF,
    caller_or_citizen: [{}, *BY_STAFF],
    caller_or_petitioner: [*BY_STAFF, *BY_CODE],
    petitioner: BY_CODE,
}
Repeated = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,100}$",
        description="Made up by the caller. The same request under the same key is done once and answered alike.",
    ),
]
AsRead = Annotated[
    str | None,
    Header(
        alias="If-Match", max_length=200, description="The ETag under which the matter was read; as `seen` in the body."
    ),
]


class Renderer(JSONRenderer):
    """Chinese stays readable."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}


api = DescribedAPI(
    renderer=Renderer(),
    parser=StrictParser(),
    title="Xinqiao",
    version="1",
    urls_namespace="api-1",
    docs_url=None,
    openapi_url="openapi.json",
)
install(api)


def operation(
    name: str,
    who: Callable[..., Any] | None,
    answer: Any,
    *,
    tag: str,
    status: int = 200,
    writes: bool = False,
    also: tuple[int, ...] = (),
) -> dict[str, Any]:
    """What every operation says of itself: its stable name, who may call it, what it answers, how it refuses."""
    security = SECURITY[who] if who else []
    refusals = (*(WRITING if writes else READING), *also)
    if BY_CODE[0] in security or name == "makeToken":
        refusals = (*refusals, 429)
    answers = {status: answer} | ({} if writes else {304: None}) | dict.fromkeys(refusals, ProblemOut)
    return {
        "operation_id": name,
        "auth": who,
        "response": answers,
        "exclude_unset": True,
        "tags": [tag],
        "openapi_extra": {"security": security},
    }


def actor_of(request: HttpRequest) -> Any:
    """Whom the operation's key stands for."""
    return request.auth  # type: ignore[attr-defined]
