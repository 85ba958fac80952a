"""What a notice can be about. The kind of an act's notice is the name of its event."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """The label is the heading in the desk; to people outside no heading tells the kind."""

    REGISTERED = "registered", _("Registered")
    TRANSFERRED = "transferred", _("Transferred")
    ASSIGNED = "assigned", _("Assigned")
    REPORTED_UP = "reported_up", _("Reported to the leadership")
    OBJECTED = "objected", _("Objection")
    OBJECTION_DECIDED = "objection_decided", _("Objection decided")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    PATH_CHANGED = "path_changed", _("Path changed")
    CONVERTED = "converted", _("Ordinary procedure")
    ANNOTATED = "annotated", _("Leader's instruction")
    SUPPLEMENTED = "supplemented", _("Supplement")
    EXTENDED = "extended", _("Extended")
    HEARING_OPENED = "hearing_opened", _("Hearing opened")
    HEARING_CLOSED = "hearing_closed", _("Hearing closed")
    SETTLED = "settled", _("Settled")
    REPLIED = "replied", _("Replied")
    SERVED = "served", _("Served")
    REPORTED = "reported", _("Report")
    REVIEW_REQUESTED = "review_requested", _("Review requested")
    REVIEWED = "reviewed", _("Reviewed")
    REREVIEW_REQUESTED = "rereview_requested", _("Re-review requested")
    REREVIEWED = "rereviewed", _("Re-reviewed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    CLOCK_SOON = "clock_soon", _("Due soon")
    CLOCK_MISSED = "clock_missed", _("Overdue")
    PAPER_UNSERVED = "paper_unserved", _("Paper not served")
    NOTICE_FAILED = "notice_failed", _("Notice not delivered")
