"""Codes of papers, deliveries and files, and what they are called. The Chinese names are the legal ones."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """A paper of the procedure; the code is stable, the name is in the catalogue."""

    RECEIPT = "receipt", _("Receipt of registration")
    ACCEPTANCE = "acceptance", _("Notice of acceptance")
    NOT_ACCEPTED = "not_accepted", _("Notice of non-acceptance")
    NOT_AGAIN = "not_again", _("Notice that a matter is not accepted again")
    TRANSFER = "transfer", _("Letter of transfer")
    ASSIGNMENT = "assignment", _("Letter of assignment")
    DESTINATION = "destination", _("Notice of where a petition was sent")
    PROCEDURAL = "procedural", _("Procedural notice")
    EXTENSION = "extension", _("Notice of extension")
    REPLY = "reply", _("Written opinion on the petition")
    SETTLEMENT = "settlement", _("Mediation agreement")
    REPORT = "report", _("Report of conclusion")
    REVIEW = "review", _("Opinion of the review")
    REREVIEW = "rereview", _("Opinion of the re-review")
    RETURN_SLIP = "return_slip", _("Certificate of service")
    OBJECTION = "objection", _("Objection to a transfer")
    OBJECTION_DECISION = "objection_decision", _("Decision on an objection")
    HEARING = "hearing", _("Notice of hearing")
    WITHDRAWAL = "withdrawal", _("Request for withdrawal")
    CLOSURE = "closure", _("Notice of closure")


class PaperState(TextChoices):
    """A paper counts when it is served; one that failed must be served another way."""

    DRAFT = "draft", _("draft")
    ISSUED = "issued", _("issued, not yet served")
    SERVED = "served", _("served")
    FAILED = "failed", _("service failed")
    VOID = "void", _("void")


class DeliveryMethod(TextChoices):
    """The ladder of service, by analogy with the Civil Procedure Law, Articles 87 to 91 and 95."""

    IN_PERSON = "in_person", _("handed over in person")
    LEFT = "left", _("left at the home after a refusal")
    ELECTRONIC = "electronic", _("electronically, by consent")
    POST = "post", _("by post")
    PUBLIC_NOTICE = "public_notice", _("by public notice")


class ScanState(TextChoices):
    """What the virus check said; what no scanner has seen is never called clean."""

    UNSCANNED = "unscanned", _("not checked for viruses")
    CLEAN = "clean", _("checked for viruses, nothing found")
    UNANSWERED = "unanswered", _("the virus check gave no answer")
    INFECTED = "infected", _("harmful: download is closed")
