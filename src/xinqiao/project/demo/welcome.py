"""Who may sign in and what may be followed, as printed by ``make demo``."""

from collections.abc import Iterable, Iterator, Sequence

from xinqiao.matters.codes import grouped
from xinqiao.project.demo import note
from xinqiao.project.demo.cast import Employee, county, short_name, staff
from xinqiao.project.demo_office import PASSWORD

MAIN = ("hexiaowen", "qinshuo", "jiangbo", "tanyue", "luowentao", "guoting", "xuanni", "admin")
"""The eight people whom the tutorial follows."""
USUAL = ("clerk", "handler", "organ_head")
COLUMNS = 96
WHAT = {"wall-1": "锦和苑3号楼外墙渗水", "rent-1": "柳湾村土地流转租金", "bus-1": "建议公交7路延长到双柏村"}


def logins() -> Sequence[str]:
    """The password, the main eight, the rest by organ, and what a citizen may follow."""
    people = {one.username: one for one in staff()}
    main = [f"{name:<11} {_post(people[name])}" for name in MAIN]
    rest = ["the rest by organ; where no role is named: clerk, handler, head", *_packed(_rest())]
    return [f"staff: /sign-in   password for all: {PASSWORD}", "", *main, "", *rest, "", *_followed()]


def _post(one: Employee) -> str:
    return f"{short_name(one.organ)} · {one.title} ({one.role})"


def _rest() -> Iterator[str]:
    """Each organ that lives, with the account names of its people."""
    heirs = {row["organ"]: row["into"] for row in county()["changes"] if "into" in row}
    organs: dict[str, list[Employee]] = {}
    for one in staff():
        if one.username not in MAIN:
            organs.setdefault(heirs.get(one.organ, one.organ), []).append(one)
    for organ, people in organs.items():
        yield " ".join([short_name(organ), *map(_account, sorted(people, key=_place_of))])


def _place_of(one: Employee) -> int:
    return USUAL.index(one.role) if one.role in USUAL else -1


def _account(one: Employee) -> str:
    return one.username if one.role in USUAL else f"{one.username} ({one.role})"


def _packed(pieces: Iterable[str]) -> Iterator[str]:
    """Several to a line, as many as a terminal shows; a Chinese character takes two places."""
    line = ""
    for piece in pieces:
        if line and _width(line) + _width(piece) > COLUMNS:
            yield line
            line = ""
        line = f"{line} · {piece}" if line else piece
    yield line


def _width(words: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in words)


def _followed() -> Iterator[str]:
    kept = note.read()
    if kept and kept.codes:
        yield "citizens: /track   number and query code"
        for key, (number, code) in sorted(kept.codes.items()):
            yield f"{number}  {grouped(code)}  {WHAT.get(key, key)}"
