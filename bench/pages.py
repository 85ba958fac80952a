"""Pages as people open them, at 10,000, 100,000 and a million matters, as multiples of a plain view of the same server.

One client, one page after the other; p50 of so many answers. How many statements a page takes is counted too.
"""

import argparse
import http.client
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bench.figures import Figure
from bench.loading import load_up_to
from bench.office import Bench

SIZES = (10_000, 100_000, 1_000_000)
WARM, ROUNDS = 10, 60
MY_WORK = "/desk/"


@dataclass(frozen=True)
class PageAsked:
    """What is opened, by whom, and what it must reach: multiples of the plain view, and statements."""

    name: str
    path: str
    who: str
    must: float
    statements: int | None = None


def pages(number: str, other: str) -> list[PageAsked]:
    """The pages of the table; ``number`` is a matter that everybody sees, ``other`` an organ's code."""
    by_stage = "/desk/matters?stage=handling&sort=due&rows=50"
    by_organ = f"{by_stage}&organ={other}"
    return [
        PageAsked("worklist by stage, one organ among many", by_stage, "b07", 70, 12),
        PageAsked("worklist, one organ among many", "/desk/matters?rows=50", "b07", 70, 12),
        PageAsked("worklist, one organ, overdue", "/desk/matters?due=overdue&sort=due&rows=50", "b07", 70, 12),
        PageAsked("worklist by stage and organ, the bureau's head", by_organ, "qinshuo", 100, 12),
        PageAsked("worklist, the bureau's head", "/desk/matters?rows=50", "qinshuo", 100, 12),
        PageAsked("matter page", f"/desk/matters/{number}", "b07", 100, 15),
        PageAsked("GET /matters/{number}", f"/api/v1/matters/{number}", "b07", 100, 15),
        PageAsked("GET /matters, 50", "/api/v1/matters?stage=handling&limit=50", "b07", 70, 12),
        PageAsked("my work, the bureau's clerk", MY_WORK, "hexiaowen", 150),
        PageAsked("my work, one organ among many", MY_WORK, "b08", 150),
        PageAsked("my work, an organ that owes more than is read", MY_WORK, "b07", 150),
        PageAsked("portal: follow a matter", f"/track/{number}", "petitioner", 50),
    ]  # fmt: skip


def run(bench: Bench, options: argparse.Namespace) -> list[Figure]:
    """Every page at every size; a kept office that is larger already is measured as it is."""
    figures, first = [], dict[str, float]()
    from bench.loader import loaded

    for size in [s for s in SIZES if loaded() <= s <= options.matters]:
        load_up_to(size)
        with bench.serve() as server, bench.serve_hello() as hello:
            figures += _at_size(bench, (hello.port, server.port), size, first)
    return figures


def _at_size(bench: Bench, ports: tuple[int, int], size: int, first: dict[str, float]) -> list[Figure]:
    found = []
    number, code = bench.open_matter("B07")
    cookies = Cookies(bench, number, code)
    for page in pages(number, "B07"):
        headers = cookies.of(page)
        plain, seconds = _timed(ports, page.path, headers)
        made = _statements(bench, page, headers)
        ratio = seconds / first.setdefault(page.name, seconds)
        note = f"{made} statements, {ratio:.2f} × the time at {SIZES[0]:,}, plain view {plain * 1000:.2f} ms"
        if page.path == MY_WORK:
            note += f", {bench.duties_of(page.who):,} duties"
        figure = Figure(
            name=f"{page.name}, at {size:,}", value=seconds * 1000, unit="ms", times=plain * 1000, must=page.must,
            note=note, also=page.statements is None or made <= page.statements,
        )  # fmt: skip
        print(f"  {figure.name}: {figure.value:.1f} ms, {figure.ratio:.0f} ×, {note}", flush=True)
        found.append(figure)
    return found


class Cookies:
    """How each person of the table is known to the server."""

    def __init__(self, bench: Bench, number: str, code: str) -> None:
        self.bench, self.number, self.code = bench, number, code
        self.known: dict[str, dict[str, str]] = {}

    def of(self, page: PageAsked) -> dict[str, str]:
        """The headers with which a page is asked for."""
        if page.path.startswith("/api/"):
            return {"Authorization": f"Bearer {self.bench.token_of(page.who)}"}
        if page.who not in self.known:
            self.known[page.who] = {"Cookie": self._cookie(page.who)}
        return self.known[page.who]

    def _cookie(self, who: str) -> str:
        if who == "petitioner":
            return self.bench.petitioners_cookie(self.number, self.code)
        return self.bench.cookie_of(who)


def _timed(ports: tuple[int, int], path: str, headers: Mapping[str, str]) -> tuple[float, float]:
    """Medians in seconds: of the plain view and of a page, asked in turns."""
    asked = [Asked(ports[0], "/", {}), Asked(ports[1], path, headers)]
    for _ in range(WARM + ROUNDS):
        for one in asked:
            one.once()
    plain, page = (statistics.median(one.times[WARM:]) for one in asked)
    return plain, page


class Asked:
    """One address, asked again and again on one connection."""

    def __init__(self, port: int, path: str, headers: Mapping[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.path, self.headers, self.times = path, dict(headers), list[float]()

    def once(self) -> None:
        """Ask, read the whole answer, note how long it took."""
        began = time.perf_counter()
        self.connection.request("GET", self.path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        self.times.append(time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"{self.path} answered {answer.status}")


def _statements(bench: Bench, page: PageAsked, headers: Mapping[str, str]) -> int:
    """How many statements the page takes once it is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers=dict(headers))
    client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path)
    return len(captured)
