"""What is wrong with a field, in the caller's language; the checking library itself speaks English only."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OTHERWISE = gettext_lazy("This is not as the description of this interface says.")
SENTENCES: Mapping[str, Promise] = {
    "missing": gettext_lazy("This is required."),
    "extra_forbidden": gettext_lazy("There is no such field; check how it is written."),
    "string_type": gettext_lazy("Write text here."),
    "string_too_long": gettext_lazy("At most %(max_length)d characters."),
    "string_too_short": gettext_lazy("At least %(min_length)d characters."),
    "string_pattern_mismatch": gettext_lazy("This has a form or characters that are not taken here."),
    "string_unicode": gettext_lazy("This is not valid Unicode text."),
    "int_type": gettext_lazy("Write a whole number."),
    "int_parsing": gettext_lazy("Write a whole number."),
    "int_parsing_size": gettext_lazy("This number is too large."),
    "int_from_float": gettext_lazy("Write a whole number."),
    "bool_type": gettext_lazy("Write true or false."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "literal_error": gettext_lazy("Choose one of: %(expected)s."),
    "list_type": gettext_lazy("Write a list."),
    "dict_type": gettext_lazy("Write an object."),
    "model_type": gettext_lazy("Write an object."),
    "model_attributes_type": gettext_lazy("Write an object."),
    "too_long": gettext_lazy("At most %(max_length)d entries."),
    "too_short": gettext_lazy("At least %(min_length)d entries."),
    "day": gettext_lazy("Write a day that exists, as 2026-03-05, from 1990 to 2199."),
}


def sentence(error: Mapping[str, Any]) -> str:
    """One finding of the checking library in words."""
    facts = dict(error.get("ctx") or {})
    if error["type"] == "literal_error":
        facts["expected"] = str(facts["expected"]).replace(" or ", ", ").replace("'", "")
    try:
        return str(SENTENCES.get(error["type"], OTHERWISE)) % facts
    except KeyError:
        return _("This is not as the description of this interface says.")
