"""Who stands above whom, from plain ids: by territory, by line, and through mergers and splits. No database."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where organs stand: directly below whom, and who went on with the duties of one that ended."""

    parents: Mapping[int, AbstractSet[int]]
    heirs: Mapping[int, AbstractSet[int]] = field(default_factory=dict)

    def above(self, organ: int) -> set[int]:
        """The organ itself and all that stand above it; ends also where somebody made a circle."""
        return reached([organ], self.parents)

    def left_by(self) -> dict[int, set[int]]:
        """For each organ those whose duties it took over."""
        left: dict[int, set[int]] = {}
        for ended, heirs in self.heirs.items():
            for heir in heirs:
                left.setdefault(heir, set()).add(ended)
        return left


def closure(places: Places) -> dict[int, set[int]]:
    """For each organ itself and all above it, the successors of those that ended, and whom all of these succeeded."""
    upwards = {organ: set(places.parents.get(organ, ())) | set(places.heirs.get(organ, ())) for organ in places.parents}
    left = places.left_by()
    return {organ: reached(reached([organ], upwards), left) for organ in places.parents}


def reached(start: Iterable[int], ways: Mapping[int, AbstractSet[int]]) -> set[int]:
    """Everything that the ways lead to from the start, the start included."""
    found = set(start)
    open_ends = list(found)
    while open_ends:
        new = set(ways.get(open_ends.pop(), ())) - found
        found |= new
        open_ends += new
    return found
