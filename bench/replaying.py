"""Replay by ``xinqiao doctor`` over as many matters as asked, loaded by COPY; the memory of its processes."""

import argparse
import sys
import time

from bench.figures import Figure
from bench.loading import load_up_to
from bench.memory import run_alone
from bench.office import Bench

MINUTES = 15
PROCESSES = 2


def run(bench: Bench, options: argparse.Namespace) -> list[Figure]:
    """Seconds that the doctor takes, set against 15 minutes a million."""
    load_up_to(options.matters)
    began = time.monotonic()
    command = [sys.executable, "-m", "xinqiao.cli.main", "doctor", "--processes", str(PROCESSES)]
    memory = run_alone(command)
    seconds = time.monotonic() - began
    name = f"xinqiao doctor over {options.matters} matters, {PROCESSES} processes"
    must = MINUTES * 60 * options.matters / 1_000_000 + 10
    return [Figure(name=name, value=seconds, unit="s", must=must, note=f"at most {memory:.0f} MB a process")]
