"""One measured figure, with what it must reach."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A rate per second against the floor's rate (``ratio`` 1/N), a time as so many ``times`` of another, or seconds
    against a ceiling. ``also``: whether what else is asked of it holds.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    times: float | None = None
    must: float
    aim: float | None = None
    note: str = ""
    also: bool = True

    @property
    def ratio(self) -> float:
        """How many times slower than the floor, or than the plain view, or the seconds themselves."""
        if self.times:
            return self.value / self.times
        return self.floor / self.value if self.floor else self.value

    @property
    def reached(self) -> bool:
        return self.ratio <= self.must and self.also

    def as_dict(self) -> dict[str, object]:
        return asdict(self) | {"ratio": round(self.ratio, 1), "reached": self.reached}


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    head = "| what | measured | floor | ratio | must | aim | |\n|---|---|---|---|---|---|---|"
    return "\n".join([head, *(_row(figure) for figure in figures)])


def _row(f: Figure) -> str:
    def limit(value: float | None) -> str:
        if value is None:
            return ""
        return f"1/{value:.0f}" if f.floor else f"{value:.0f} ×" if f.times else f"{value:.0f} {f.unit}"

    ratio = f"1/{f.ratio:.1f}" if f.floor else f"{f.ratio:.0f} ×" if f.times else ""
    floor = f"{f.floor:.0f}/s" if f.floor else f"{f.times:.2f} ms" if f.times else ""
    mark = "reached" if f.reached else "missed"
    note = f"{mark}; {f.note}" if f.note else mark
    return f"| {f.name} | {f.value:.1f} {f.unit} | {floor} | {ratio} | {limit(f.must)} | {limit(f.aim)} | {note} |"
