"""A newer program brings newer texts of papers: they are added after ``migrate``, where an office uses the old ones."""

from typing import Any

from xinqiao.access.clock import now


def ship_after_migrate(*, using: str, **_: Any) -> None:
    """Add the program's texts as a version wherever the newest one came with an older program."""
    from django.db import connections

    from xinqiao.documents.models import PaperTemplate
    from xinqiao.documents.template_texts import FIELDS, shipped_texts
    from xinqiao.documents.template_versions import digest_of

    if PaperTemplate._meta.db_table not in connections[using].introspection.table_names():
        return
    rows = PaperTemplate.objects.using(using)
    newest = rows.order_by("root_organ_id", "kind", "-version").distinct("root_organ_id", "kind")
    for row in list(newest):
        if row.saved_by_id or row.kind not in FIELDS or row.sha256 == digest_of(shipped_texts(row.kind)):
            continue
        texts = shipped_texts(row.kind)
        rows.create(
            root_organ_id=row.root_organ_id,
            kind=row.kind,
            version=row.version + 1,
            texts=texts,
            sha256=digest_of(texts),
            saved_at=now(),
        )
