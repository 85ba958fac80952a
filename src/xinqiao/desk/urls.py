"""Addresses of the desk. A new one needs a row in the permission matrix."""

from django.urls import path

from xinqiao.desk import (
    bulk,
    exporting,
    home,
    list_pages,
    lists,
    log,
    matter,
    paper_numbers,
    paper_templates,
    papers,
    posts,
    registering,
    viewing,
    work_exporting,
)
from xinqiao.desk.account import urls as account
from xinqiao.desk.acts import views as acts
from xinqiao.desk.administration import urls as administration
from xinqiao.desk.drafts import pages as drafts

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("notices", home.read_notices, name="read-notices"),
    path("posts", posts.posts, name="posts"),
    path("register", registering.register_page, name="register"),
    path("register/due", registering.due_hint, name="register-due"),
    path("register/done", registering.receipt_page, name="receipt"),
    path("register/done/paper", papers.receipt_paper, name="receipt-paper"),
    path("drafts", drafts.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>/discard", drafts.discard, name="discard-draft"),
    path("work.xlsx", work_exporting.export_work, name="export-work"),
    path("transfer", bulk.transfer_many, name="transfer-many"),
    path("columns/<str:list_name>", list_pages.columns_page, name="columns"),
    path("views/<str:list_name>", list_pages.views_page, name="views"),
    path("matters", lists.matters, name="matters"),
    path("matters.xlsx", exporting.export, name="export"),
    path("matters/<str:number>", matter.matter_page, name="matter"),
    path("matters/<str:number>/contact", matter.contact_page, name="contact"),
    path("matters/<str:number>/files/<int:attachment_id>", viewing.download_file, name="download"),
    path("matters/<str:number>/files/<int:attachment_id>/view", viewing.view_file, name="file"),
    path("matters/<str:number>/files/<int:attachment_id>/inline", viewing.inline_file, name="inline"),
    path("matters/<str:number>/papers/<int:paper_id>", papers.paper_page, name="paper"),
    path("matters/<str:number>/papers/<int:paper_id>/slip", papers.slip_page, name="slip"),
    path("matters/<str:number>/<str:verb>", acts.act_page, name="act"),
    path("matters/<str:number>/<str:verb>/preview", papers.preview_page, name="preview"),
    *account.urlpatterns,
    *administration.urlpatterns,
    path("administration/papers", paper_templates.templates, name="paper-templates"),
    path("administration/papers/<str:kind>", paper_templates.template_page, name="paper-template"),
    path("administration/papers/<str:kind>/preview", paper_templates.template_preview, name="paper-template-preview"),
    path("administration/papers/<str:kind>/restore", paper_templates.restore, name="paper-template-restore"),
    path(
        "administration/papers/<str:kind>/versions/<int:version>",
        paper_templates.template_version,
        name="paper-template-version",
    ),
    path("administration/paper-numbers", paper_numbers.numbers, name="paper-numbers"),
    path("administration/paper-numbers/<str:code>", paper_numbers.prefixes, name="paper-prefixes"),
    path("looks", log.looks, name="looks"),
    path("admin-session", log.admin_session, name="admin-session"),
    path("admin-session/end", log.end_admin_session, name="end-admin-session"),
]
