"""A worker keeps its connection: it asks whether the server is there now and then, and sees at once that it left."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xinqiao.project.postgres import base

pytestmark = pytest.mark.django_db(transaction=True)


def health_checked() -> bool:
    """What the beginning of a request does; True where the connection is kept."""
    connection.health_check_enabled, connection.health_check_done = True, False
    before = connection.connection
    connection.close_if_health_check_failed()
    return connection.connection is before is not None


def test_a_connection_that_answered_a_moment_ago_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    assert health_checked()
    asked = []
    monkeypatch.setattr(base.base.DatabaseWrapper, "is_usable", lambda self: asked.append(1) or True)
    with CaptureQueriesContext(connection):
        assert health_checked()
        assert not asked
        monkeypatch.setattr(connection, "_answered_at", connection._answered_at - base.TRUSTED_SECONDS)
        assert health_checked()
    assert asked


def test_a_server_that_ended_the_connection_is_seen_at_once() -> None:
    connection.ensure_connection()
    assert health_checked()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    other.ensure_connection()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    assert not health_checked()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
