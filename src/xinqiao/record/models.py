"""The tables of the record: streams, their events, and the texts that stand beside the events.

Columns and constraints only. Rows are written by ``writer`` alone; the database refuses to change an event, to
whomever (``guard``). Nothing here refers to a table of another app: a matter refers to its stream.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Binary = models.BinaryField[bytes, bytes]
    _OptionalBinary = models.BinaryField[bytes | None, bytes | None]
else:
    _Binary = _OptionalBinary = models.BinaryField


class _ReadAsBytes:
    """Binary data reads as ``bytes`` and not as a view of the driver's buffer."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)


class Bytes(_ReadAsBytes, _Binary):
    """Binary data that is always there."""


class OptionalBytes(_ReadAsBytes, _OptionalBinary):
    """Binary data that may be absent."""


class Stream(models.Model):
    """The record of one matter: how many events, the hash of the newest, and the data key wrapped under a master key.

    Without events there is no row: ``open_stream`` reserves the id, the first event writes it.
    """

    id = models.BigIntegerField(primary_key=True)
    root_organ_id = models.BigIntegerField()
    length = models.IntegerField(default=0)
    head = Bytes()
    master_key_id = models.TextField(default="")
    wrapped_key = OptionalBytes(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(length__gt=0), name="record_stream_has_events"),
        ]

    def __str__(self) -> str:
        return f"stream {self.pk}, {self.length} events"


class EventRow(models.Model):
    """One event: canonical JSON, its hash and the hash before; the other columns repeat the JSON for queries."""

    pk = models.CompositePrimaryKey("stream_id", "seq")
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    root_organ_id = models.BigIntegerField()
    type = models.TextField()
    on = models.DateField(db_column="on_date")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    organ = models.TextField(null=True)
    actor_id = models.BigIntegerField(null=True)
    body = models.TextField()
    prev = OptionalBytes(null=True)
    hash = Bytes()

    def __str__(self) -> str:
        return f"event {self.seq} of stream {self.stream_id}: {self.type}"


class Body(models.Model):
    """A text of an event, in clear or sealed, with the salt of its commitment. Lawful erasure takes the row away."""

    pk = models.CompositePrimaryKey("stream_id", "seq", "field")
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="bodies", db_index=False)
    seq = models.IntegerField()
    field = models.TextField()
    root_organ_id = models.BigIntegerField()
    salt = Bytes()
    clear = models.TextField(null=True)
    sealed = OptionalBytes(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(clear__isnull=True) ^ models.Q(sealed__isnull=True), name="record_body_one_form"
            ),
        ]

    def __str__(self) -> str:
        return f"text {self.field!r} of event {self.seq} of stream {self.stream_id}"
