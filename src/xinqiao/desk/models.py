"""What the desk keeps for each person: drafts, saved views, chosen columns. No rule and no part of the record is here.

A draft holds what somebody typed, so it lies sealed: under the key of its matter, which lawful erasure destroys with
it, or before there is a matter under a key of its own, which goes with the row.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from xinqiao.record.models import OptionalBytes


class Draft(models.Model):
    """A form that was not sent, for one person acting for one organ; ``form`` is ``register`` or the verb of an act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    root_organ_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organ_id = models.BigIntegerField()
    form = models.CharField(max_length=32)
    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, null=True, related_name="+")
    sealed = models.BinaryField()
    master_key_id = models.CharField(max_length=40, blank=True)
    wrapped_key = OptionalBytes(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organ_id", "matter", "form"], condition=~Q(matter=None), name="draft_once_per_act"
            ),
            models.CheckConstraint(
                condition=Q(matter=None, wrapped_key__isnull=False) | Q(matter__isnull=False, wrapped_key=None),
                name="draft_key_of_matter_or_own",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "organ_id", "-saved_at"], name="draft_of_person"),
            models.Index(fields=["saved_at"], name="draft_saved_at"),
        ]


class SavedView(models.Model):
    """A list as somebody wants to see it again: ``query`` is what stands behind the question mark of its address."""

    root_organ_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=16)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "list", "name"], name="view_name_once")]
        ordering = ["id"]


class ChosenColumns(models.Model):
    """Which columns of a list somebody wants to see; without a row all of them."""

    root_organ_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=16)
    columns = ArrayField(models.CharField(max_length=24))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "list"], name="columns_once_per_list")]
