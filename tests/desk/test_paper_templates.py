"""The texts of papers are an administrator's: each version stays, and a paper keeps the one it was issued with."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.desk.conftest import SignedIn
from tests.desk.test_papers import text_of, url_of
from tests.matters import cases
from tests.office import Office
from xinqiao.documents.models import Paper, PaperSeries, PaperTemplate
from xinqiao.documents.shipping import ship_after_migrate
from xinqiao.documents.template_texts import FIELDS, KINDS, shipped_texts
from xinqiao.documents.template_versions import ensure_template, save_template
from xinqiao.matters.actions.accept import accept

URL = "/desk/administration/papers/acceptance"


def sent(**changes: str) -> dict[str, str]:
    """The form as the page shows it, with what is written otherwise."""
    texts = shipped_texts("acceptance")
    fields = {f"{p}_{name}": texts[s][name] for s, p in (("zh-hans", "hans"), ("zh-hant", "hant")) for name in texts[s]}
    return {"seen": "1", "note_of_change": "", **fields, **changes}


def test_a_new_text_holds_from_the_next_paper_on(office: Office, as_: SignedIn, on: Any) -> None:
    before, after = cases.handled(office, on).number, cases.sent(office, on).number
    changed = sent(hans_body="{信访人}的事项已经受理。\r\n特此告知。", note_of_change="写得短些")
    assert as_("admin").post(URL, changed, follow=True).status_code == 200
    with on("2026-03-09"):
        accept(number=after, actor=office.jiangbo, path=6)
    clerk = as_("hexiaowen")
    old, new = (text_of(clerk.get(url_of(number, "acceptance")).content) for number in (before, after))
    assert "该事项属于本机关职权范围" in old
    assert "安平的事项已经受理。" in new
    row = PaperTemplate.objects.get(kind="acceptance", version=2)
    assert (row.note, row.saved_by_id, row.texts["zh-hans"]["body"]) == (
        "写得短些",
        office.people["admin"].pk,
        "{信访人}的事项已经受理。\n特此告知。",
    )


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{信訪人}：", "没有占位符 {信訪人}"),  # the Traditional name in the Simplified text
        ("{审查结论}", "没有占位符 {审查结论}"),  # known, but not to a notice of acceptance
        ("于{收到日期收到", "没有占位符 {{}"),  # a brace that is not closed
        ("", "填写"),
        ("字" * 4001, "4000"),
    ],
)
def test_a_text_that_cannot_be_is_refused_at_its_field(
    office: Office, as_: SignedIn, written: str, sentence: str
) -> None:
    page = as_("admin").post(URL, sent(hans_body=written))
    assert page.status_code == 422
    assert sentence in page.context["form"].errors["hans_body"][0]
    assert not PaperTemplate.objects.filter(kind="acceptance", version__gt=1).exists()


def test_of_two_who_write_at_once_the_second_is_told(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    client.post(URL, sent(hans_title="甲"))
    page = client.post(URL, sent(hans_title="乙"))
    assert page.status_code == 422
    assert "乙" in page.content.decode()  # nothing typed is lost
    assert PaperTemplate.objects.filter(kind="acceptance").count() == 2


def test_going_back_adds_a_version(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    client.post(URL, sent(hans_title="甲"))
    client.post(f"{URL}/restore", {"version": "1", "seen": "2"})
    newest = PaperTemplate.objects.filter(kind="acceptance").first()
    assert newest is not None
    assert (newest.version, newest.restored_from) == (3, 1)
    assert newest.texts == shipped_texts("acceptance")


def test_the_preview_shows_what_is_written_and_keeps_nothing(office: Office, as_: SignedIn) -> None:
    pdf = as_("admin").post(f"{URL}/preview", sent(hans_body="试写：{信访人}。"))
    assert "试写：安平。" in text_of(pdf.content)
    assert "预览件" in text_of(pdf.content).replace(" ", "")
    assert PaperTemplate.objects.filter(kind="acceptance").count() == 1


def test_every_kind_opens_and_every_version_is_printed(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    assert client.get("/desk/administration/papers").status_code == 200
    for kind in KINDS:
        assert client.get(f"/desk/administration/papers/{kind}").status_code == 200, kind
        for script in ("zh-hans", "zh-hant"):
            pdf = client.get(f"/desk/administration/papers/{kind}/versions/1?script={script}")
            assert pdf["Content-Type"] == "application/pdf", (kind, script)


def test_the_database_keeps_every_version(office: Office) -> None:
    row = ensure_template("reply", root_organ_id=office.root_id)
    for change in (lambda: PaperTemplate.objects.update(note="x"), row.delete):
        with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
            change()


def test_a_newer_program_brings_its_texts_but_replaces_nobodys(office: Office, monkeypatch: Any) -> None:
    ensure_template("reply", root_organ_id=office.root_id)
    texts = shipped_texts("acceptance")
    own = {script: {**fields, "title": "本局的写法"} for script, fields in texts.items()}
    save_template("acceptance", own, root_organ_id=office.root_id, by=office.people["admin"])
    newer = {script: dict.fromkeys(FIELDS["reply"], "新") for script in texts}
    monkeypatch.setattr("xinqiao.documents.template_texts.shipped_texts", lambda kind: newer)
    for _twice in range(2):
        ship_after_migrate(using="default")
    rows = PaperTemplate.objects.filter(root_organ_id=office.root_id)
    assert next(row.texts["zh-hans"]["title"] for row in rows.filter(kind="reply")) == "新"
    assert rows.filter(kind="reply").count() == 2
    assert rows.filter(kind="acceptance").first().texts == own  # type: ignore[union-attr]


def test_prefixes_are_changed_for_the_next_number(office: Office, as_: SignedIn, on: Any) -> None:
    number = cases.sent(office, on).number
    client = as_("admin")
    url = "/desk/administration/paper-numbers/HCZJ"
    assert client.get("/desk/administration/paper-numbers").status_code == 200
    form = client.get(url).context["form"]
    written = {name: form.initial[name] for name in form.fields}
    assert written["reply"] == "禾建信"
    assert client.post(url, {**written, "acceptance": "HC-1"}).status_code == 422  # no characters of a prefix
    assert client.post(url, {**written, "acceptance": "禾信转"}).status_code == 422  # the petition office's
    assert client.post(url, {**written, "acceptance": "禾住建受"}).status_code == 302
    with on("2026-03-09"):
        accept(number=number, actor=office.jiangbo, path=6)
    assert Paper.objects.get(kind="acceptance").number == "禾住建受〔2026〕1号"
    assert PaperSeries.objects.get(organ__code="HCZJ", kind="acceptance").changed_by == office.people["admin"]
