"""Bodies as they come: JSON in UTF-8, each name once, numbers that are numbers. All else has a code."""

import json
from typing import Any

from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _
from ninja.parser import Parser

from xinqiao.api.problems import Problem

MEGABYTE = 1024 * 1024
WITH_FILES = ("/petitions", "/acts/supplement")
LARGEST_WITH_FILES = 32 * MEGABYTE
LARGEST = MEGABYTE
EVERYWHERE = frozenset({"lang"})


def largest_body(path: str) -> int:
    """Bytes of a body at this address: some carry files in base64, all others words."""
    return LARGEST_WITH_FILES if path.endswith(WITH_FILES) else LARGEST


class StrictParser(Parser):
    """Raises Problem where the standard one guesses: a name that comes twice, NaN, another charset, no JSON at all."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a request as plain values."""
        charset = (request.content_params or {}).get("charset", "utf-8")
        if request.content_type != "application/json" or charset.lower() != "utf-8":
            raise Problem(415, "not-json", _("Send the body as application/json in UTF-8."))
        try:
            return json.loads(request.body.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
        except (ValueError, RecursionError, UnreadablePostError):
            raise Problem(400, "not-json", _("The body is not valid JSON.")) from None

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """The parameters of an address, each of which stands once."""
        if twice := [name for name, values in data.lists() if len(values) > 1 and name not in list_fields]:
            raise Problem(422, "name-twice", _("The parameter %(name)s stands twice.") % {"name": twice[0][:40]})
        return super().parse_querydict(data, list_fields, request)


def refuse_unknown(request: HttpRequest, *, known: frozenset[str]) -> None:
    """A filter that is written wrongly would silently let everything through. Raises Problem."""
    if unknown := sorted(request.GET.keys() - known - EVERYWHERE):
        sentence = _("There is no such field; check how it is written.")
        errors = [{"field": name[:40], "detail": sentence} for name in unknown]
        raise Problem(422, "invalid-fields", _("Some fields must be put right."), errors=errors)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(400, "name-twice", _("A name stands twice in the same object of the body."))
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)
