"""What the office must publish (Article 18): there for everybody, in three languages, with the days of its rules."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.portal.conftest import Visitor, words
from tests.portal.stories import on, walked
from xinqiao.organs.models import Organ
from xinqiao.organs.tree import found_organ
from xinqiao.portal import urls
from xinqiao.portal.act_forms import FORMS
from xinqiao.portal.laws import REGULATIONS
from xinqiao.record import published_keys

PAGES = ["home", "submit-kind", "track", "addresses", "procedure", "law", "privacy", "retaliation", "receipts"]
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


AROUND = sum(
    (STATIC / file).stat().st_size for file in ("tokens.css", "base.css", "components.css", "xinqiao.js", "mark.svg")
)


def weighed(answer: Any) -> int:
    """All that is sent for a page, uncompressed: markup with its drawings, style sheets, script and mark."""
    assert answer.status_code in {200, 422}
    return AROUND + len(answer.content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_weighs_less_than_100_kb(visitor: Visitor, language: str) -> None:
    visitor.client.cookies["django_language"] = language
    weights = {name: weighed(visitor.get(reverse(f"portal:{name}"))) for name in PAGES}
    weights["account, wrong"] = weighed(visitor.post("/submit/account") if visitor.fill() else None)
    weights |= {step: weighed(visitor.get(f"/submit/{step}")) for step in ("account", "person", "files")}
    visitor.hand_in(who="several", person={"others": "\n".join(f"乡亲{n}" for n in range(200))})
    weights["receipt"] = weighed(visitor.get("/submit/receipt"))
    done = walked(visitor.office, "rereview_served")
    with on("2027-01-20"):
        visitor.follow(done.number, done.query_code)
        weights["matter"] = weighed(visitor.get(f"/track/{done.number}"))
        weights |= {act: weighed(visitor.get(f"/track/{done.number}/{act}")) for act in FORMS}
    assert max(weights.values()) < 100 * KILOBYTE, weights


def test_the_addresses_of_a_whole_county_weigh_less_than_100_kb(visitor: Visitor) -> None:
    told: dict[str, Any] = {
        "parent": visitor.office.organs["HC"],
        "level": "village",
        "address": "禾川县云溪镇振兴街道办事处南二巷 118 号",
        "telephone": "0000-6125 0011",
        "reception_hours": "工作日 8:30–12:00，14:00–17:30；每月 5 日、15 日、25 日领导接待",
    }
    for n in range(60):
        found_organ(code=f"V{n}", name=f"禾川县云溪镇第{n}村村民委员会", **told)
    assert weighed(visitor.get("/info/addresses")) < 100 * KILOBYTE


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


def test_each_article_is_told_in_plain_words_with_its_number(visitor: Visitor) -> None:
    page = words(visitor.get("/info/law"))
    for told in ("信访工作条例（2022年）", "第十八条", "谁也不能打击报复信访人", "信访条例", "第三十六条"):
        assert told in page


@pytest.mark.parametrize(
    ("pack", "last", "needed"),
    [
        ("CN-2022", 50, {17, 18, 19, 20, 22, 23, 31, 32, 34, 35, 36}),
        ("CN-2005", 51, {9, 12, 17, 18, 21, 32, 33, 34, 35}),
    ],
)
def test_the_articles_exist_and_stand_once(pack: str, last: int, needed: set[int]) -> None:
    numbers = [number for part in REGULATIONS[pack] for number, _said in part.articles]
    assert len(numbers) == len(set(numbers))
    assert needed <= set(numbers) <= set(range(1, last + 1))


def test_organs_stand_under_their_level_the_own_one_first(visitor: Visitor) -> None:
    levels = visitor.get("/info/addresses").context["levels"]
    assert [level for level, _organs in levels] == ["县", "市", "乡镇", "村"]
    assert levels[0][1][0].code == "HCXF"


def test_a_telephone_can_be_called_from_every_page(visitor: Visitor) -> None:
    for name in PAGES:
        assert 'href="tel:000061234567"' in words(visitor.get(reverse(f"portal:{name}")))


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
    assert rooms == {"number", "attachment", "file_id", "paper"}


@pytest.mark.parametrize("path", ["/submit", "/submit/account", "/submit/files", "/submit/check", "/track"])
def test_a_form_without_its_proof_is_not_taken(visitor: Visitor, path: str) -> None:
    visitor.client.handler.enforce_csrf_checks = True
    assert visitor.post(path, kind="appeal").status_code == 403


def test_an_address_that_leads_nowhere_still_says_whose_site_it_is(visitor: Visitor) -> None:
    page = visitor.get("/nothing-here")
    assert page.status_code == 404
    assert "禾川县信访局" in words(page)
    assert "0000-6123 4567" in words(page)


def test_it_says_so_where_there_is_no_office_too(db: None, client: Client) -> None:
    assert client.get("/nothing-here").status_code == 404
