"""Petition and matter are two things: a petition is one contact, a matter is what it is about and has the clocks.

Rows are views of the record: they hold what lists need. Free text and identities stand beside the record, encrypted
where the law keeps them apart; no rule lives here.
"""

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from xinqiao.access.models import Guarded
from xinqiao.organs.models import Organ
from xinqiao.record.models import Stream


class Kind(models.TextChoices):
    """The three classes of the regulation of 2022 (Articles 29 to 31)."""

    APPEAL = "appeal", _("Appeal or request for settlement")
    PROPOSAL = "proposal", _("Proposal")
    ACCUSATION = "accusation", _("Report or accusation")


class Channel(models.TextChoices):
    LETTER = "letter", _("Letter")
    VISIT = "visit", _("Visit")
    TELEPHONE = "telephone", _("Telephone")
    FAX = "fax", _("Fax")
    EMAIL = "email", _("E-mail")
    WEB = "web", _("Web")
    MAILBOX = "mailbox", _("Leader's mailbox")
    SUGGESTION_BOX = "suggestion_box", _("Suggestion box")
    FROM_ABOVE = "from_above", _("Handed down from above")
    DEPUTY = "deputy", _("Passed on by a deputy")
    SERVICE_CENTRE = "service_centre", _("Service centre")


class Purpose(models.TextChoices):
    SETTLEMENT = "settlement", _("Settlement")
    APPEAL = "appeal", _("Appeal")
    OPINION = "opinion", _("Opinion or proposal")
    EXPOSURE = "exposure", _("Exposure or accusation")
    CONSULTATION = "consultation", _("Consultation")
    OTHER = "other", _("Other")


class Stage(models.TextChoices):
    RECEIVED = "received", _("Received")
    DISPATCHED = "dispatched", _("Dispatched")
    HANDLING = "handling", _("Being handled")
    REPLIED = "replied", _("Answered")
    REVIEW = "review", _("Under review")
    REVIEWED = "reviewed", _("Reviewed")
    REREVIEW = "rereview", _("Under re-review")
    FINAL = "final", _("Final opinion given")
    DECLINED = "declined", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


class Matter(Guarded):
    """What one or more petitions are about, as the last act left it."""

    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="matter")
    number = models.CharField(max_length=40, unique=True)
    query_code = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.APPEAL)
    title = models.CharField(max_length=60, blank=True)
    class_code = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=16, choices=Purpose, blank=True)
    place = models.CharField(max_length=100, blank=True)
    pack = models.CharField(max_length=40)
    pack_version = models.CharField(max_length=80)
    calendar_version = models.CharField(max_length=80)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.RECEIVED)
    received_by = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    next_due_on = models.DateField(null=True)
    next_clock = models.CharField(max_length=6, blank=True)
    next_organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="+")
    petition_count = models.PositiveIntegerField(default=1)
    is_joint = models.BooleanField(default=False)
    is_group = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    is_assigned = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["root_organ", "stage", "next_due_on", "id"], name="matter_stage_due"),
            models.Index(fields=["root_organ", "next_due_on", "id"], name="matter_due"),
            models.Index(fields=["root_organ", "-received_on", "-id"], name="matter_received"),
            models.Index(fields=["holder", "stage", "next_due_on", "id"], name="matter_holder_stage_due"),
            models.Index(fields=["holder", "received_on", "id"], name="matter_holder_received"),
        ]

    def __str__(self) -> str:
        return self.number

    #: No column: what the statement that fetched it for an act knew of the office's calendar.
    newest_calendar_day: int | None = None

    @cached_property
    def contacts(self) -> list[tuple[int, bool, bytes | None]]:
        """Ordinal, whether he speaks for others, and sealed e-mail address of each petitioner; read once."""
        with connection.cursor() as cursor:
            cursor.execute(_CONTACTS, [self.pk])
            return cursor.fetchall()

    @property
    def is_sealed(self) -> bool:
        """Whether its texts are kept encrypted: accusations, and what is confidential."""
        return self.kind == Kind.ACCUSATION or self.confidentiality >= 2


# Written out, because every act asks it.
_CONTACTS = "SELECT ordinal, is_speaker, email FROM matters_petitioner WHERE matter_id = %s ORDER BY ordinal"


class Petition(models.Model):
    """One contact on one day by some persons through one channel; 件次, 批次 and 人次 count these."""

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="petitions")
    event_seq = models.PositiveIntegerField()
    channel = models.CharField(max_length=16, choices=Channel)
    received_by = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    posted_on = models.DateField(null=True)
    persons = models.PositiveIntegerField(default=1)
    involved = models.PositiveIntegerField(default=1)
    address_unclear = models.BooleanField(default=False)
    source_key = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(persons__gte=1, persons__lte=9999), name="persons_1_to_9999"),
            models.UniqueConstraint(
                fields=["root_organ_id", "source_key"], condition=~Q(source_key=""), name="a_ledger_row_enters_once"
            ),
        ]


class Petitioner(models.Model):
    """Somebody who petitions; what identifies a person is encrypted with the matter's own key."""

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="petitioners")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="petitioners")
    ordinal = models.PositiveIntegerField()
    is_organisation = models.BooleanField(default=False)
    is_speaker = models.BooleanField(default=False)
    name = models.BinaryField(null=True)
    id_number = models.BinaryField(null=True)
    telephone = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    address = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "ordinal"], name="petitioner_ordinal")]
        ordering = ["ordinal"]


class Claim(models.Model):
    """One thing that is asked; the words stand beside the record under ``claim.<ordinal>``."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Being handled")
        SUPPORTED = "supported", _("Supported")
        EXPLAINED = "explained", _("Explained")
        NOT_SUPPORTED = "not_supported", _("Not supported")

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="claims")
    ordinal = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.OPEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "ordinal"], name="claim_ordinal")]
        ordering = ["ordinal"]


class Involvement(models.Model):
    """An organ that had or has to do with a matter, and so may see it."""

    class Part(models.TextChoices):
        RECEIVER = "receiver", _("Received it")
        HOLDER = "holder", _("Handles it")
        RETURNED = "returned", _("Returned it")
        REVIEWER = "reviewer", _("Reviews it")

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="involved")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "organ"], name="involved_once")]
        indexes = [models.Index(fields=["organ", "matter"], name="involved_organ")]


class Sight(models.Model):
    """That an organ has a matter in its subtree, with what lists are sorted by. Triggers keep it: never write it."""

    pk = models.CompositePrimaryKey("matter_id", "scope_id")
    scope_id = models.BigIntegerField()
    matter = models.ForeignKey(
        Matter, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="sights"
    )
    holder_id = models.BigIntegerField()
    stage = models.CharField(max_length=12)
    received_on = models.DateField()
    next_due_on = models.DateField(null=True)
    confidentiality = models.PositiveSmallIntegerField()
    is_accusation = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["scope_id", "received_on", "matter_id"], name="sight_received"),
            models.Index(fields=["scope_id", "next_due_on", "matter_id"], name="sight_due"),
            models.Index(fields=["scope_id", "stage", "received_on", "matter_id"], name="sight_stage_received"),
            models.Index(fields=["scope_id", "stage", "next_due_on", "matter_id"], name="sight_stage_due"),
            models.Index(fields=["scope_id", "holder_id", "received_on", "matter_id"], name="sight_holder_received"),
            models.Index(
                fields=["scope_id", "holder_id", "stage", "next_due_on", "matter_id"], name="sight_holder_stage_due"
            ),
        ]


class Accused(models.Model):
    """Whom a matter complains of: an organ, or somebody on the staff of one."""

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="accused")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(organ=None, user=None), name="accused_is_somebody")]


class Recusal(models.Model):
    """Somebody stays away from a matter for a direct interest in it (Article 28)."""

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "user"], condition=Q(ended_on=None), name="recused_once"),
        ]


class ClockRow(models.Model):
    """The result of one clock as the last act left it; ``clocks_of`` the record is the truth."""

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="clocks")
    clock = models.CharField(max_length=6)
    organ = models.CharField(max_length=32, blank=True)
    petitioner = models.CharField(max_length=8, blank=True)
    started_on = models.DateField()
    legal_due = models.DateField(null=True)
    stat_due = models.DateField(null=True)
    state = models.CharField(max_length=8)
    stopped_on = models.DateField(null=True)
    extended_by = models.PositiveSmallIntegerField(default=0)
    paused_days = models.PositiveSmallIntegerField(default=0)
    article = models.CharField(max_length=60)
    pack_version = models.CharField(max_length=80)
    calendar_version = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "clock", "organ", "petitioner", "started_on"], name="clock_once_per_start"
            ),
        ]
        indexes = [
            models.Index(
                fields=["root_organ_id", "organ", "legal_due"],
                condition=Q(state__in=["running", "paused", "missed"]),
                name="clock_open",
            ),
            models.Index(
                fields=["root_organ_id", "legal_due"],
                condition=Q(state__in=["running", "missed"]),
                name="clock_due",
            ),
            models.Index(fields=["root_organ_id", "organ"], condition=Q(state="paused"), name="clock_paused"),
        ]


class Reminder(models.Model):
    """That an organ was told of a duty: once for each due day of a clock, and for each paper."""

    root_organ_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=140)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="reminded_once")]


class QueryAttempt(models.Model):
    """Wrong query codes, counted by number and by address for a quarter of an hour."""

    key = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)


class IdempotencyKey(models.Model):
    """What a creating request answered, so that the same request again answers the same."""

    owner = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    content = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    answer = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key")]


class LedgerRun(models.Model):
    """One import of a ledger: the hash of its file keys its rows, so that the same file doubles nothing."""

    root_organ_id = models.BigIntegerField()
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    file_hash = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    registered = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
