"""Procedure packs: one edition of the rules each, as dated data.

A pack is read from `packs/*.toml`; an overlay names the edition it lies over
in `extends`. What is absent does not exist in that edition. Reading the
packaged files is the only I/O of this package.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from .articles import Article, Names
from .names import CLOCKS

DATA: Final = Path(__file__).parent / "packs"
DEFAULT_PACK: Final = "CN-2022"


class UnknownPackError(ValueError):
    """No pack of that name is packaged; the message lists the ones that are."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClockRule:
    """How long somebody has in one edition, counted how, by which article.

    `unit` is `calendar`, `working` or `given` (a day that somebody set).
    `own_rule`: the article has the duty, the office chose the number.
    `unverified`: the number was not read in the text and is no law.
    """

    id: str
    unit: str
    article: Article
    days: int = 0
    max_extension: int = 0
    extension_article: Article | None = None
    pauses_for_hearing: bool = False
    own_rule: bool = False
    unverified: bool = False
    note: str = ""
    by_level: Mapping[str, int] = field(default_factory=dict)
    name: Names
    duty_of: str
    is_right: bool
    is_internal: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """One edition: its clocks, its articles by act or subject, its settings.

    `version` names id, day of checking and content; it is stored with what was
    computed by the pack. `unverified` lists the keys that could not be checked.
    """

    id: str
    version: str
    title: Names
    source: str
    checked_on: date
    in_force_from: date
    in_force_until: date | None
    lineage: tuple[str, ...]
    unverified: tuple[str, ...]
    clocks: Mapping[str, ClockRule]
    articles: Mapping[str, Article]
    settings: Mapping[str, Any]

    def article(self, key: str) -> Article:
        """The article of an act (`extend`), a subject (`recusal`) or a clock (`K08`); KeyError if there is none."""
        if key in self.clocks:
            return self.clocks[key].article
        return self.articles[key]

    def has_clock(self, clock: str) -> bool:
        """Whether this edition knows the clock; absence means there is none."""
        return clock in self.clocks

    def is_in_force(self, day: date) -> bool:
        """Whether the edition was the law on `day`, as far as its own dates say."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    def is_clocked_path(self, path: int | None) -> bool:
        """Whether an acceptance on `path` starts K08; an edition that names no path clocks every acceptance."""
        paths = self.settings["clocked_paths"]
        return not paths or path in paths

    def representatives_max(self, persons: int) -> int:
        """How many may speak for a group of `persons` at a visit."""
        rows = self.settings["representatives"]
        return next(int(row["max"]) for row in rows if persons <= row.get("group_up_to", persons))


def pack_ids() -> tuple[str, ...]:
    """The packs there are, in alphabetical order."""
    return tuple(sorted(file.stem for file in DATA.glob("CN-*.toml")))


@cache
def load_pack(pack_id: str) -> Pack:
    """The pack of that name, read once; UnknownPackError if there is none."""
    if pack_id not in pack_ids():
        raise UnknownPackError(f"no pack {pack_id!r}; there are {', '.join(pack_ids())}")
    layers = list(_layers(pack_id))
    digest = hashlib.sha256(b"".join(content for content, _ in layers)).hexdigest()[:12]
    table = _merged([layer for _, layer in reversed(layers)])
    return Pack(
        id=pack_id,
        version=f"{pack_id}@{table['checked_on']}+{digest}",
        title=Names(*table["title"]),
        source=table["source"],
        checked_on=table["checked_on"],
        in_force_from=table["in_force"]["from"],
        in_force_until=table["in_force"].get("until"),
        lineage=tuple(layer["id"] for _, layer in layers),
        unverified=tuple(table.get("unverified", ())),
        clocks=MappingProxyType({key: _rule(key, row) for key, row in table["clocks"].items()}),
        articles=MappingProxyType({key: article(text) for key, text in table["articles"].items()}),
        settings=MappingProxyType(table["settings"]),
    )


def article(text: str) -> Article:
    """Read an article as the packs write it: `R22 34`, `R22 31(6)`, or an instrument alone."""
    instrument, _, place = text.partition(" ")
    number, _, item = place.rstrip(")").partition("(")
    return Article(_instruments()[instrument], int(number or 0), int(item or 0))


@cache
def _instruments() -> dict[str, Names]:
    rows = tomllib.loads((DATA / "instruments.toml").read_text(encoding="utf-8"))
    return {key: Names(*names) for key, names in rows.items()}


def _layers(pack_id: str) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """The pack's own table, then the ones it lies over."""
    next_id: str | None = pack_id
    while next_id:
        content = (DATA / f"{next_id}.toml").read_bytes()
        layer = tomllib.loads(content.decode())
        yield content, layer
        next_id = layer.get("extends")


def _merged(layers: list[dict[str, Any]]) -> dict[str, Any]:
    """Lay the tables over each other, the oldest first; a clock is replaced whole, `without` takes clocks out."""
    table: dict[str, Any] = {"clocks": {}, "articles": {}, "settings": {}}
    for layer in layers:
        for section in ("clocks", "articles", "settings"):
            table[section] |= layer.get(section, {})
        for clock in layer.get("without", ()):
            del table["clocks"][clock]
        table |= {key: value for key, value in layer.items() if key not in ("clocks", "articles", "settings")}
    return table


def _rule(key: str, row: dict[str, Any]) -> ClockRule:
    named = CLOCKS[key]
    cited: dict[str, Any] = {part: article(row[part]) for part in ("article", "extension_article") if part in row}
    return ClockRule(id=key, **named._asdict(), **(row | cited))
