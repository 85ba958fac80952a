"""The record: what happened, appended once, proved for ever.

``record`` is the only writer, ``events_of`` the way to read. The modules ``canonical``, ``commitments``, ``chain``,
``sealing``, ``keyring``, ``receipts`` and ``package`` know neither Django nor a database, so that anybody can check a
proof without the office; the names below are therefore imported when they are first used, not before.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xinqiao.record.chain import Act as Act
    from xinqiao.record.chain import ActorStamp as ActorStamp
    from xinqiao.record.chain import NotAnEvent as NotAnEvent
    from xinqiao.record.chain import OrganStamp as OrganStamp
    from xinqiao.record.erasure import erase as erase
    from xinqiao.record.fields import decrypt_field as decrypt_field
    from xinqiao.record.fields import encrypt_field as encrypt_field
    from xinqiao.record.models import Stream as Stream
    from xinqiao.record.proofs import issue_receipt as issue_receipt
    from xinqiao.record.proofs import published_keys as published_keys
    from xinqiao.record.proofs import record_package as record_package
    from xinqiao.record.reader import RecordedEvent as RecordedEvent
    from xinqiao.record.reader import events_of as events_of
    from xinqiao.record.reader import texts_of as texts_of
    from xinqiao.record.receipts import lf as lf
    from xinqiao.record.writer import StreamMoved as StreamMoved
    from xinqiao.record.writer import open_stream as open_stream
    from xinqiao.record.writer import record as record
    from xinqiao.record.writer import record_all as record_all
    from xinqiao.record.writer import record_first as record_first
    from xinqiao.record.writer import record_new as record_new

_HOMES = {
    "chain": ("Act", "ActorStamp", "NotAnEvent", "OrganStamp"),
    "erasure": ("erase",),
    "fields": ("decrypt_field", "encrypt_field"),
    "models": ("Stream",),
    "proofs": ("issue_receipt", "published_keys", "record_package"),
    "reader": ("RecordedEvent", "events_of", "texts_of"),
    "receipts": ("lf",),
    "writer": ("StreamMoved", "open_stream", "record", "record_all", "record_first", "record_new"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
