"""``xinqiao import LEDGER.xlsx``: register the lines of a ledger.

A line that cannot be registered is named with its column and the reason, and stands in a copy beside the file; no
other line is lost by it. The same file again doubles nothing.
"""

import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xinqiao.cli import home, progress
from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.ledgers.workbook import Sheet, open_workbook

if TYPE_CHECKING:
    from xinqiao.matters.ledgers.importing import Ledger, Outcome
    from xinqiao.matters.ledgers.refused_lines import RefusedLines

LISTED = 20


def run(argv: Sequence[str]) -> int:
    """Import; the exit status is 0 where every line went in, 1 where some were refused, 2 for wrong input."""
    return home.guarded("import", _run, argv)


def _run(argv: Sequence[str]) -> int:
    options = _options(argv)
    try:
        with open_workbook(options.ledger) as sheets, home.django():
            return _import(sheets, options)
    except NotALedger as error:
        raise home.WrongInput(str(error)) from error


def _options(argv: Sequence[str]) -> Namespace:
    parser = home.Parser(prog="xinqiao import", description="Register the lines of a ledger (.xlsx).")
    parser.add_argument("ledger", type=Path, metavar="LEDGER.xlsx")
    parser.add_argument("--organ", metavar="CODE", help="the organ that received them (default: the one of --as)")
    parser.add_argument("--as", dest="username", metavar="USERNAME", help="the member of staff who registers")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet (default: the first one with headings)")
    parser.add_argument("--channel", metavar="CODE", default="", help="how they came in, where no column says it")
    parser.add_argument("--language", choices=["zh-hans", "zh-hant", "en"], help="in which reasons are given")
    parser.add_argument("--dry-run", action="store_true", help="check every line and write nothing")
    return parser.parse_args(argv)


def _import(sheets: list[Sheet], options: Namespace) -> int:
    """What needs Django is imported where it has been started."""
    from django.utils import translation

    from xinqiao.cli.as_whom import language_of
    from xinqiao.cli.migrate import refuse_if_pending

    refuse_if_pending()
    with translation.override(options.language or language_of(options.username)):
        ledger = _ledger(sheets, options)
        _say_what_is_left_out(ledger)
        return _carry_out(ledger, options)


def _ledger(sheets: list[Sheet], options: Namespace) -> "Ledger":
    """Raises WrongInput for whoever may not register, and NotALedger."""
    from xinqiao.access.actor import Forbidden, importing_actor
    from xinqiao.cli.as_whom import actor_for
    from xinqiao.matters.ledgers.importing import choose_sheet, ledger_of
    from xinqiao.matters.submission import Invalid

    actor = actor_for(options.username, options.organ, otherwise=importing_actor)
    sheet, headings = choose_sheet(sheets, wanted=options.sheet, has_channel=bool(_channel(options)))
    try:
        return ledger_of(
            options.ledger,
            sheet,
            headings,
            actor=actor,
            organ_code=options.organ or actor.organ_code,
            channel=options.channel,
        )
    except Forbidden:
        raise home.WrongInput(f"--as {options.username}: this post may not register") from None
    except Invalid as invalid:
        raise home.WrongInput("; ".join(invalid.errors.values())) from None


def _channel(options: Namespace) -> str:
    from xinqiao.matters.models import Channel

    if options.channel and options.channel not in Channel.values:
        raise home.WrongInput(f"--channel {options.channel}: write one of {', '.join(Channel.values)}")
    return str(options.channel)


def _say_what_is_left_out(ledger: "Ledger") -> None:
    if ignored := ledger.headings.ignored:
        print(f"columns left out: {', '.join(ignored)}", file=sys.stderr)


def _carry_out(ledger: "Ledger", options: Namespace) -> int:
    from xinqiao.matters.ledgers.importing import AlreadyRunning, import_ledger, try_out
    from xinqiao.matters.ledgers.refused_lines import RefusedLines

    carry_out = try_out if options.dry_run else import_ledger
    total = ledger.sheet.lines and max(0, ledger.sheet.lines - ledger.headings.line)
    begun = time.monotonic()
    with RefusedLines(ledger.headings, beside=ledger.path) as refused:
        try:
            with progress.shown(ledger.path.name, total=total) as tell:
                outcome = carry_out(ledger, told=refused.add, progress=lambda so_far: tell(so_far.rows))
        except AlreadyRunning:
            raise home.CommandError(f"{ledger.path.name} is being imported at this moment: wait for it") from None
        except KeyboardInterrupt:
            print("interrupted: what was registered stays, the same command goes on from there", file=sys.stderr)
            raise
        copy = refused.keep()
    _tell(outcome, refused, copy, time.monotonic() - begun, options)
    return home.FAILED if outcome.refused else home.DONE


def _tell(outcome: "Outcome", refused: "RefusedLines", copy: Path | None, seconds: float, options: Namespace) -> None:
    for wrong in refused.first(LISTED):
        print(f"line {wrong}", file=sys.stderr)
    if (more := refused.count - LISTED) > 0:
        print(f"… and {more} more", file=sys.stderr)
    if copy:
        print(f"the refused lines with their reasons: {copy}", file=sys.stderr)
    done = "would be registered" if options.dry_run else "registered"
    print(
        f"{outcome.rows} lines: {outcome.registered} {done}, {outcome.refused} refused, "
        f"{outcome.known} known already ({seconds:.1f} s, {outcome.rows / max(seconds, 0.001):.0f} lines/s)"
    )
