"""Inserting rows of one kind: a few by a statement, many by COPY, which costs a fraction for each."""

from collections.abc import Sequence
from operator import attrgetter

from django.db.models import Model

from xinqiao.record.copying import FROM_ROWS, copy_in, reserve_ids


def insert(rows: Sequence[Model]) -> None:
    """Insert new rows, all of one model, and give each its id. Values must have the types of their columns."""
    if len(rows) < FROM_ROWS:
        if rows:
            type(rows[0])._base_manager.bulk_create(rows)
        return
    meta = rows[0]._meta
    for row, pk in zip(rows, reserve_ids(meta.db_table, len(rows)), strict=True):
        row.pk, row._state.adding = pk, False
    fields = meta.concrete_fields
    values = attrgetter(*(field.attname for field in fields))
    copy_in(meta.db_table, [str(field.column) for field in fields], map(values, rows))
