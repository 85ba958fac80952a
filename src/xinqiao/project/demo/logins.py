"""Who may sign in and what may be followed, as printed by ``make demo``."""

from collections.abc import Iterator, Sequence

from xinqiao.matters.codes import grouped
from xinqiao.project.demo import note
from xinqiao.project.demo.cast import Employee, county, short_name, staff
from xinqiao.project.demo_office import PASSWORD

MAIN = ("hexiaowen", "qinshuo", "jiangbo", "tanyue", "luowentao", "guoting", "xuanni", "admin")
"""The eight people whom the tutorial follows."""
WHAT = {"wall-1": "锦和苑3号楼外墙渗水", "rent-1": "柳湾村土地流转租金", "bus-1": "建议公交7路延长到双柏村"}


def logins() -> Sequence[str]:
    """The password, the main eight, the rest by organ, and what a citizen may follow."""
    people = {one.username: one for one in staff()}
    main = [f"{name:<11} {_post(people[name])}" for name in MAIN]
    return [f"staff: /sign-in   password for all: {PASSWORD}", "", *main, "", *_rest(), "", *_followed()]


def _post(one: Employee) -> str:
    return f"{short_name(one.organ)} · {one.title} ({one.role})"


def _rest() -> Iterator[str]:
    """A line for each organ that lives: account names with their roles."""
    heirs = {row["organ"]: row["into"] for row in county()["changes"] if "into" in row}
    organs: dict[str, list[Employee]] = {}
    for one in staff():
        if one.username not in MAIN:
            organs.setdefault(heirs.get(one.organ, one.organ), []).append(one)
    for organ, people in organs.items():
        yield f"{short_name(organ)}: " + ", ".join(f"{one.username} ({one.role})" for one in people)


def _followed() -> Iterator[str]:
    kept = note.read()
    if kept and kept.codes:
        yield "citizens: /track   number and query code"
        for key, (number, code) in sorted(kept.codes.items()):
            yield f"{number}  {grouped(code)}  {WHAT.get(key, key)}"
