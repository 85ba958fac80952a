"""Turning the key ring: new keys are used at once, the data keys of all streams are wrapped anew, the old ones stay."""

from django.conf import settings
from django.db import connection, transaction

from xinqiao.record.fields import rewrapped, ring
from xinqiao.record.keyring import add_master_key, add_signing_key
from xinqiao.record.models import Stream

BATCH = 1000


def rotate_signing_key() -> str:
    """Sign with a new key from now on; gives its id. The old ones stay published, their receipts hold."""
    return add_signing_key(settings.KEYS_DIR)


def rotate_master_key() -> int:
    """Wrap every data key under a new master key; gives how many were wrapped anew.

    No text is encrypted again, nobody waits. Interrupted, it goes on with ``rewrap_all``.
    """
    add_master_key(settings.KEYS_DIR)
    return rewrap_all()


def rewrap_all() -> int:
    """Wrap every data key that is still under an older master key; gives how many there were."""
    done = 0
    while batch := rewrap_some():
        done += batch
    return done


@transaction.atomic
def rewrap_some() -> int:
    """One batch of ``rewrap_all``: those whose stream nobody is writing to at this moment come first."""
    keys = ring()
    waiting = Stream.objects.filter(wrapped_key__isnull=False).exclude(master_key_id=keys.master_id).order_by("id")
    free = list(waiting.select_for_update(skip_locked=True)[:BATCH]) or list(waiting.select_for_update()[:1])
    wrapped = [(stream.pk, *rewrapped(stream, keys)) for stream in free]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_stream s SET master_key_id = w.master, wrapped_key = w.wrapped "
            "FROM unnest(%s::bigint[], %s::text[], %s::bytea[]) AS w(id, master, wrapped) WHERE s.id = w.id",
            [[row[0] for row in wrapped], [row[1] for row in wrapped], [row[2] for row in wrapped]],
        )
    return len(wrapped)
