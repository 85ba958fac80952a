"""From Django's language codes to those of the law's catalogue."""

from django.utils.translation import get_language

LAW_LANGUAGE = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def law_language(code: str | None = None) -> str:
    """``zh-Hans``, ``zh-Hant`` or ``en`` for the reader, or for a code given."""
    return LAW_LANGUAGE.get((code or get_language() or "zh-hans").lower(), "zh-Hans")
