"""How people go on after they have said what it is about: what they tried, what it is like, how to reach them.

Each sentence comes round again only when all others of its kind have been used; no two letters end alike.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random

from xinqiao.project.demo.bank import Case, cases

SHORT, LONG = 110, 160
"""Characters: a shorter letter goes on for two sentences, one up to the longer for one, a long one has said it all."""
SPOKEN = {"telephone": ("called", "called"), "visit": ("came",)}
NUMBERS = ("两", "三", "四", "五")


def continuation(case: Case) -> str:
    """What a case says besides its own words; empty where it needs nothing more."""
    return _continuations()[case.key]


@cache
def _continuations() -> Mapping[str, str]:
    rounds = {kind: _round(kind, texts) for kind, texts in _pools().items()}
    return {case.key: _say(case, rounds) for case in cases()}


def _say(case: Case, rounds: Mapping[str, Iterator[str]]) -> str:
    rng = Random(f"声音:{case.key}")
    said = [next(rounds[kind]) for kind in kinds_of(case, rng)]
    return "".join(said).replace("{n}", rng.choice(NUMBERS))


def kinds_of(case: Case, rng: Random) -> tuple[str, ...]:
    """Which kinds of sentences follow: by the way the letter came, by who wrote it, by how much it says already."""
    if len(case.text) > LONG or case.kind == "accusation" or case.is_organisation or case.key.startswith("wall-1"):
        return ()
    kinds = SPOKEN.get(case.by) or _written(case, rng)
    return kinds if len(case.text) <= SHORT else kinds[:1]


def _written(case: Case, rng: Random) -> tuple[str, ...]:
    if case.kind == "proposal":
        return ("idea",)
    if (case.persons or 1) > 1 or len(case.who) > 1:
        return ("we", "we")
    first = rng.choice(("tried", "tried", "life"))
    return (first, "ask")


def _round(kind: str, texts: tuple[str, ...]) -> Iterator[str]:
    shuffled = list(texts)
    Random(kind).shuffle(shuffled)
    return cycle(shuffled)


@cache
def _pools() -> dict[str, tuple[str, ...]]:
    said = tomllib.loads((Path(__file__).parent / "voices.toml").read_text("utf-8"))
    return {kind: tuple(texts) for kind, texts in said.items()}
