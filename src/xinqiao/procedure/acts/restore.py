"""Restoration 恢复: the petitioner takes a withdrawal back within seven days, as if it had not been."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..packs import Pack
from ..refusals import Refusal


def may_restore(
    case: Case, *, today: date, organ: str | None = None, by_petitioner: bool | None = None
) -> Refusal | None:
    """Whether the withdrawal can still be undone, by the petitioner alone."""
    if case.stage != "withdrawn" or case.ended_on is None:
        return case.refuse("not-withdrawn", "restore")
    if by_petitioner is False:
        return case.refuse("not-by-petitioner", "restore")
    return restored_too_late(case.pack, case.ended_on, today)


def restored_too_late(pack: Pack, withdrawn_on: date, on: date) -> Refusal | None:
    """The refusal after the days that the pack gives."""
    most = int(pack.settings["withdrawal_undo_days"])
    if (on - withdrawn_on).days <= most:
        return None
    return Refusal(code="restore-too-late", article=pack.article("restore"), params={"max": most})


def restored(case: Case, event: Event) -> Refusal | None:
    """Both events were taken out before the record was read; one that undoes nothing is refused."""
    return case.refuse("not-withdrawn", "restore")
