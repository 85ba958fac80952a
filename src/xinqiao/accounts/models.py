"""What stays of signing in, and of every change by an administrator. The history is only added to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """One try to get into a known account; tries with a name that nobody has leave no row."""

    class Means(models.TextChoices):
        PASSWORD = "password", _("password")
        PASSKEY = "passkey", _("passkey")
        OFFICE = "office", _("sign-in of the office")

    class Outcome(models.TextChoices):
        IN = "in", _("Signed in")
        WRONG_PASSWORD = "wrong_password", _("Wrong password")
        WRONG_CODE = "wrong_code", _("Wrong second factor")
        LOCKED = "locked", _("Turned away while locked")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    means = models.CharField(max_length=10, choices=Means)
    second = models.CharField(max_length=16, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome)
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="sign_in_of_user")]


class OneTimePassword(models.Model):
    """The account's password was given by an administrator: it opens only the page where its owner sets his own."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="one_time_password")
    given_at = models.DateTimeField()


class Change(models.Model):
    """One change by an administrator: who, when, of what, from what, to what, on which basis."""

    class Subject(models.TextChoices):
        ORGAN = "organ", _("Organ")
        POST = "post", _("Post")
        PERSON = "person", _("Person")
        DEPUTY = "deputy", _("Deputy")
        CALENDAR = "calendar", _("Working calendar")
        CONTENT_CLASS = "content_class", _("Content class")
        PLACE = "place", _("Place")
        PATTERN = "pattern", _("Pattern of numbers")

    root_organ = models.ForeignKey("organs.Organ", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=16, choices=Subject)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    what = models.CharField(max_length=24)
    fields = models.JSONField(default=dict)
    basis = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["root_organ", "subject", "subject_id", "-id"], name="change_of_subject")]
