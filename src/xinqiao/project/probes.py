"""Answers for machines that watch over the service: alive, ready, counted; and the keys that sign receipts."""

from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from xinqiao.matters.models import Matter
from xinqiao.notices.models import Notice
from xinqiao.record.proofs import published_keys as keys_payload


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and its schema is the one this version knows."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (OperationalError, InterfaceError):
        return _not_ready("the database is away")
    if waiting:
        return _not_ready("the schema is older than the program: run 'xinqiao migrate'")
    return HttpResponse("ok\n", content_type="text/plain")


def _not_ready(why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", status=503, content_type="text/plain", headers={"Retry-After": "5"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Counts of the house in the Prometheus text format; never anything about a person."""
    try:
        lines = _counts()
    except (OperationalError, InterfaceError):
        return _not_ready("the database is away")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _counts() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE relname = 'record_eventrow'")
        (events,) = cursor.fetchone()
    return [
        *_metric("xinqiao_matters", "gauge", "Matters registered", Matter.objects.count()),
        *_metric("xinqiao_record_events", "gauge", "Events on record, as the database estimates", events),
        *_metric(
            "xinqiao_notices_waiting", "gauge", "Notices not yet sent", Notice.objects.filter(state="queued").count()
        ),
    ]


def _metric(name: str, kind: str, text: str, value: int) -> list[str]:
    return [f"# HELP {name} {text}", f"# TYPE {name} {kind}", f"{name} {value}"]


def published_keys(request: HttpRequest) -> HttpResponse:
    """The public keys with which anybody checks a receipt without the office."""
    return JsonResponse(keys_payload())
