"""The commands that pages show are run as they stand, page by page, in an office that the page on founding founds."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import blocks, page, pages_with_checked_blocks
from tests.ledgers.sheets import HEAD, LINE, sheet_file
from tests.setup import offices
from xinqiao.project import embedded_postgres

REAL = {"DJANGO_SETTINGS_MODULE": "xinqiao.project.settings"}


@pytest.fixture(scope="module")
def office() -> Iterator[Path]:
    """A home in which a real office was founded by the command that the how-to for production shows."""
    with offices.throw_away_home() as home, embedded_postgres.start(home, durable=False):
        run(home, home, "xinqiao migrate")
        run(home, home, founding_command())
        yield home


def founding_command() -> str:
    found = re.search(r"^sudo xinqiao-as-owner (found .*)$", page("how-to/install-in-production.md"), re.M)
    assert found
    return f"xinqiao {found[1]}"


def run(home: Path, folder: Path, script: str) -> str:
    """A shell's output; the commands find the program, the office and nothing else of this run."""
    environment = offices.environment(home, **REAL)
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-euc", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("name", pages_with_checked_blocks())
def test_the_commands_of_a_page_do_what_it_says(name: str, office: Path, tmp_path: Path) -> None:
    """What a page supposes to be there is laid beside: a ledger, and the files whose text it shows."""
    sheet_file(tmp_path / "ledger.xlsx", HEAD, LINE, (*LINE[:1], "井盖松动", *LINE[2:]))
    for block in blocks(name):
        if block.language == "json":
            (tmp_path / "record.json").write_text(block.text, encoding="utf-8")
    run(office, tmp_path, "\n".join(block.text for block in blocks(name) if block.is_checked))


def test_a_block_that_fails_is_noticed(office: Path, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="there is an office already"):
        run(office, tmp_path, founding_command())
    assert not os.listdir(tmp_path)
