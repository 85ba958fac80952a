"""Refusals: a stable code, a sentence that says what to do, and the article.

A refusal is a value. The page greys a button with it before the click, the
action and the command line answer with the same one after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .articles import cite
from .refusal_texts import SENTENCES


class _Dashes(dict[str, Any]):
    """Parameters of a sentence; one that was not given reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an act is not lawful.

    `article` is the citation in zh-Hans, empty where no rule of law but the
    form of the input is at fault. `index` is the place of the event in the
    list it came from, None where nothing was recorded yet.
    """

    code: str
    article: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    index: int | None = None

    def sentence(self, lang: str = "zh-Hans") -> str:
        """What is wrong and what to do, in `lang`; the code itself where the catalogue does not know it."""
        names = SENTENCES.get(self.code)
        return names.text(lang).format_map(_Dashes(self.params)) if names else self.code

    def article_text(self, lang: str = "zh-Hans") -> str:
        """The citation in `lang`."""
        return cite(self.article, lang)

    def at(self, index: int) -> Refusal:
        """The same refusal, of the event at `index`."""
        return replace(self, index=index)


class Refused(Exception):
    """An act was refused; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        """Raise with the refusal; the message is its code and sentence."""
        super().__init__(f"{refusal.code}: {refusal.sentence()}")
        self.refusal = refusal
