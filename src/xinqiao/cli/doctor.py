"""``xinqiao doctor``: replay every record, hold the rows against it, name whatever does not agree."""

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from xinqiao.cli import home

SHOWN = 50


def run(argv: Sequence[str]) -> int:
    """Exit status 0 where all agrees, 1 where something does not."""
    return home.guarded("doctor", _run, argv)


def _run(argv: Sequence[str]) -> int:
    parser = home.Parser(prog="xinqiao doctor", description="Replay every record and compare it with the rows.")
    parser.add_argument("--processes", type=int, default=2, help="how many at once (2)")
    parser.add_argument("--mend", action="store_true", help="write rows that disagree anew from the record")
    parser.add_argument("--papers", action="store_true", help="make the content of every paper anew as well")
    options = parser.parse_args(argv)
    if not 1 <= options.processes <= 64:
        raise home.WrongInput("--processes takes a number from 1 to 64")
    with home.django():
        from xinqiao.cli.migrate import pending

        if waiting := pending():
            raise home.CommandError(f"the schema is {len(waiting)} migrations behind: run 'xinqiao migrate'")
        status = _examine(options.processes, mends=options.mend)
        return max(status, _examine_papers()) if options.papers else status


def _examine(processes: int, *, mends: bool) -> int:
    began = time.monotonic()
    findings = _all_findings(processes)
    for matter, where, detail in findings[:SHOWN]:
        print(f"{matter}: {where}: {detail}", file=sys.stderr)
    if len(findings) > SHOWN:
        print(f"… and {len(findings) - SHOWN} more", file=sys.stderr)
    if mends:
        _mend(sorted({matter for matter, _where, detail in findings if not matter.startswith("stream")}))
    print(f"{_count()} records replayed in {time.monotonic() - began:.1f} s, {len(findings)} disagreements")
    return home.FAILED if findings else home.DONE


def _examine_papers() -> int:
    """Whether each paper that was issued would come out again with the content that was signed."""
    from xinqiao.documents.models import Paper
    from xinqiao.matters.paper_checks import check_papers

    began, wrong = time.monotonic(), 0
    for number, detail in check_papers():
        wrong += 1
        if wrong <= SHOWN:
            print(f"{number}: {detail}", file=sys.stderr)
    count = Paper.objects.exclude(content="").count()
    print(f"{count} papers made anew in {time.monotonic() - began:.1f} s, {wrong} not as issued")
    return home.FAILED if wrong else home.DONE


def _all_findings(processes: int) -> list[tuple[str, str, str]]:
    from xinqiao.record.doctor import id_ranges

    if processes == 1 or _count() < 1000:
        return examine_range(None)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return [finding for part in pool.map(_examine_in_child, id_ranges(processes)) for finding in part]


def _examine_in_child(streams: range) -> list[tuple[str, str, str]]:
    import django

    django.setup()
    return examine_range(streams)


def examine_range(streams: range | None) -> list[tuple[str, str, str]]:
    """What does not agree in a range of streams, as plain values that travel between processes."""
    from xinqiao.matters.replaying import check_matters

    return [(found.matter, found.where, found.detail) for found in check_matters(streams=streams)]


def _mend(numbers: list[str]) -> None:
    from xinqiao.matters.replaying import mend

    for number in numbers:
        mend(number)
    print(f"{len(numbers)} matters written anew from their records")


def _count() -> int:
    from xinqiao.record.models import Stream

    return Stream.objects.count()
