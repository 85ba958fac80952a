"""Starting the loader in processes of its own; nothing of Django is imported before it is set up."""

import time
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context


def load_up_to(wanted: int, *, processes: int = 2) -> None:
    """Load matters until so many were loaded; processes share the work. What a bench before has loaded stays."""
    from django.db import connections

    from bench.loader import loaded, reserve, settle

    began = time.monotonic()
    count = wanted - loaded()
    if count <= 0:
        return
    first = reserve(count)
    cuts = [count * n // processes for n in range(processes + 1)]
    parts = [(first, count, begin, end) for begin, end in pairwise(cuts)]
    connections.close_all()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_load, parts))
    settle()
    print(f"  {count:,} matters loaded in {time.monotonic() - began:.0f} s", flush=True)


def _load(part: tuple[int, int, int, int]) -> None:
    import django

    django.setup()
    from bench.loader import Loader

    first, count, begin, end = part
    Loader(first, count).load(begin, end)
