"""The database refuses to change what was recorded: the application by its rights, everybody by triggers."""

import psycopg
import pytest
from django.conf import settings as office
from django.db import DatabaseError, connections, transaction

from xinqiao.record.guard import RIGHTS, restrict
from xinqiao.record.writer import record_first

ATTEMPTS = [
    "UPDATE record_eventrow SET type = 'closed'",
    "UPDATE record_eventrow SET type = 'closed' WHERE false",  # refused before it looks for a row
    "DELETE FROM record_eventrow",
    "TRUNCATE record_eventrow",
    "TRUNCATE record_eventrow, record_body",
    "TRUNCATE record_stream CASCADE",
    "UPDATE record_body SET clear = 'x'",
    "DELETE FROM record_body",
    "TRUNCATE record_body",
    "DELETE FROM record_stream",
    "UPDATE record_stream SET id = id + 1000000",
    "UPDATE record_stream SET length = length - 1",
    "UPDATE record_stream SET head = '\\x00'",
    "INSERT INTO record_eventrow SELECT * FROM record_eventrow ON CONFLICT (stream_id, seq) DO UPDATE SET type = 'x'",
]
AS_APPLICATION_ONLY = [
    "ALTER TABLE record_eventrow DISABLE TRIGGER ALL",
    "DROP TRIGGER record_event_stays ON record_eventrow",
    "DROP TABLE record_eventrow CASCADE",
    "ALTER TABLE record_eventrow ADD COLUMN note text",
    "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
]


@pytest.fixture
def recorded(committed_db, keys, act):
    with transaction.atomic():
        stream, _ = record_first(root_organ_id=5, acts=[act(texts={"request": "路灯"}), act("closed")])
    return stream


def refused(alias, statement):
    before = contents(alias)
    with pytest.raises(DatabaseError) as error, transaction.atomic(using=alias):
        connections[alias].cursor().execute(statement)
    assert contents(alias) == before
    return error.value.__cause__


def contents(alias):
    with connections[alias].cursor() as cursor:
        found = []
        for table in RIGHTS:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found.append(cursor.fetchall())
        return found


@pytest.mark.parametrize("statement", ATTEMPTS + AS_APPLICATION_ONLY)
def test_the_application_cannot_change_the_record(recorded, statement):
    cause = refused("default", statement)
    assert isinstance(cause, psycopg.errors.InsufficientPrivilege | psycopg.errors.RestrictViolation)


@pytest.mark.parametrize("statement", ATTEMPTS)
def test_neither_can_the_owner(recorded, statement):
    assert isinstance(refused("owner", statement), psycopg.errors.RestrictViolation)


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"])
def test_the_application_holds_no_such_right_on_events(recorded, verb):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'record_eventrow', %s)", [office.APP_DB_ROLE, verb])
        assert cursor.fetchone() == (False,)


def test_rights_granted_on_all_tables_are_taken_back(recorded):
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {owner.ops.quote_name(office.APP_DB_ROLE)}")
        restrict(owner, office.APP_DB_ROLE)
        cursor.execute("SELECT has_table_privilege(%s, 'record_eventrow', 'UPDATE')", [office.APP_DB_ROLE])
        assert cursor.fetchone() == (False,)


def test_the_owners_own_rights_are_left_alone(recorded):
    owner = connections["owner"]
    restrict(owner, owner.settings_dict["USER"])
    with owner.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'record_eventrow', 'UPDATE')")
        assert cursor.fetchone() == (True,)
