"""``xinqiao demo``: an invented county with two years of matters, on this machine, from nothing.

A second start finds the county and keeps what was entered; ``--reset`` starts over; ``--small`` takes a part.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence

from xinqiao.cli import home
from xinqiao.cli.migrate import bring_up_to_date
from xinqiao.cli.processes import Child, Office, stop_on_signals
from xinqiao.cli.serve import add_options, address, keep, refuse_taken_port, web_server
from xinqiao.project import embedded_postgres

# What a reset deletes: the database, the attachments in it, the keys that only they need, and the note of the loading.
BELONGINGS = ("files", "keys", "static")
NOTE = "demo.json"


def run(argv: Sequence[str]) -> int:
    """Bring up the demonstration office and serve it until SIGTERM or Ctrl-C."""
    return home.guarded("demo", _run, argv)


def _run(argv: Sequence[str]) -> int:
    parser = home.Parser(prog="xinqiao demo", description="Bring up the demonstration county.")
    parser.add_argument("--reset", action="store_true", help="delete the office and everything in it first")
    parser.add_argument("--small", action="store_true", help="load some thirty matters instead of about 400")
    parser.add_argument("--yes", action="store_true", help="do not ask before deleting")
    options = add_options(parser, argv)
    refuse_taken_port(options.host, options.port)
    if options.reset:
        reset(asks=not options.yes)
    stop_on_signals()
    say = _teller()
    say("starting the database")
    with home.django() as cluster:
        logins = _load(say, small=options.small)
        worker = Child(name="the job worker", command=[sys.executable, "-m", "xinqiao.cli.main", "worker"])
        office = Office(cluster=cluster, children=[web_server(options), worker])
        say("starting the web server and the job worker")
        keep(office, when_ready=lambda: welcome(address(options), logins), options=options)
    return home.DONE


def reset(*, asks: bool) -> None:
    """Delete the embedded office, after a question. Raises WrongInput where it must not be deleted."""
    place = home.office_home()
    if os.environ.get("DATABASE_URL"):
        raise home.WrongInput("--reset deletes only the embedded database: unset DATABASE_URL, or empty yours by hand")
    if embedded_postgres.is_used(place):
        raise home.WrongInput(f"the office in {place} is running: stop it first")
    if asks and not _confirmed(f"Delete the office in {place} and everything in it? Type yes: "):
        raise home.WrongInput("nothing was deleted; --reset --yes deletes without asking")
    embedded_postgres.destroy(place)
    for name in BELONGINGS:
        shutil.rmtree(place / name, ignore_errors=True)
    (place / NOTE).unlink(missing_ok=True)


def welcome(where: str, logins: Sequence[object]) -> None:
    """Print where the office is and who may sign in."""
    print(f"\n  {where}\n", flush=True)
    for login in logins:
        print(f"  {login}")
    print("\n  Ctrl-C ends it; what was entered stays.", flush=True)


def _load(say: Callable[[str], None], *, small: bool) -> Sequence[object]:
    say("bringing the schema up to date")
    bring_up_to_date()
    from xinqiao.project import demo

    say("loading the demonstration county")
    demo.load(progress=say, small=small)
    return demo.logins()


def _teller() -> Callable[[str], None]:
    """Progress, a line each, with the seconds since the start."""
    begun = time.monotonic()
    return lambda text: print(f"[{time.monotonic() - begun:5.1f} s] {text}", flush=True)


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        return False
    return input(question).strip().lower() in {"yes", "y", "是"}
