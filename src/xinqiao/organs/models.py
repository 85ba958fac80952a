"""Organs by territory and by line of business, posts, and the people who hold them.

What an organ was called and to whom it belonged on an earlier day stands in ``OrganPeriod``; the columns of ``Organ``
are a view of today. No rule lives here.
"""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class OrganKind(models.TextChoices):
    """A petition office (信访部门) has duties of its own: it transfers, assigns and supervises."""

    BUREAU = "bureau", _("Petition office")
    ORGAN = "organ", _("Organ")


class Category(models.TextChoices):
    """The kinds of organ that the regulation of 2022 covers (Article 2)."""

    PARTY = "party", _("Party organ")
    CONGRESS = "congress", _("People's Congress")
    GOVERNMENT = "government", _("Administrative organ")
    CONSULTATIVE = "consultative", _("Political consultative conference")
    SUPERVISORY = "supervisory", _("Supervisory organ")
    COURT = "court", _("Court")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    MASS = "mass", _("Mass organisation")
    ENTERPRISE = "enterprise", _("State enterprise or institution")
    VILLAGE = "village", _("Village or residents' committee")


class Level(models.TextChoices):
    STATE = "state", _("State")
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")
    VILLAGE = "village", _("Village")


def in_readers_language(name: str, hant: str, en: str) -> str:
    """A name in the reader's language; the Simplified one where there is no other."""
    return {"zh-hant": hant, "en": en}.get(get_language() or "zh-hans", "") or name


class Organ(models.Model):
    """One organ or unit, as it is today."""

    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    name_hant = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=OrganKind, default=OrganKind.ORGAN)
    category = models.CharField(max_length=16, choices=Category, default=Category.GOVERNMENT)
    level = models.CharField(max_length=10, choices=Level, default=Level.COUNTY)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    line_parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="line_children"
    )
    ancestors = ArrayField(models.BigIntegerField(), default=list)
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    reception_hours = models.CharField(max_length=200, blank=True)
    is_front = models.BooleanField(default=False)
    number_pattern = models.CharField(max_length=60, blank=True)
    pack = models.CharField(max_length=40, default="CN-2022")
    valid_from = models.DateField(default=date(1949, 10, 1))
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [GinIndex(fields=["ancestors"], name="organ_ancestors")]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language; the Simplified name where there is no other."""
        return in_readers_language(self.name, self.name_hant, self.name_en)

    @property
    def office_id(self) -> int:
        """The root of the tree, which is one office; a root organ is its own."""
        return int(self.root_id or self.pk)

    @property
    def scope_id(self) -> int:
        """The root of what this organ looks after: a petition office works for its government's whole territory."""
        if self.kind == OrganKind.BUREAU and self.parent_id:
            return self.parent_id
        return int(self.pk)


class OrganPeriod(models.Model):
    """How an organ was called and placed over a span of days; the last day is the day before ``until``."""

    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=100)
    parent = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="+")
    line_parent = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="period_not_empty"),
            models.UniqueConstraint(fields=["organ"], condition=Q(until=None), name="one_open_period"),
        ]


class Reorganisation(models.Model):
    """A merger, split, renaming or end of an organ, and who goes on with its duties."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("Merged")
        SPLIT = "split", _("Split")
        RENAMED = "renamed", _("Renamed")
        ABOLISHED = "abolished", _("Abolished")

    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="reorganisations")
    successor = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="predecessors")
    basis = models.CharField(max_length=200)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in: a member of staff, or a partner system."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, blank=True, default="")  # empty: that of the browser
    is_active = models.BooleanField(default=True)
    is_partner = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a post is for; the powers of each role stand in ``access.permissions``."""

    CLERK = "clerk", _("Clerk")
    BUREAU_HEAD = "bureau_head", _("Head of the petition office")
    HANDLER = "handler", _("Handler")
    ORGAN_HEAD = "organ_head", _("Head of the organ")
    LEADER = "leader", _("Leader")
    INSPECTOR = "inspector", _("Inspector")
    REVIEWER = "reviewer", _("Reviewer")
    ARCHIVIST = "archivist", _("Archivist")
    ADMINISTRATOR = "administrator", _("Administrator")
    PARTNER = "partner", _("Partner system")


class Post(models.Model):
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    role = models.CharField(max_length=16, choices=Role)
    ceiling = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """Who holds a post, from which day until the day before ``until``; a deputy says for whom."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    deputy_for = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="holding_not_empty"),
            models.CheckConstraint(condition=~Q(deputy_for=F("user")), name="nobody_deputises_for_himself"),
        ]


class CalendarDay(models.Model):
    """A day on which an office's calendar differs from Monday-to-Friday, with the notice that says so.

    Rows are added, never changed: a later row for the same day overrides an earlier one.
    """

    root = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    is_working = models.BooleanField()
    source = models.CharField(max_length=200)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)


class ContentClass(models.Model):
    """What matters are about, on two levels; a class ends and does not vanish, because matters name it."""

    root = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=28)
    name_hant = models.CharField(max_length=28, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["root", "parent", "name"],
                name="a_class_is_named_once",
                condition=Q(ended_on=None),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How a matter names it: both levels, in Simplified Chinese."""
        return f"{self.parent.name}/{self.name}" if self.parent else self.name

    @property
    def label(self) -> str:
        """The name in the reader's language; the Simplified name where there is no other."""
        return in_readers_language(self.name, self.name_hant, self.name_en)


class Place(models.Model):
    """A place of the office's territory, down to the village; it ends and does not vanish."""

    root = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=40)
    name_hant = models.CharField(max_length=40, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=10, choices=Level, default=Level.VILLAGE)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["root", "parent", "name"],
                name="a_place_is_named_once",
                condition=Q(ended_on=None),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language; the Simplified name where there is no other."""
        return in_readers_language(self.name, self.name_hant, self.name_en)


class ApiToken(models.Model):
    """A key for programs, kept as a hash; it acts as its user, in one post."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    digest = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
