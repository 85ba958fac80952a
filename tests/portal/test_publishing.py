"""What the office must publish (Article 18): there for everybody, in three languages, with the days of its rules."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.portal.conftest import Visitor, words
from xinqiao.organs.models import Organ
from xinqiao.portal import urls
from xinqiao.record import published_keys

PAGES = ["home", "submit-kind", "track", "addresses", "procedure", "privacy", "retaliation", "receipts"]
LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
KILOBYTE = 1000
STATIC = Path(__file__).parents[2] / "src" / "xinqiao" / "components" / "static" / "xinqiao"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_there_for_everybody_in_every_language(visitor: Visitor, name: str, language: str) -> None:
    visitor.client.cookies["django_language"] = language
    answer = visitor.get(reverse(f"portal:{name}"))
    page = words(answer)
    assert answer.status_code == 200
    assert f'<html lang="{LANGUAGES[language]}"' in page
    assert page.count("<h1") == 1
    assert not re.search(r"%\(|\{\{|\{%", page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_its_styles_weighs_less_than_100_kb(visitor: Visitor, name: str) -> None:
    around = sum((STATIC / file).stat().st_size for file in ("tokens.css", "base.css", "components.css", "xinqiao.js"))
    page = len(visitor.get(reverse(f"portal:{name}")).content)
    assert page + around < 100 * KILOBYTE


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_style_and_no_script_of_its_own(visitor: Visitor, name: str) -> None:
    page = words(visitor.get(reverse(f"portal:{name}")))
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son[a-z]+=", page)


@pytest.mark.parametrize("where", ["addresses", "home"])
def test_address_telephone_and_hours_are_those_of_the_office(visitor: Visitor, where: str) -> None:
    page = words(visitor.get(reverse(f"portal:{where}")))
    for published in ("禾川县信访局", "禾川县文昌路18号", "0000-6123 4567", "8:30–12:00"):
        assert published in page


@pytest.mark.parametrize(
    ("pack", "days"),
    [
        ("CN-2022", ["15 日", "15 日", "60＋30 日", "30 日", "30 日", "30 日", "30 日"]),
        ("CN-2005-ZJ", ["15 日", "5 个工作日", "30＋60 日", "30 日", "30 日", "30 日", "30 日"]),
    ],
)
def test_the_days_are_those_of_the_rules_the_office_works_by(visitor: Visitor, pack: str, days: list[str]) -> None:
    Organ.objects.update(pack=pack)
    for page in ("home", "procedure"):
        rows = visitor.get(reverse(f"portal:{page}")).context["durations"]
        assert [row.longest for row in rows] == days


def test_a_step_that_the_rules_do_not_know_is_left_out(visitor: Visitor) -> None:
    Organ.objects.update(pack="CN-2005-HA")  # there is no re-review in that edition
    steps = [row.step for row in visitor.get("/info/procedure").context["durations"]]
    assert not any("复核" in step for step in steps)


def test_the_keys_are_those_that_sign(visitor: Visitor) -> None:
    page = words(visitor.get("/info/receipts")).replace("<wbr>", "")
    keys: Any = published_keys()["keys"]
    assert keys
    for key in keys:
        assert key["key"] in page
    assert "/.well-known/xinqiao-keys.json" in page


def test_retaliation_leads_to_a_sealed_report(visitor: Visitor) -> None:
    page = words(visitor.get("/info/retaliation"))
    assert "/submit?kind=accusation" in page
    form = visitor.get("/submit", kind="accusation").context["form"]
    assert form.initial["kind"] == "accusation"


def test_no_address_of_the_portal_has_room_for_a_code() -> None:
    rooms = {name for pattern in urls.urlpatterns for name in re.findall(r"<\w+:(\w+)>", str(pattern.pattern))}
    assert rooms == {"number", "attachment", "file_id"}


@pytest.mark.parametrize("path", ["/submit", "/submit/account", "/submit/files", "/submit/check", "/track"])
def test_a_form_without_its_proof_is_not_taken(visitor: Visitor, path: str) -> None:
    visitor.client.handler.enforce_csrf_checks = True
    assert visitor.post(path, kind="appeal").status_code == 403
