"""How an article of a regulation is cited, in three languages.

Nothing here knows what an article says; the texts are the office's own
knowledge base. An article is a string (its citation in zh-Hans), so it can
be stored, compared and sent as it is.
"""

from __future__ import annotations

from typing import Final, NamedTuple

LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en")
DIGITS: Final = "零一二三四五六七八九"
UNITS: Final = ((1000, "千"), (100, "百"), (10, "十"))


class Names(NamedTuple):
    """One name in the three languages of the product."""

    hans: str
    hant: str
    en: str

    def text(self, lang: str) -> str:
        """The name in `lang`; zh-Hans where the language is unknown."""
        return {"zh-Hant": self.hant, "en": self.en}.get(lang, self.hans)

    def as_dict(self) -> dict[str, str]:
        """The three names by language, as `xinqiao clocks` prints them."""
        return dict(zip(LANGUAGES, self, strict=True))


class Article(str):
    """A place in a regulation; as a string it reads 信访工作条例 第二十二条."""

    __slots__ = ("instrument", "item", "number")

    instrument: Names
    number: int
    item: int

    def __new__(cls, instrument: Names, number: int = 0, item: int = 0) -> Article:
        """Cite `instrument`, its article `number` (0: the whole) and there the item (0: the whole article)."""
        self = super().__new__(cls, _han(instrument.hans, number, item, "条", "项"))
        self.instrument, self.number, self.item = instrument, number, item
        return self

    def text(self, lang: str) -> str:
        """The citation in `lang`."""
        if lang == "en":
            return _english(self.instrument.en, self.number, self.item)
        if lang == "zh-Hant":
            return _han(self.instrument.hant, self.number, self.item, "條", "項")
        return str(self)


def cite(article: str, lang: str) -> str:
    """The citation in `lang`; a plain string, as a stored record may hold one, stays as it is."""
    return article.text(lang) if isinstance(article, Article) else article


def han_number(number: int) -> str:
    """A number up to 9999 as Chinese writes it: 22 is 二十二, 203 is 二百零三."""
    text, rest, gap = "", number, False
    for unit, sign in UNITS:
        digit, rest = divmod(rest, unit)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
        gap = not digit and bool(text)
    if rest:
        text += ("零" if gap else "") + DIGITS[rest]
    return text.removeprefix("一") if 10 <= number < 20 else text or DIGITS[0]


def _han(instrument: str, number: int, item: int, article_sign: str, item_sign: str) -> str:
    if not number:
        return instrument
    place = f"第{han_number(number)}{article_sign}"
    return f"{instrument} {place}" + (f"第{han_number(item)}{item_sign}" if item else "")


def _english(instrument: str, number: int, item: int) -> str:
    if not number:
        return instrument
    return f"{instrument}, Article {number}" + (f"({item})" if item else "")
