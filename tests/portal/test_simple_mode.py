"""The simple mode for old people: one thing a page, the telephone in front, and nothing lost by changing modes."""

import pytest

from tests.portal.conftest import ACCOUNT, KIND, PERSON, Visitor, words
from tests.portal.stories import on, walked
from xinqiao.components.surfaces import LARGE_COOKIE
from xinqiao.matters.models import Matter


@pytest.fixture
def simple(visitor: Visitor) -> Visitor:
    """Somebody who chose large print; the cookie keeps it."""
    visitor.get("/settings/large-print", to="1", next="/")
    assert visitor.client.cookies[LARGE_COOKIE].value == "1"
    return visitor


def test_the_telephone_stands_before_everything_else(simple: Visitor) -> None:
    page = words(simple.get("/"))
    main = page[page.index("<main") :]
    assert main.index("tel:000061234567") < main.index("/submit")
    assert "<table" not in main
    assert "<table" in words(simple.get("/", all="1"))


SAID = {"kind": "appeal", **ACCOUNT, **PERSON}


@pytest.mark.parametrize(
    ("kind", "who", "pages"),
    [
        ("appeal", "person", ["kind", "who", "text", "title", "claims", "name", "telephone", "confidential"]),
        ("accusation", "person", ["kind", "who", "text", "title", "claims", "organ", "name", "telephone"]),
        ("proposal", "anonymous", ["kind", "who", "text", "title", "claims", "telephone", "confidential"]),
        (
            "appeal",
            "several",
            ["kind", "who", "text", "title", "claims", "name", "telephone", "speakers", "others", "confidential"],
        ),
    ],
)
def test_each_page_asks_one_thing(simple: Visitor, kind: str, who: str, pages: list[str]) -> None:
    said = SAID | {"kind": kind, "who": who, "others": "顾明"}
    at, asked = "/submit", []
    while "files" not in at:
        form = simple.get(at).context["form"]
        asked.append(next(iter(form.fields)))
        answer = simple.post(at, {name: said.get(name, "") for name in form.fields})
        assert answer.status_code == 302, form.errors
        at = answer["Location"]
    assert asked == pages
    simple.post(at)
    page = simple.get("/submit/check")
    assert page.context["position"] == (len(pages) + 2, len(pages) + 2)
    simple.post("/submit/check", token=page.context["draft"].token)
    assert Matter.objects.count() == 1


def test_what_is_wrong_stands_on_the_page_that_asks_it(simple: Visitor) -> None:
    simple.post("/submit", kind="appeal")
    assert simple.post("/submit/account", text=" ").status_code == 422
    assert simple.post("/submit/account?ask=claims", claims="修好北墙").status_code == 302
    wrong = simple.get("/submit/check")
    assert wrong["Location"] == "/submit/account?check=1"
    assert list(simple.get("/submit/account", check="1").context["form"].fields) == ["text"]


@pytest.mark.parametrize(
    ("at", "typed", "before"),
    [
        ("account?ask=title", {"title": "北墙渗水"}, "/submit/account?ask=text"),
        ("account?ask=text", {"text": ""}, "/submit?ask=who"),
        ("person?ask=name", {"name": ""}, "/submit/account?ask=claims"),
    ],
)
def test_back_goes_one_question_back_and_keeps_what_was_typed(
    simple: Visitor, at: str, typed: dict[str, str], before: str
) -> None:
    simple.post("/submit", kind="appeal")
    assert simple.post(f"/submit/{at}", typed, back="1")["Location"] == before
    kept = simple.get(f"/submit/{at}").context["form"]
    assert {name: kept[name].value() for name in typed} == typed


def test_the_title_is_asked_for_and_may_be_left_out(simple: Visitor) -> None:
    simple.post("/submit", kind="appeal")
    page = simple.get("/submit/account?ask=title")
    assert page.context["optional"] == "可不填"
    assert simple.post("/submit/account?ask=title", title="")["Location"] == "/submit/account?ask=claims"


@pytest.mark.parametrize("field", ["speakers", "others"])
def test_a_list_that_may_not_be_empty_together_with_the_other_is_never_called_optional(
    simple: Visitor, field: str
) -> None:
    simple.speaking("en").post("/submit", kind="appeal")
    simple.post("/submit?ask=who", who="several")
    page = words(simple.get(f"/submit/person?ask={field}"))
    assert page.count("at least one more in the two lists together") == 2  # in the heading, and for screen readers
    assert "optional" not in page


def test_changing_modes_loses_nothing(visitor: Visitor) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/account", ACCOUNT)
    visitor.get("/settings/large-print", to="1", next="/")
    visitor.post("/submit/account?ask=claims", claims="修好北墙")
    visitor.get("/settings/large-print", to="0", next="/")
    kept = visitor.get("/submit/account").context["form"]
    assert (kept["title"].value(), kept["place"].value()) == (ACCOUNT["title"], ACCOUNT["place"])
    assert kept["claims"].value() == "修好北墙"


def test_what_no_simple_page_asks_is_put_right_on_the_whole_page(visitor: Visitor) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/account", ACCOUNT | {"place": "楼" * 101})
    visitor.get("/settings/large-print", to="1", next="/")
    assert "place" in visitor.get("/submit/account", check="1").context["form"].fields


def test_a_matter_is_told_in_a_few_words_with_whom_to_call(simple: Visitor) -> None:
    done = walked(simple.office, "accepted")
    with on("2026-11-13"):  # the answer was due on the ninth
        simple.follow(done.number, done.query_code)
        page = words(simple.get(f"/track/{done.number}"))
        whole = words(simple.get(f"/track/{done.number}", all="1"))
    for told in ("已过期限 4 日", "tel:000061238890", "tel:000061234567", "补充材料", "撤回"):
        assert told in page
    assert '<ol class="timeline">' not in page
    assert '<ol class="timeline">' in whole
