"""What is too long for every day: two hundred examples for each call of the API."""

import argparse
import os
import subprocess
import sys
import time

from bench.figures import Figure
from bench.office import Bench

SOAKS = {
    "200 examples a call, every answer as described": ("tests/api/test_schemathesis.py", {"XINQIAO_FUZZ": "200"}),
}
HOURS = 2


def run(bench: Bench, options: argparse.Namespace) -> list[Figure]:
    """Seconds that each takes; raises RuntimeError with the end of its output where it finds something."""
    return [_soak(name, path, longer) for name, (path, longer) in SOAKS.items()]


def _soak(name: str, path: str, longer: dict[str, str]) -> Figure:
    ours = {"XINQIAO_HOME", "DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {key: value for key, value in os.environ.items() if key not in ours} | longer
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", path]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{path} found something: {done.stdout[-2000:]}")
    return Figure(name=name, value=time.monotonic() - began, unit="s", must=HOURS * 3600)
