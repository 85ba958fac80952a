"""What machines ask: does it live, is it ready, how much is there, and with which keys it signs."""

from typing import Any

import pytest
from django.db import connections
from django.test import Client

from tests.office import PERSON, Office
from xinqiao.record.commitments import from_base64url
from xinqiao.record.receipts import DoesNotHold, parse_submission, verify_receipt


def test_a_living_process_says_so_without_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_ready_when_the_schema_is_its_own(office: Office) -> None:
    assert Client().get("/readyz").content == b"ok\n"


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_without_a_database_it_is_not_ready(path: str, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with django_db_blocker.unblock():
        connection = connections["default"]
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "PORT", "1")
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        answer = Client().get(path)
        connection.close()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.content == b"the database is away\n"


def test_it_is_not_ready_while_migrations_wait(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_arguments: ["one that waits"])
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert b"xinqiao migrate" in answer.content


def test_figures_are_counted_and_name_nobody(office: Office) -> None:
    number = office.register().number
    answer = Client().get("/metrics")
    assert answer["Content-Type"] == "text/plain; version=0.0.4"
    lines = answer.content.decode().splitlines()
    assert "xinqiao_matters 1" in lines
    for name in ("xinqiao_matters", "xinqiao_record_events", "xinqiao_notices_waiting"):
        assert [line.split()[1] for line in lines if line.startswith(("# HELP", "# TYPE")) and name in line]
    assert not [secret for secret in (number, PERSON.name, PERSON.telephone) if secret in answer.content.decode()]


def test_a_receipt_verifies_with_the_published_keys_alone(office: Office) -> None:
    done = office.register()
    published = Client().get("/.well-known/xinqiao-keys.json").json()
    keys = [from_base64url(key["key"], size=32) for key in published["keys"]]
    verify_receipt(dict(done.receipt), submission=parse_submission(done.submission), trusted=keys)
    with pytest.raises(DoesNotHold):
        verify_receipt(dict(done.receipt), trusted=[bytes(32)])
