"""Every check of the project, the tests last, so that their summary is the last line.

Usage: .venv/bin/python tools/check.py [pytest options]

All checks run even where an early one fails; the exit status is 1 where any did. With options, only the tests run.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


def main(options: list[str]) -> int:
    """0 where all is well."""
    failed = [] if options else [name for name, command in lint_steps().items() if not succeeds(name, command)]
    if not options and not tests_on_packaged():
        failed.append("tests on the packaged PostgreSQL")
    if failed:
        print(f"xinqiao: failed before the tests: {', '.join(failed)}", file=sys.stderr, flush=True)
    return int(not succeeds("tests", pytest(options)) or bool(failed))


def lint_steps() -> dict[str, list[str]]:
    """The checks that start no database, by the name under which they are reported."""
    return {
        "ruff": [str(BIN / "ruff"), "check", "--quiet", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "import-linter": [str(BIN / "lint-imports"), "--no-cache"],
        "mypy": [str(BIN / "mypy")],
    }


def tests_on_packaged() -> bool:
    """The tests that ask a database once more, on the machine's packaged PostgreSQL; none there is no failure.

    Without those in a browser and the slow ones, which would take the run beyond what an integration server waits.
    """
    sys.path.insert(0, str(ROOT / "src"))
    from xinqiao.project.pg_binaries import system_bindir

    if os.environ.get("DATABASE_URL") or system_bindir() is None:
        print("xinqiao: no packaged PostgreSQL here: the tests run on one server only", flush=True)
        return True
    environment = os.environ | {"XINQIAO_TEST_POSTGRES": "system"}
    options = pytest(["-m", "database and not browser and not slow"])
    return succeeds("database tests on the packaged PostgreSQL", options, environment)


def pytest(options: list[str]) -> list[str]:
    """The command that runs the tests, several files at once where the machine has several cores."""
    at_once = str(min(4, os.cpu_count() or 1))
    by_file = ["-n", at_once, "--dist", "loadfile", "--no-loadscope-reorder"]
    return [str(BIN / "python"), "-m", "pytest", *by_file, *options]


def succeeds(name: str, command: list[str], environment: "dict[str, str] | None" = None) -> bool:
    """Whether a check passes; what it prints is shown."""
    print(f"xinqiao: {name}", flush=True)
    # A type checker reads the settings, which ask where the office and its database are; it needs neither.
    extra = {"DATABASE_URL": NOWHERE, "XINQIAO_HOME": str(ROOT / ".mypy_cache" / "home")} if name == "mypy" else {}
    return subprocess.run(command, cwd=ROOT, env=(environment or dict(os.environ)) | extra, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
