"""A request that a superior look again, and what it decided; the record is the truth, these rows are for lists."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xinqiao.matters.models import Matter
from xinqiao.organs.models import Organ


class Review(models.Model):
    class Level(models.TextChoices):
        REVIEW = "review", _("Review")
        REREVIEW = "rereview", _("Re-review")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        REVOKED = "revoked", _("Revoked")
        CHANGED = "changed", _("Changed")
        REMADE = "remade", _("To be made anew")

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reviews")
    level = models.CharField(max_length=8, choices=Level)
    petitioner = models.CharField(max_length=8)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField()
    is_late = models.BooleanField(default=False)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "decided_on"], name="review_open")]
