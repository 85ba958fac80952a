"""Numbers of papers (发文字号), without gaps or doubles: 禾建信〔2026〕41号.

A number is taken inside the transaction of the act that issues the paper. The row of the counter stays locked until
that transaction ends: the next one waits, and whoever rolls back gives the number back.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from xinqiao.access.clock import now
from xinqiao.documents.models import PaperCounter, PaperSeries
from xinqiao.documents.prefixes import default_prefix, is_prefix
from xinqiao.documents.template_texts import KINDS
from xinqiao.documents.template_versions import ensure_template
from xinqiao.organs.models import Organ, User


class NotInTransaction(Exception):
    """A number is taken inside the transaction of its act, never on its own: a lost one would be a gap."""


@dataclass(frozen=True, kw_only=True)
class Reserved:
    """What a paper gets before it is issued: its number, the version of its texts, and what its organ is called today.

    ``organ`` has ``code``, ``name``, ``name_hant``, ``telephone``, ``address``, ``hours``, and ``parent`` and
    ``line_parent`` as ``id``, ``kind``, ``name``, ``name_hant`` (or None).
    """

    kind: str
    number: str
    template_id: int
    template: str
    organ: Mapping[str, Any]


# One statement: the texts and the prefix are looked up, all counters moved, the organ's names read. Where a kind has no
# prefix yet, no counter is moved: whoever holds one must not wait for the lock under which prefixes begin.
_RESERVE = """
WITH asked AS (
  SELECT s.kind, s.prefix, t.id, t.sha256,
    count(*) OVER (PARTITION BY s.prefix) AS many,
    row_number() OVER (PARTITION BY s.prefix ORDER BY s.kind) AS place
  FROM documents_paperseries s
  JOIN LATERAL (SELECT id, sha256 FROM documents_papertemplate
    WHERE root_organ_id = %(root)s AND kind = s.kind ORDER BY version DESC LIMIT 1) t ON true
  WHERE s.organ_id = %(organ)s AND s.kind = ANY(%(kinds)s)),
counted AS (
  INSERT INTO documents_papercounter AS c (root_organ_id, organ_id, prefix, year, last)
  SELECT %(root)s, %(organ)s, prefix, %(year)s, many FROM asked
  WHERE place = 1 AND (SELECT count(*) FROM asked) = cardinality(%(kinds)s) ORDER BY prefix
  ON CONFLICT (organ_id, prefix, year) DO UPDATE SET last = c.last + excluded.last
  RETURNING prefix, last)
SELECT asked.kind, asked.prefix, counted.last - asked.many + asked.place, asked.id, asked.sha256,
  jsonb_build_object('code', o.code, 'name', o.name, 'name_hant', o.name_hant, 'telephone', o.telephone,
    'address', o.address, 'hours', o.reception_hours,
    'parent', CASE WHEN p.id IS NOT NULL THEN
      jsonb_build_object('id', p.id, 'kind', p.kind, 'name', p.name, 'name_hant', p.name_hant) END,
    'line_parent', CASE WHEN l.id IS NOT NULL THEN
      jsonb_build_object('id', l.id, 'kind', l.kind, 'name', l.name, 'name_hant', l.name_hant) END)
FROM asked JOIN counted USING (prefix) JOIN organs_organ o ON o.id = %(organ)s
LEFT JOIN organs_organ p ON p.id = o.parent_id LEFT JOIN organs_organ l ON l.id = o.line_parent_id
"""


def reserve(kinds: Iterable[str], *, root_organ_id: int, organ_id: int, year: int) -> dict[str, Reserved]:
    """A number for each kind, in one statement; the first time for a kind at an organ its prefix is set down before.

    Raises NotInTransaction outside a transaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("take a number inside the transaction of its act")
    wanted = sorted(set(kinds))
    if found := _reserve(wanted, root_organ_id, organ_id, year):
        return found
    for kind in wanted:
        _begin(kind, root_organ_id, organ_id)
    return _reserve(wanted, root_organ_id, organ_id, year)


def format_number(prefix: str, year: int, count: int) -> str:
    """As GB/T 9704 writes it: the year in full in ``〔〕``, the count without leading zero, no 第."""
    return f"{prefix}〔{year}〕{count}号"


@transaction.atomic
def ensure_series(organ: Organ) -> None:
    """Set down a prefix for every kind of paper that has none yet at an organ; a pair that exists stays as it is."""
    for kind in KINDS:
        _begin(kind, organ.office_id, organ.pk)


def taken_by_another(prefix: str, *, root_organ_id: int, organ_id: int) -> bool:
    """Whether another organ of the office numbers, or ever numbered, its papers under this prefix."""
    same = {"root_organ_id": root_organ_id, "prefix": prefix}
    return any(
        model.objects.filter(**same).exclude(organ_id=organ_id).exists() for model in (PaperSeries, PaperCounter)
    )


class WrongPrefix(ValueError):
    """Prefixes that cannot be used; ``errors`` has a sentence by kind."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


@transaction.atomic
def set_prefixes(organ: Organ, prefixes: Mapping[str, str], *, by: User) -> None:
    """Number the kinds of an organ's papers under these prefixes from now on; numbers that were given stay.

    Raises WrongPrefix for what the record cannot hold, and for a prefix of another organ of the office.
    """
    _one_at_a_time(organ.office_id)
    if errors := {kind: wrong for kind, prefix in prefixes.items() if (wrong := _why_not(prefix, organ))}:
        raise WrongPrefix(errors)
    for series in PaperSeries.objects.filter(organ=organ, kind__in=prefixes):
        if series.prefix != prefixes[series.kind]:
            series.prefix, series.changed_by, series.changed_at = prefixes[series.kind], by, now()
            series.save(update_fields=["prefix", "changed_by", "changed_at"])


def _why_not(prefix: str, organ: Organ) -> str:
    if not is_prefix(prefix):
        return _("Write one to twelve Chinese characters, without brackets and figures.")
    if taken_by_another(prefix, root_organ_id=organ.office_id, organ_id=organ.pk):
        return _("Another organ numbers its documents under this prefix. Choose another.")
    return ""


def _one_at_a_time(root_organ_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('paper prefixes', %s))", [root_organ_id])


def _reserve(kinds: list[str], root_organ_id: int, organ_id: int, year: int) -> dict[str, Reserved]:
    asked = {"kinds": kinds, "root": root_organ_id, "organ": organ_id, "year": year}
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, asked)
        rows = cursor.fetchall()
    return {
        kind: Reserved(
            kind=kind,
            number=format_number(prefix, year, count),
            template_id=template_id,
            template=f"sha256:{digest}",
            organ=json.loads(organ),
        )
        for kind, prefix, count, template_id, digest, organ in rows
    }


def _begin(kind: str, root_organ_id: int, organ_id: int) -> None:
    """The first paper of a kind at an organ; one at a time in an office, so that no two organs take one prefix."""
    _one_at_a_time(root_organ_id)
    ensure_template(kind, root_organ_id=root_organ_id)
    organ = Organ.objects.get(pk=organ_id)
    prefix = default_prefix(
        kind,
        name=organ.name,
        short_name=organ.short_name,
        is_taken=lambda one: taken_by_another(one, root_organ_id=root_organ_id, organ_id=organ_id),
    )
    series = PaperSeries(root_organ_id=root_organ_id, organ_id=organ_id, kind=kind, prefix=prefix)
    PaperSeries.objects.bulk_create([series], ignore_conflicts=True)
