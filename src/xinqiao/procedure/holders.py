"""A holder: an organ or bureau that the matter reached."""

from __future__ import annotations

from datetime import date

from .clocks import Clock


class Holder:
    """An organ or bureau that the matter reached, and how far it got there."""

    __slots__ = (
        "accepted_on",
        "clock_from",
        "decision",
        "declined_on",
        "direct",
        "handling",
        "holds",
        "is_bureau",
        "kind",
        "name",
        "notice",
        "objected_in_time",
        "objection",
        "path",
        "replied_on",
        "report",
        "sender",
        "settled_on",
        "simplified",
    )

    def __init__(self, name: str | None, *, is_bureau: bool, direct: bool, sender: Holder | None = None) -> None:
        """It received the matter: `direct` from the petitioner, else from `sender`."""
        self.name, self.is_bureau, self.direct, self.sender = name, is_bureau, direct, sender
        self.holds = True
        self.notice: Clock | None = None  # K02, K03 or K04
        self.objection: Clock | None = None  # K05
        self.decision: Clock | None = None  # K06, while an objection waits or must be sent on
        self.objected_in_time = False
        self.report: Clock | None = None  # K10
        self.handling: Clock | None = None  # K08 or K16
        self.accepted_on: date | None = None
        self.clock_from: date | None = None  # the day from which K08 runs
        self.path: int | None = None
        self.kind: str | None = None
        self.simplified = False
        self.replied_on: date | None = None
        self.settled_on: date | None = None
        self.declined_on: date | None = None

    @property
    def has_accepted(self) -> bool:
        """Whether it accepted the matter."""
        return self.accepted_on is not None

    @property
    def clock_by(self) -> str:
        """What K08 is counted from: the acceptance, or the day the notice was due if that came first."""
        return "accepted" if self.clock_from == self.accepted_on else "notice_due"

    @property
    def objection_pending(self) -> bool:
        """Whether its objection waits for the sender."""
        return self.decision is not None and self.decision.is_open and self.holds

    @property
    def has_concluded(self) -> bool:
        """Whether it has replied or settled."""
        return self.replied_on is not None or self.settled_on is not None
