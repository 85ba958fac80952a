"""Refusals as problem details (RFC 9457): a stable code, a sentence, and the article where the law says so."""

import json
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from xinqiao.access.actor import Forbidden
from xinqiao.api.sentences import sentence
from xinqiao.documents.services import FileRefused
from xinqiao.matters.acting import Overtaken
from xinqiao.matters.language import law_language
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.matters.tracking import TooManyAttempts
from xinqiao.procedure import Refused

TYPE = "application/problem+json"
logger = logging.getLogger(__name__)


class Problem(Exception):
    """A refusal of the door itself."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.more = status, code, detail, more


def problem(status: int, code: str, detail: str, *, article: str | None = None, **more: Any) -> HttpResponse:
    """One refusal as an answer."""
    body = {"type": f"urn:xinqiao:problem:{code}", "title": code, "status": status, "detail": detail, "code": code}
    body |= {"article": article} | more
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=TYPE)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def not_there() -> HttpResponse:
    return problem(404, "not-there", _("There is no such matter, or it is not yours to see."))


def install(api: NinjaAPI) -> None:
    """Answer every known refusal of the house as a problem."""

    @api.exception_handler(Problem)
    def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
        return problem(error.status, error.code, error.detail, **error.more)

    @api.exception_handler(Refused)
    def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
        refusal = error.refusal
        return problem(
            409, refusal.code, refusal.sentence(law_language()), article=refusal.article_text(law_language())
        )

    @api.exception_handler(Invalid)
    def _invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
        errors = [{"field": name, "detail": sentence} for name, sentence in error.errors.items()]
        return problem(409, "invalid-fields", _("Some fields must be put right."), errors=errors)

    @api.exception_handler(Overtaken)
    def _overtaken(request: HttpRequest, error: Overtaken) -> HttpResponse:
        events = [{"seq": e.seq, "type": e.type, "on": e.on.isoformat()} for e in error.events]
        detail = _("Somebody acted on this matter meanwhile. Read what happened, then decide again.")
        return problem(409, "changed-meanwhile", detail, meanwhile=events)

    @api.exception_handler(FileRefused)
    def _file(request: HttpRequest, error: FileRefused) -> HttpResponse:
        return problem(409, error.code, error.sentence)

    @api.exception_handler(Forbidden)
    def _forbidden(request: HttpRequest, error: Forbidden) -> HttpResponse:
        detail = _("The post you act in has not this power.")
        return problem(403, "not-permitted", detail, permission=str(error.permission))

    @api.exception_handler(NotThere)
    def _missing(request: HttpRequest, error: NotThere) -> HttpResponse:
        return not_there()

    @api.exception_handler(Http404)
    def _no_page(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "not-there", _("There is nothing at this address."))

    @api.exception_handler(ValidationError)
    def _fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"field": _field(e["loc"]), "detail": sentence(e)} for e in error.errors]
        return problem(422, "invalid-fields", _("Some fields must be put right."), errors=errors)

    @api.exception_handler(AuthenticationError)
    def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, "not-signed-in", _("Sign in, or send a valid token."))

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        if isinstance(cause := error.__cause__, Problem):  # What the parser found; ninja wraps it.
            return problem(cause.status, cause.code, cause.detail)
        return problem(error.status_code, "not-possible", str(error))

    @api.exception_handler(RequestDataTooBig)
    def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return problem(413, "too-large", _("The request is too large; send fewer or smaller files."))

    @api.exception_handler(UnreadablePostError)
    def _cut_off(request: HttpRequest, error: UnreadablePostError) -> HttpResponse:
        return problem(400, "cut-off", _("The body ended too early; send the request again."))

    @api.exception_handler(TooManyAttempts)
    def _too_many(request: HttpRequest, error: TooManyAttempts) -> HttpResponse:
        response = problem(429, "too-many-attempts", _("Too many wrong codes. Try again in 15 minutes."))
        response["Retry-After"] = str(error.minutes * 60)
        return response

    @api.exception_handler(OperationalError)
    @api.exception_handler(InterfaceError)
    def _away(request: HttpRequest, error: Exception) -> HttpResponse:
        """Whether what was asked is done, nobody knows: the same key asks again without doing it twice."""
        logger.error("the database is away: %s", type(error).__name__)
        response = problem(503, "database-away", _("The office cannot answer for a moment; ask again."))
        response["Retry-After"] = "5"
        return response


def _field(loc: tuple[Any, ...]) -> str:
    """``("body", "payload", "petitioners", 0, "name")`` reads ``petitioners.1.name``, as the house counts."""
    parts = [str(p + 1) if isinstance(p, int) else str(p) for p in loc]
    inside = [p for i, p in enumerate(parts) if not (i < 2 and p in {"body", "payload", "query", "header", "path"})]
    return ".".join(inside) or "body"
