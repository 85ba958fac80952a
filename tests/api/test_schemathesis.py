"""Whatever is sent to the running API, the answer is as described: no crash, no undocumented status or shape.

All checks of schemathesis, with its own seed. A longer run than that of every day: ``make bench B=soak``.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.office import Office
from xinqiao.api.acts import PETITIONER_MAY
from xinqiao.api.callers import new_token
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.models import Matter

EXAMPLES = int(os.environ.get("XINQIAO_FUZZ", "3"))
IS_LONG = EXAMPLES > 10
PHASES = "coverage,fuzzing,stateful" if IS_LONG else "coverage,fuzzing"
# Guessing is stopped after ten wrong codes, which the checks would take for a wrong answer: here nobody counts.
COUNT_NOBODY = """
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER nobody_counts BEFORE INSERT ON matters_queryattempt EXECUTE FUNCTION nothing();
"""


@dataclass
class Caller:
    """Who asks, with which headers; which matter he always asks about (any, where empty); what he asks every day."""

    headers: dict[str, str]
    daily: str
    number: str = ""


def nobody(office: Office) -> Caller:
    return Caller({}, "petitions|organs|tokens")


def clerk(office: Office) -> Caller:
    return Caller(bearer(office, "hexiaowen"), ".")


def petitioner(office: Office) -> Caller:
    done = office.register()
    daily = f"track|/({'|'.join(sorted(PETITIONER_MAY))})$"
    return Caller({"X-Query-Code": done.query_code}, daily, done.number)


def head_of_the_handling_organ(office: Office) -> Caller:
    number = office.register().number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    accept(number=number, actor=office.jiangbo, path=6)
    return Caller(bearer(office, "tanyue"), "/acts/", number)


def bearer(office: Office, username: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {new_token(office.people[username], name='fuzz', days=1)}"}


@pytest.mark.slow
@pytest.mark.parametrize("who", [nobody, clerk, petitioner, head_of_the_handling_organ])
def test_every_answer_is_as_described(
    served: str, committed_db: str, committed_office: Office, tmp_path: Path, who: Callable[[Office], Caller]
) -> None:
    count_nobody(committed_db)
    caller = who(committed_office)
    config = tmp_path / "schemathesis.toml"
    config.write_text(f'[parameters]\n"path.number" = "{caller.number}"\n' if caller.number else "")
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(config), "run"]
    command += [f"{served}/api/v1/openapi.json", "--seed", "1", "--max-examples", str(EXAMPLES), "--phases", PHASES]
    command += ["--no-color"]
    command += [] if IS_LONG else ["--include-path-regex", caller.daily]
    command += [part for name, value in caller.headers.items() for part in ("-H", f"{name}: {value}")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not Matter.objects.filter(number="").exists()


def count_nobody(name: str) -> None:
    url = os.environ["DATABASE_OWNER_URL"].rsplit("/", 1)[0]
    with psycopg.connect(f"{url}/{name}", autocommit=True) as connection:
        connection.execute(COUNT_NOBODY)
