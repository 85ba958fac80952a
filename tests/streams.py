"""Records for tests that need the handle of a matter but no matter."""

from django.db import transaction

from xinqiao.organs.models import Organ, User
from xinqiao.record.models import Stream
from xinqiao.record.writer import open_stream

ROOT = 1


def new_stream(*, root_organ_id: int = ROOT) -> Stream:
    """A stream with a data key; its one event is not written, because nothing here reads events."""
    stream = open_stream(root_organ_id=root_organ_id)
    stream.length, stream.head = 1, b"\0" * 32
    with transaction.atomic():
        stream.save(force_insert=True)
    return stream


def erase_key(stream: Stream) -> None:
    """What lawful erasure does to everything sealed for a stream."""
    stream.master_key_id, stream.wrapped_key = "", None
    stream.save(update_fields=["master_key_id", "wrapped_key"])


def new_organ(code: str = "fj", *, name: str = "云溪县住房和城乡建设局") -> Organ:
    """An organ that stands alone."""
    organ = Organ.objects.create(code=code, name=name, short_name=name[:20])
    Organ.objects.filter(pk=organ.pk).update(root=organ, ancestors=[organ.pk])
    return organ


def new_user(username: str = "clerk") -> User:
    """Somebody who can sign in, without a post."""
    return User.objects.create_user(username, name="经办人")
