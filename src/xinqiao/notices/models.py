"""One row per notice and recipient: what it is about, whom it must reach, what became of it.

No name, telephone, title or text of a petitioner stands here: an address is sealed with the stream's key, and facts are
limited to the list in ``facts.py``.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from xinqiao.record.models import OptionalBytes


class Channel(models.TextChoices):
    """How a notice travels."""

    DESK = "desk", _("in the desk")
    EMAIL = "email", _("by e-mail")
    LETTER = "letter", _("by letter")


class NoticeState(models.TextChoices):
    """What became of a notice; ``read`` is for the desk, ``sent`` for what leaves the house."""

    QUEUED = "queued", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    READ = "read", _("read")


# Every act writes here: organs and users are found by the partial indexes below, so their columns need no own index.
_UNINDEXED: dict[str, Any] = {"on_delete": models.PROTECT, "null": True, "related_name": "+", "db_index": False}


class Notice(models.Model):
    """A notice to one organ, one user or one sealed address; in the desk it is ``queued`` until it was read."""

    root_organ_id = models.BigIntegerField()
    stream = models.ForeignKey("record.Stream", on_delete=models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=24)
    channel = models.CharField(max_length=6, choices=Channel)
    sender_organ_id = models.BigIntegerField(null=True)
    organ = models.ForeignKey("organs.Organ", **_UNINDEXED)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, **_UNINDEXED)
    sealed_address = OptionalBytes(null=True)
    facts = models.JSONField(default=dict)
    neutral = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="zh-hans")
    state = models.CharField(max_length=6, choices=NoticeState, default=NoticeState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    sent_body = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_UNINDEXED)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="desk", organ__isnull=False, user__isnull=True, sealed_address__isnull=True)
                | Q(channel="desk", organ__isnull=True, user__isnull=False, sealed_address__isnull=True)
                | (~Q(channel="desk") & Q(organ__isnull=True, user__isnull=True, sealed_address__isnull=False)),
                name="notice_has_one_recipient",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notice_due", condition=Q(channel="email", state="queued")),
            models.Index(fields=["organ", "id"], name="notice_news_organ", condition=Q(channel="desk", state="queued")),
            models.Index(fields=["user", "id"], name="notice_news_user", condition=Q(channel="desk", state="queued")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.state}"

    @property
    def subject(self) -> str:
        """The heading, in the language of the reader; it never contains a fact."""
        from xinqiao.notices.texts import subject_of

        return subject_of(self)

    @property
    def body(self) -> str:
        """What was sent; before that, and in the desk, the text in the language of the reader."""
        from xinqiao.notices.texts import body_of

        return self.sent_body or body_of(self)
