"""The bank of invented texts: letters of citizens with the answer of the office to each, gathered under themes.

Read from ``cases/*.toml`` and ``words.toml``; nothing here knows a day. A text may hold slots, filled when the day of
its act is known (``slots.py``).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an organ found and decided; ``claims`` holds an outcome for each claim that has its own."""

    facts: str
    opinion: str
    outcome: str = "supported"
    basis: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What several letters are about: the organ that is competent, and the law it goes by."""

    key: str
    to: str
    class_code: str = ""
    basis: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One matter: whose words they are, and whatever is settled about its course. ``who``: name，address.

    ``plot`` and ``when`` are empty where the agenda of the county chooses; ``months`` are those in which one writes so.
    """

    key: str
    theme: Theme
    title: str
    text: str
    who: tuple[str, ...] = ()
    by: str = "letter"
    kind: str = "appeal"
    place: str = ""
    claims: tuple[str, ...] = ()
    persons: int | None = None
    speakers: int = 0
    is_organisation: bool = False
    anonymous: bool = False
    confidential: bool = False
    accused: tuple[str, ...] = ()
    accused_people: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    plot: str = ""
    when: str = ""
    to: str = ""
    wrong: str = ""
    front: str = ""
    handler: str = ""
    path: int = 6
    reply: Answer | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def holder(self) -> str:
        """The organ that is competent in the end."""
        return self.to or self.theme.to


@cache
def cases() -> tuple[Case, ...]:
    """Every case of the bank, in the order of the files."""
    return tuple(case for file in sorted((HERE / "cases").glob("*.toml")) for case in _cases_of(file))


@cache
def common_words() -> Mapping[str, tuple[str, ...]]:
    """What offices say everywhere, by the name of the moment: at least one text each."""
    return {name: tuple(texts) for name, texts in tomllib.loads((HERE / "words.toml").read_text("utf-8")).items()}


def _cases_of(file: Path) -> Iterator[Case]:
    for row in tomllib.loads(file.read_text("utf-8"))["theme"]:
        letters = row.pop("letter", [])
        theme = _theme(row)
        for ordinal, letter in enumerate(letters, 1):
            yield _case(letter, theme, f"{theme.key}-{ordinal}")


def _theme(row: dict[str, Any]) -> Theme:
    return Theme(words=_words(row.pop("words", {})), **row)


def _case(row: dict[str, Any], theme: Theme, key: str) -> Case:
    if "reply" in row:
        row["reply"] = _answer(row["reply"])
    row["words"] = _words(row.pop("words", {}))
    return Case(theme=theme, **{"key": key, **{name: _frozen(value) for name, value in row.items()}})


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(**{name: _frozen(value) for name, value in row.items()})


def _words(row: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: (text,) if isinstance(text, str) else tuple(text) for name, text in row.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
