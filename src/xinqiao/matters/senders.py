"""Who sent a matter to whom: read from the record, because only the sender may take it back."""

from xinqiao.matters.acting import Acting
from xinqiao.organs.lookup import organ_id

HANDED_OVER = ("transferred", "assigned")


def sender_code(act: Acting, organ: str) -> str | None:
    """The code of the organ that last sent the matter to ``organ``."""
    for event in reversed(act.recorded):
        if event.type in HANDED_OVER and event.data.get("to") == organ:
            return event.organ.code if event.organ else None
    return None


def sender_of(act: Acting, organ: str) -> int | None:
    """The same as an id."""
    code = sender_code(act, organ)
    return organ_id(code) if code else None
