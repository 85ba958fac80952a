"""Import of a ledger of real messages, row by row through the registering action."""

import argparse
import sys
import time
from pathlib import Path

from bench.figures import Figure
from bench.memory import run_alone
from bench.office import Bench

MESSAGES = Path("../shared/data/messages.xlsx")


def run(bench: Bench, options: argparse.Namespace) -> list[Figure]:
    """Rows a second of ``xinqiao import messages.xlsx``, start-up included, and the memory it took."""
    if not MESSAGES.exists():
        print(f"{MESSAGES} is not here: the import is not measured")
        return []
    began = time.monotonic()
    command = [sys.executable, "-m", "xinqiao.cli.main", "import", str(MESSAGES), "--organ", "HCXF"]
    memory = run_alone(command)
    seconds = time.monotonic() - began
    rows = _registered()
    note = f"{rows} rows in {seconds:.1f} s, at most {memory:.0f} MB a process"
    return [Figure(name="xinqiao import, rows", value=rows / seconds, unit="/s", floor=bench.floor, must=20, note=note)]


def _registered() -> int:
    from xinqiao.matters.models import LedgerRun

    run = LedgerRun.objects.latest("id")
    return int(run.registered)
