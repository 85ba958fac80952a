"""``xinqiao export OUT.xlsx``: write the matters that somebody may see as a ledger.

What leaves the house leaves it with somebody: whoever exports is named, and stands in the log beside every matter.
"""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xinqiao.cli import home, progress

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from xinqiao.access.actor import Actor
    from xinqiao.matters.models import Matter


def run(argv: Sequence[str]) -> int:
    """Export; the exit status is 2 for wrong input, and for somebody who may not export."""
    return home.guarded("export", _run, argv)


def _run(argv: Sequence[str]) -> int:
    parser = home.Parser(prog="xinqiao export", description="Write matters as a ledger (.xlsx).")
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")
    parser.add_argument("--as", dest="username", metavar="USERNAME", help="the member of staff who exports")
    parser.add_argument("--organ", metavar="CODE", help="only matters that stand with this organ")
    parser.add_argument("--stage", metavar="STAGE", help="only matters at this stage")
    parser.add_argument("--language", choices=["zh-hans", "zh-hant", "en"], help="of the headings")
    options = parser.parse_args(argv)
    _refuse_place(options.out)
    if options.username is None:
        raise home.WrongInput("name who exports with --as USERNAME: it is put on record with every matter")
    with home.django():
        return _export(options)


def _refuse_place(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise home.WrongInput(f"{out} does not end in .xlsx")
    if out.exists():
        raise home.WrongInput(f"{out} is there already: choose another name, or take it away")
    if not out.absolute().parent.is_dir():
        raise home.WrongInput(f"there is no folder {out.absolute().parent}")


def _export(options: Namespace) -> int:
    """What needs Django is imported where it has been started."""
    from django.utils import translation

    from xinqiao.access.actor import Forbidden
    from xinqiao.cli.as_whom import language_of, staff_named
    from xinqiao.cli.migrate import refuse_if_pending
    from xinqiao.matters.ledgers.exporting import TooMany

    refuse_if_pending()
    language = options.language or language_of(options.username)
    try:
        with translation.override(language):
            done = _write(options, staff_named(options.username), language)
    except Forbidden:
        raise home.WrongInput(f"--as {options.username}: this post may not export") from None
    except TooMany as error:
        raise home.WrongInput(f"{error} in one file: narrow the list with --organ or --stage") from None
    except OSError as error:
        raise home.CommandError(f"{options.out} cannot be written: {error.strerror}") from error
    print(f"{done} matters written to {options.out}")
    return home.DONE


def _write(options: Namespace, actor: "Actor", language: str) -> int:
    """Under another name until it is whole, so that a name that is there stands for a whole file."""
    from xinqiao.matters.ledgers.exporting import export_matters

    draft = options.out.with_name(f".{options.out.name}.part")
    try:
        with progress.shown(options.out.name, total=None) as tell:
            done = export_matters(
                draft, actor=actor, narrowed=lambda rows: _narrowed(rows, options), language=language, progress=tell
            )
        draft.rename(options.out)
    finally:
        draft.unlink(missing_ok=True)
    return done


def _narrowed(rows: "QuerySet[Matter]", options: Namespace) -> "QuerySet[Matter]":
    from xinqiao.matters.models import Stage

    if options.stage:
        if options.stage not in Stage.values:
            raise home.WrongInput(f"--stage {options.stage}: write one of {', '.join(Stage.values)}")
        rows = rows.filter(stage=options.stage)
    if options.organ:
        rows = rows.filter(holder__code=options.organ)
    return rows.order_by("received_on", "id")
