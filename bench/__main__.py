"""``make bench``: run the benchmarks and print what was measured. ``make bench B="register act"`` chooses.

``--matters N`` sets how many matters the replay reads, and among how many pages are opened (1,000,000);
``--json FILE`` also writes the figures. ``--home DIR`` keeps the office and all that was loaded, to go on
with it another time.
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from bench import acts, ledger, pages, registering, replaying, soak
from bench.figures import Figure, table
from bench.floor import measure_floor
from bench.office import Bench

BENCHES: dict[str, Callable[[Bench, argparse.Namespace], list[Figure]]] = {
    "register": registering.run,
    "act": acts.run,
    "import": ledger.run,
    "pages": pages.run,
    "replay": replaying.run,
    "soak": soak.run,
}
DAILY = [name for name in BENCHES if name != "soak"]


def main(argv: list[str]) -> int:
    """Run the chosen benchmarks, by default all but the soak; exit 1 where one misses what it must reach."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="which (all but soak)")
    parser.add_argument("--matters", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=15, help="how long each rate is measured")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--home", type=Path, help="keep the office there, and go on with it")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    with Bench(options.home) as bench:
        for name in options.names or DAILY:
            print(f"{name} …", flush=True)
            bench.floor = measure_floor(bench.urls, seconds=options.seconds)
            figures += BENCHES[name](bench, options)
    from xinqiao.access.clock import today

    print(f"\n{today():%Y-%m-%d} · {platform.machine()} · Python {platform.python_version()}\n")
    print(table(figures))
    if options.json:
        options.json.write_text(json.dumps([figure.as_dict() for figure in figures], indent=1) + "\n")
    return 0 if all(figure.reached for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
