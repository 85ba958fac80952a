"""``xinqiao worker``: carry out queued jobs (notices, periodic work) until SIGTERM or Ctrl-C.

A job that runs is finished first; a job that was cut short is taken up again.
"""

from collections.abc import Sequence

from xinqiao.cli import home
from xinqiao.cli.migrate import refuse_if_pending

GRACE_SECONDS = 20


def run(argv: Sequence[str]) -> int:
    """Work until told to stop."""
    return home.guarded("worker", _run, argv)


def _run(argv: Sequence[str]) -> int:
    parser = home.Parser(prog="xinqiao worker", description="Carry out queued jobs.")
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at once (default 2)")
    options = parser.parse_args(argv)
    if not 1 <= options.concurrency <= 50:
        raise home.WrongInput("--concurrency must be between 1 and 50")
    with home.django():
        refuse_if_pending()
        _work(options.concurrency)
    return home.DONE


def _work(concurrency: int) -> None:
    """procrastinate itself stops on SIGTERM and SIGINT, after the jobs in hand."""
    from django.core.management import call_command
    from django.db import connections

    connections.close_all()  # The check before this looked as the owner; work is done as the application.
    arguments = [f"--concurrency={concurrency}", f"--shutdown-graceful-timeout={GRACE_SECONDS}"]
    call_command("procrastinate", "worker", *arguments)
