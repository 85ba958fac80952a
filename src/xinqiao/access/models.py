"""Columns that make a row guardable, and the looks that stay on record."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Ceiling(models.IntegerChoices):
    """How closely a matter is kept; a post sees up to its own ceiling, that one included."""

    OPEN = 0, _("Open inside the office")
    INTERNAL = 1, _("Internal")
    CONFIDENTIAL = 2, _("Confidential")


class Guarded(models.Model):
    """What the visibility predicate reads; a subclass also has ``involved``, ``accused`` and ``recusals`` rows."""

    root_organ = models.ForeignKey("organs.Organ", on_delete=models.PROTECT, related_name="+")
    confidentiality = models.PositiveSmallIntegerField(choices=Ceiling, default=Ceiling.INTERNAL)

    class Meta:
        abstract = True


class AdminSession(models.Model):
    """A reasoned, time-limited look into matters by an administrator; each look inside it is logged."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="admin_sessions")
    root_organ = models.ForeignKey("organs.Organ", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Look(models.Model):
    """Somebody saw what is kept apart: an identity, an accusation, a matter from an administrator session."""

    root_organ_id = models.BigIntegerField()
    stream_id = models.BigIntegerField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organ_id = models.BigIntegerField()
    what = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
