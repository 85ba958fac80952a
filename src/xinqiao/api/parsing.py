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


def largest_body(path: str) -> int:
    """Bytes of a body at this address: some carry files in base64, all others words."""
    return LARGEST_WITH_FILES if path.endswith(WITH_FILES) else LARGEST


class StrictParser(Parser):
    """Raises Problem where the standard one guesses: a name that comes twice, NaN, another charset, no JSON at all."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a request as plain values."""
        if request.content_type != "application/json" or (request.encoding or "utf-8").lower() != "utf-8":
            raise Problem(415, "not-json", _("Send the body as application/json in UTF-8."))
        try:
            return json.loads(request.body.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
        except (ValueError, RecursionError, UnreadablePostError):
            raise Problem(400, "not-json", _("The body is not valid JSON.")) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(400, "name-twice", _("A name stands twice in the same object of the body."))
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)
