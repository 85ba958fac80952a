"""Addresses of the portal. No query code, and no name, ever stands in one."""

from django.urls import URLPattern, path

from xinqiao.portal import check_step, files_step, home, info, paper_pages, receipt_check, receipts, submit, track
from xinqiao.portal.act_forms import FORMS
from xinqiao.portal.acts import act_view

app_name = "portal"


urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("submit", submit.kind, name="submit-kind"),
    path("submit/account", submit.account, name="submit-account"),
    path("submit/person", submit.person, name="submit-person"),
    path("submit/files", files_step.files, name="submit-files"),
    path("submit/files/<str:file_id>", files_step.kept_file, name="kept-file"),
    path("submit/check", check_step.check, name="submit-check"),
    path("submit/discard", submit.discard, name="discard"),
    path("submit/receipt", receipts.receipt, name="receipt"),
    path("submit/receipt/file", receipts.receipt_file, name="receipt-file"),
    path("submit/receipt/paper", paper_pages.receipt_paper, name="receipt-paper"),
    path("submit/receipt/taken", receipts.receipt_taken, name="receipt-taken"),
    path("track", track.track, name="track"),
    path("track/leave", track.leave, name="leave"),
    path("track/<str:number>", track.matter, name="matter"),
    path("track/<str:number>/files/<int:attachment>", track.file, name="file"),
    path("track/<str:number>/papers/<int:paper>", paper_pages.paper, name="paper"),
    *(path(f"track/<str:number>/{name}", act_view(name), name=name) for name in FORMS),
    path("papers/verify", paper_pages.verify, name="verify"),
    path("info/addresses", info.addresses, name="addresses"),
    path("info/procedure", info.procedure, name="procedure"),
    path("info/law", info.law, name="law"),
    path("info/privacy", info.privacy, name="privacy"),
    path("info/retaliation", info.retaliation, name="retaliation"),
    path("info/receipts", receipt_check.receipts, name="receipts"),
]
