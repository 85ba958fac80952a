"""Dispatch ``xinqiao COMMAND …`` to ``xinqiao.cli.COMMAND.run``.

Nothing here imports Django: ``clocks`` and ``verify`` answer in a fraction of a second.
"""

import importlib
import sys

from xinqiao import __version__

COMMANDS = {
    "clocks": "print the clocks of a record (no database)",
    "verify": "check a receipt or a record package (no database, no network)",
    "demo": "bring up the demonstration office",
    "serve": "run the web server",
    "worker": "run the job worker",
    "migrate": "bring the database schema up to date",
    "found": "found an office on an empty database",
    "import": "register the rows of a ledger (.xlsx)",
    "export": "write a list of matters as .xlsx",
    "doctor": "replay every record and compare",
    "token": "make or end an API token of a member of staff or a partner",
    "backup": "write the whole office, encrypted, into a folder",
    "restore": "put a backup in the place of an empty office, and check it",
    "keys": "list or rotate the keys that sign and encrypt",
}
MODULES = {"import": "import_"}


def usage() -> str:
    """What ``xinqiao --help`` prints."""
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    return (
        f"xinqiao {__version__}\n\nusage: xinqiao COMMAND [options]\n\n{rows}\n\n'xinqiao COMMAND --help' tells more."
    )


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status is 0, or 2 where the input was wrong."""
    args = sys.argv[1:] if argv is None else argv
    if not args or args[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if args else 2
    if args[0] in {"--version", "version"}:
        print(__version__)
        return 0
    if args[0] not in COMMANDS:
        print(f"xinqiao: unknown command {args[0]!r}; 'xinqiao --help' lists the commands", file=sys.stderr)
        return 2
    module = importlib.import_module(f"xinqiao.cli.{MODULES.get(args[0], args[0])}")
    return int(module.run(args[1:]))


if __name__ == "__main__":
    sys.exit(main())
