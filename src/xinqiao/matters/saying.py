"""What an act may say: codes and numbers as the table of the law lists them, words within their limits.

Every door checks its own fields; this is the lock behind the doors, so that none can say what the record cannot hold.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinqiao.matters.submission import LIMITS, Invalid, check_length
from xinqiao.procedure import Refusal, Refused
from xinqiao.procedure.fields import FIELDS, Wrong

OWN_WORDS = ("text", "ledger")


def refuse_unsayable(type: str, said: Mapping[str, Any]) -> None:
    """Raise Refused (``bad-value``, ``bad-date``) for the first fact that an event of this type cannot hold.

    Facts that the law does not read, and days that are dates already, pass.
    """
    for name, field in FIELDS.get(type, {}).items():
        value = said.get(name)
        if value is None or isinstance(value, date):
            continue
        try:
            field.read(value)
        except Wrong as wrong:
            params = {"field": name, "value": str(value)[:60], "allowed": wrong.allowed}
            raise Refused(Refusal(code=wrong.code, params=params)) from None


def check_texts(texts: Mapping[str, str]) -> None:
    """Raise Invalid for each text that is too long or holds characters no keyboard writes."""
    errors: dict[str, str] = {}
    for name, value in texts.items():
        check_length(name if name in LIMITS else "reason", value, errors, at=name)
    if errors:
        raise Invalid(errors)
