"""Codes as words: what an event, an act or a text of the record is called."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "received": _("Received and registered"),
    "transferred": _("Transferred"),
    "assigned": _("Assigned"),
    "reported_up": _("Reported to the leadership"),
    "objected": _("Objection raised"),
    "objection_decided": _("Objection decided"),
    "accepted": _("Accepted"),
    "declined": _("Not accepted"),
    "path_changed": _("Path changed"),
    "converted": _("Moved to the ordinary procedure"),
    "annotated": _("Leader's instruction"),
    "extended": _("Time extended"),
    "hearing_opened": _("Hearing opened"),
    "hearing_closed": _("Hearing closed"),
    "settled": _("Settled by agreement"),
    "replied": _("Written opinion given"),
    "served": _("Document served"),
    "delivered": _("Notice delivered"),
    "reported": _("Report of conclusion sent"),
    "review_requested": _("Review requested"),
    "reviewed": _("Review opinion given"),
    "rereview_requested": _("Re-review requested"),
    "rereviewed": _("Re-review opinion given"),
    "supplemented": _("Material added"),
    "withdrawn": _("Withdrawn"),
    "restored": _("Withdrawal taken back"),
    "closed": _("Closed"),
    "reopened": _("Reopened"),
    "recused": _("Recusal"),
    "erased": _("Erased by law"),
    "recomputed": _("Clocks recomputed"),
}
ACTS = {
    "transfer": _("Transfer"),
    "assign": _("Assign"),
    "report_up": _("Report to the leadership"),
    "object": _("Object and return"),
    "decide_objection": _("Decide the objection"),
    "accept": _("Accept"),
    "decline": _("Decline"),
    "change_path": _("Change the path"),
    "convert": _("Move to the ordinary procedure"),
    "annotate": _("Write an instruction"),
    "extend": _("Extend the time"),
    "open_hearing": _("Open a hearing"),
    "close_hearing": _("Close the hearing"),
    "settle": _("Record an agreement"),
    "reply": _("Give the written opinion"),
    "serve": _("Record service"),
    "report": _("Send the report of conclusion"),
    "request_review": _("Request a review"),
    "review": _("Give the review opinion"),
    "request_rereview": _("Request a re-review"),
    "rereview": _("Give the re-review opinion"),
    "supplement": _("Add material"),
    "withdraw": _("Record a withdrawal"),
    "restore": _("Take the withdrawal back"),
    "close": _("Close the matter"),
    "reopen": _("Reopen"),
    "recuse": _("Recuse somebody"),
}
TEXTS = {
    "text": _("Words of the petitioner"),
    "title": _("Subject"),
    "place": _("Place"),
    "ledger": _("Noted in the ledger"),
    "note": _("Note"),
    "reason": _("Reason"),
    "basis": _("Legal basis"),
    "door": _("Whom to turn to"),
    "facts": _("Facts and reasons"),
    "opinion": _("Opinion"),
    "agreement": _("Terms agreed"),
    "conclusion": _("Conclusion"),
    "evidence": _("Evidence of service"),
    "report": _("Report"),
    "signed_paper": _("Signed paper"),
    "waiver": _("Paper in which the remedy was given up"),
    "service_failed": _("Why it could not be served"),
}
DOCUMENTS = {
    "acceptance": _("notice of acceptance"),
    "reply": _("written opinion"),
    "review": _("review opinion"),
    "rereview": _("re-review opinion"),
    "extension": _("notice of extension"),
    "destination": _("notice of destination"),
    "not_accepted": _("notice of non-acceptance"),
    "settlement": _("mediation agreement"),
}
OUTCOMES = {
    "supported": _("Supported"),
    "explained": _("Explained"),
    "not_supported": _("Not supported"),
    "upheld": _("Upheld"),
    "revoked": _("Revoked"),
    "changed": _("Changed"),
    "remade": _("To be made anew"),
}
PATHS = {
    1: _("Procedure of court, procuratorate or police"),
    2: _("Arbitration"),
    3: _("Appeal of a Party member, re-examination"),
    4: _("Administrative review, ruling, confirmation, licence or penalty"),
    5: _("Duty to investigate or protect"),
    6: _("Petition procedure"),
}
DECLINES = {"not_accepted": _("Not accepted"), "not_again": _("Not accepted again")}
HEARINGS = {"handling": _("Handling"), "review": _("Review"), "rereview": _("Re-review")}
CHECKS = {
    "settled": _("What was rightly asked has been settled"),
    "explained": _("What could not be granted has been explained"),
    "aided": _("Hardship has been met with help"),
    "lawful": _("What broke the law has been dealt with by law"),
}
SEALED_TITLE = _("Report or accusation, open it to read")
CONFIDENTIAL_TITLE = _("Confidential matter, open it to read")
HIDDEN_FROM_PETITIONER = frozenset(
    {"annotated", "objected", "objection_decided", "reported_up", "recused", "reported", "recomputed"}
)
