"""How many questions a page asks the database: as many for a long list as for a short one."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from tests.office import Office
from xinqiao.api.callers import new_token
from xinqiao.desk.duties import count_duties, duties_of
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer

SignedIn = Callable[[str], Client]


@pytest.fixture
def number(office: Office) -> str:
    """A matter that is being handled, one of several in the same place."""
    number = ""
    for _ in range(4):
        number = office.register(claims=("修好北墙", "公开账目")).number
        transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
        accept(number=number, actor=office.jiangbo, path=6)
    serve(number=number, actor=office.jiangbo, document="acceptance")
    return number


def statements(client: Client, path: str) -> list[str]:
    """What a page asks once it is warm."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return [query["sql"][:160] for query in captured]


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("hexiaowen", "/desk/matters", 12),
        ("qinshuo", "/desk/matters?stage=handling&organ=HCZJ&sort=due", 12),
        ("jiangbo", "/desk/matters?stage=handling&due=later", 12),
        ("jiangbo", "/desk/matters/{number}", 15),
        ("hexiaowen", "/desk/", 15),
    ],
)
def test_no_page_asks_more_than(office: Office, number: str, as_: SignedIn, who: str, path: str, most: int) -> None:
    asked = statements(as_(who), path.format(number=number))
    assert len(asked) <= most, "\n".join(asked)


def test_the_petitioner_s_page(office: Office, number: str) -> None:
    done = office.register(claims=("修好北墙", "公开账目"))
    transfer(number=done.number, actor=office.hexiaowen, to="HCZJ", notified=True)
    client = Client()
    client.post("/track", {"number": done.number, "code": done.query_code})
    asked = statements(client, f"/track/{done.number}")
    assert len(asked) <= 12, "\n".join(asked)


def test_one_matter_over_the_api(office: Office, number: str) -> None:
    key = new_token(office.people["jiangbo"], name="test", days=1)
    asked = statements(Client(headers={"Authorization": f"Bearer {key}"}), f"/api/v1/matters/{number}")
    assert len(asked) <= 8, "\n".join(asked)


@pytest.mark.parametrize("ask", [count_duties, duties_of])
def test_a_plan_that_is_kept_finds_open_duties_by_their_indexes(office: Office, ask: Callable[..., Any]) -> None:
    """A plan that is kept knows no values; an index of open rows serves it only if the codes are written out."""
    jiangbo = office.jiangbo
    plan = kept_plan(*asked_by(lambda: ask(jiangbo)))
    assert re.search("using clock_(open|due)", plan)
    assert re.search("using paper_(to_serve|unserved)", plan)


def asked_by(ask: Callable[[], Any]) -> tuple[str, list[Any]]:
    """The one statement that is asked, with its values."""
    found: list[tuple[str, list[Any]]] = []

    def look(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        found.append((statement, list(params)))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(look):
        ask()
    (one,) = found
    return one


def kept_plan(statement: str, params: list[Any]) -> str:
    """The plan that a server keeps for a statement, where reading a whole table costs much, as in a big office."""
    place = count(1)
    numbered = re.sub("%s", lambda _match: f"${next(place)}", statement)
    values = ", ".join(sql.Literal(value).as_string(connection.connection) for value in params)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"PREPARE kept AS {numbered}")
        cursor.execute(f"EXPLAIN EXECUTE kept({values})")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("DEALLOCATE kept")
    return plan
