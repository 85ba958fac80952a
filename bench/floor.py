"""The floor: single-row durable INSERTs by 8 clients, through pgbench on the same server."""

import re
import subprocess
import tempfile
from pathlib import Path

import psycopg

from xinqiao.project.pg_binaries import system_bindir, wheel_bindir

CLIENTS = 8


def measure_floor(urls: object, *, seconds: int) -> float:
    """Rows a second, each in a transaction of its own that waits for the disk."""
    owner = urls.owner  # type: ignore[attr-defined]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, body text NOT NULL)")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("INSERT INTO bench_floor (body) VALUES (repeat('x', 200));\n")
        script.flush()
        done = subprocess.run(
            [str(_pgbench()), "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds), "-f", script.name, owner],
            capture_output=True,
            text=True,
            check=True,
        )
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DROP TABLE bench_floor")
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if found is None:
        raise RuntimeError(f"pgbench did not tell its rate: {done.stdout}")
    return float(found[1])


def _pgbench() -> Path:
    bindir = wheel_bindir() or system_bindir()
    if bindir is None or not (bindir / "pgbench").exists():
        raise RuntimeError("pgbench is missing: install the package postgresql")
    return bindir / "pgbench"
