"""Who may receive, decide and review: competence by territory and by line, from plain facts.

Nothing here knows an organ's row. An organ is its place: the path of
territories from the top (属地) and, where it belongs to one, the path of its
line of business (条线, 本系统). Rules: articles 22, 23, 24, 35 and 36 of 2022.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where an organ stands.

    `territory`: codes from the top down to its own, e.g. ("33", "3301").
    `line`: codes of its superiors in its own system and itself; empty for a
    bureau or a government, which lead a territory and no line.
    """

    organ: str
    territory: tuple[str, ...]
    line: tuple[str, ...] = ()
    is_bureau: bool = False


def is_within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """Whether a path lies in another one or is the same."""
    return inner[: len(outer)] == outer


def is_below_in_line(organ: Place, superior: Place) -> bool:
    """Whether `organ` stands under `superior` in one system."""
    return bool(superior.line) and len(organ.line) > len(superior.line) and is_within(organ.line, superior.line)


def is_in_sphere(sender: Place, receiver: Place) -> bool:
    """Whether `sender` may transfer or assign to `receiver`.

    A bureau sends to the organs of its own level and to whatever lies lower in
    its territory; another organ only downwards in its own system.
    """
    if sender.organ == receiver.organ:
        return False
    if sender.is_bureau:
        return is_within(receiver.territory, sender.territory)
    return is_below_in_line(receiver, sender)


def is_superior_of(superior: Place, organ: Place) -> bool:
    """Whether `superior` is one level above and so reviews what `organ` decided.

    A department's superiors are the department above it in its line and the
    government of its own territory; a government's is the one a territory up.
    """
    if superior.organ == organ.organ or superior.is_bureau:
        return False
    if superior.line:
        return is_below_in_line(organ, superior) and len(organ.line) == len(superior.line) + 1
    levels = len(organ.territory) - len(superior.territory)
    return is_within(organ.territory, superior.territory) and levels == (0 if organ.line else 1)


def common_superior_line(organs: Collection[Place]) -> tuple[str, ...]:
    """The lowest place in one system above all of them, empty where there is none: then the joint meeting decides."""
    return _common([organ.line[:-1] for organ in organs])


def common_territory(organs: Collection[Place]) -> tuple[str, ...]:
    """The lowest territory that holds all of them, whose joint meeting coordinates."""
    return _common([organ.territory for organ in organs])


def is_barred(receiver: Place, *, accused: Place | None, headed_by_accused: Collection[str] = ()) -> bool:
    """Whether an accusation must not reach `receiver`: the accused organ, one under it, or one the accused heads."""
    if receiver.organ in headed_by_accused:
        return True
    if accused is None:
        return False
    return receiver.organ == accused.organ or is_below_in_line(receiver, accused) or _is_led(receiver, accused)


def _is_led(receiver: Place, accused: Place) -> bool:
    """An organ without a line leads a territory: everything in it stands under it."""
    return not accused.line and is_within(receiver.territory, accused.territory)


def _common(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    shared: list[str] = []
    for codes in zip(*paths, strict=False):
        if len(set(codes)) > 1:
            break
        shared.append(codes[0])
    return tuple(shared)
