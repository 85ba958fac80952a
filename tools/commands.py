"""Write ``docs/reference/commands.md`` anew from what each command says with ``--help``.

``.venv/bin/python -m tools.commands``; it needs no database.
"""

import contextlib
import importlib
import io
import os
import sys
from pathlib import Path
from unittest import mock

from xinqiao.cli.main import COMMANDS, MODULES

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"
HEAD = """# Commands

One console script, `xinqiao`, and a Makefile of short habits over it. This page is made from what the commands
themselves say (`.venv/bin/python -m tools.commands`); a test holds it to them.

Errors go to standard error in one line that says what to do. The exit status is 0 where it was done, 1 where the
machine, the database or what was checked does not agree, 2 for wrong input (then nothing was done), 130 after Ctrl-C.

Which office a command works on is said by the environment: see [Settings](settings.md).

| make | does |
|---|---|
| `make demo` | from nothing: installs, starts PostgreSQL, loads the demonstration county, serves it on port 8000 |
| `make test` | from nothing: installs, runs every check and test; `make test T="tests/matters -k extend"` runs a part |
| `make bench` | measures, as ratios to a floor of the same run; `make bench B="register act"` runs a part |
| `make docs` | builds these pages into `docs/_build/html` |
| `make clean` | removes what was installed in the checkout; the office in `./var` stays |
"""


def described() -> str:
    """The page as the program gives it."""
    return HEAD + "".join(f"\n## xinqiao {name}\n\n```text\n{help_of(name)}\n```\n" for name in COMMANDS)


def help_of(name: str) -> str:
    """What a command prints with ``--help``, eighty characters wide."""
    module = importlib.import_module(f"xinqiao.cli.{MODULES.get(name, name)}")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit), mock.patch.dict(os.environ, COLUMNS="80"):
        module.run(["--help"])
    return "\n".join(line.rstrip() for line in said.getvalue().strip().splitlines())


def main() -> int:
    FILE.write_text(described(), encoding="utf-8")
    print(f"wrote {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
