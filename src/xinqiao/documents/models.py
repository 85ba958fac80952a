"""Files, attachments, papers and their deliveries.

No column refers to a matter: ``stream`` is the handle of its record. No path, no text of a file and, where the matter
is sealed, no name of a file stands here in clear.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from xinqiao.documents.labels import DeliveryMethod, PaperKind, PaperState, ScanState
from xinqiao.record.models import OptionalBytes


class File(models.Model):
    """Bytes on disk, found by ``sha256`` of the bytes as they lie there (for a sealed file: of the ciphertext)."""

    root_organ_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.UNSCANNED)
    sealed = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root_organ_id", "sha256"], name="file_once_per_office"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_is_hex"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="file_sha256"),
            models.Index(fields=["id"], name="file_to_scan", condition=~Q(scan__in=["clean", "infected"])),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"


class Attachment(models.Model):
    """A file in a record: who added it, to which contact or act, under which name.

    ``name`` is empty where the stream is sealed; ``sealed_name`` then holds it, and ``attachments_of`` opens it.
    """

    root_organ_id = models.BigIntegerField()
    stream = models.ForeignKey("record.Stream", on_delete=models.PROTECT, related_name="attachments")
    petition_id = models.BigIntegerField(null=True)
    event_seq = models.PositiveIntegerField(null=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=140, blank=True)
    sealed_name = OptionalBytes(null=True)
    position = models.PositiveSmallIntegerField()
    sealed = models.BooleanField(default=False)
    from_petitioner = models.BooleanField(default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    added_on = models.DateField()

    # Not columns: what services put in for the caller; empty on a row that was fetched directly.
    shown_name: str = ""
    content_sha256: str = ""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed=True, name="", sealed_name__isnull=False)
                | (Q(sealed=False, sealed_name__isnull=True) & ~Q(name="")),
                name="attachment_name_sealed_or_clear",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.pk}"


class Paper(models.Model):
    """An official document of a record; ``petitioners``: ordinals of those it must reach (empty: the only one).

    ``facts`` is what the organ was called, where it sat and which days held when the paper was issued; ``content`` the
    hash of the canonical content (``paper_proofs``), ``signature`` and ``signer`` (raw public key) vouch for it. A
    paper from before numbers were given has none of these.
    """

    root_organ_id = models.BigIntegerField()
    stream = models.ForeignKey("record.Stream", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind)
    organ = models.ForeignKey("organs.Organ", on_delete=models.PROTECT, related_name="+")
    event_seq = models.PositiveIntegerField()
    issued_on = models.DateField()
    number = models.CharField(max_length=60, null=True)
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.ISSUED)
    must_be_served = models.BooleanField()
    service_due_on = models.DateField(null=True)
    petitioners = ArrayField(models.PositiveSmallIntegerField(), default=list)
    template = models.ForeignKey("PaperTemplate", on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(null=True)
    content = models.CharField(max_length=71, blank=True, db_default="")
    signature = OptionalBytes(null=True)
    signer = OptionalBytes(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["root_organ_id", "number"], name="paper_number_once"),
            models.CheckConstraint(
                condition=Q(service_due_on__isnull=True) | Q(service_due_on__gte=F("issued_on")),
                name="paper_service_due_after_issue",
            ),
        ]
        indexes = [
            models.Index(
                fields=["service_due_on"],
                name="paper_unserved",
                condition=Q(must_be_served=True, state__in=["issued", "failed"]),
            ),
            models.Index(
                fields=["organ", "service_due_on"],
                name="paper_to_serve",
                condition=Q(must_be_served=True, state__in=["issued", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.pk}"

    @property
    def petitioner_ordinal(self) -> int | None:
        """The petitioner addressed, where there is exactly one."""
        return self.petitioners[0] if len(self.petitioners) == 1 else None


class Delivery(models.Model):
    """A paper reached one petitioner. ``sealed_evidence`` (who signed, which witness) opens with the stream's key."""

    root_organ_id = models.BigIntegerField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="deliveries")
    petitioner = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=16, choices=DeliveryMethod)
    served_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    refused = models.BooleanField(default=False)
    sealed_evidence = OptionalBytes(null=True)
    evidence_attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "petitioner"], name="delivery_once_per_petitioner"),
            models.CheckConstraint(condition=Q(refused=False) | Q(method="left"), name="delivery_refused_means_left"),
            models.CheckConstraint(
                condition=~Q(method__in=["left", "public_notice"])
                | Q(sealed_evidence__isnull=False)
                | Q(evidence_attachment__isnull=False),
                name="delivery_left_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}→{self.petitioner} {self.served_on}"


class PaperTemplate(models.Model):
    """One version of the texts of a kind of paper, by script and field. The database refuses to change or delete one.

    ``saved_by`` is empty where the texts came with the program; ``restored_from`` is the version that was taken again.
    """

    root_organ_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=PaperKind)
    version = models.PositiveIntegerField()
    texts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)
    restored_from = models.PositiveIntegerField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["root_organ_id", "kind", "version"], name="paper_template_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class PaperSeries(models.Model):
    """The prefix (发文代字) of the numbers of a kind of paper at an organ; kinds with one prefix share its count."""

    root_organ_id = models.BigIntegerField()
    organ = models.ForeignKey("organs.Organ", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=PaperKind)
    prefix = models.CharField(max_length=12)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "kind"], name="paper_series_once")]

    def __str__(self) -> str:
        return self.prefix


class PaperCounter(models.Model):
    """The last number given under a prefix in a year. Its row is locked from the number to the commit of the act."""

    root_organ_id = models.BigIntegerField()
    organ = models.ForeignKey("organs.Organ", on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "prefix", "year"], name="paper_counter_once")]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.last}"
