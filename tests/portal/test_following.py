"""Following with number and code: who may, how long, and that guessing is slow and learns nothing."""

import re
from collections.abc import Callable

import pytest

from tests.portal.conftest import Visitor, upload, words
from tests.portal.stories import on, received
from xinqiao.documents.models import Attachment
from xinqiao.documents.services import attach
from xinqiao.matters.models import QueryAttempt
from xinqiao.organs.models import Organ
from xinqiao.portal.forms import NUMBER_EXAMPLE, TrackForm
from xinqiao.portal.track import typed


def test_number_and_code_open_the_matter(visitor: Visitor) -> None:
    done = received(visitor.office)
    assert visitor.follow(done.number, done.query_code)["Location"] == f"/track/{done.number}"
    page = visitor.get(f"/track/{done.number}")
    assert page.status_code == 200
    assert done.query_code not in words(page)
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("keyed_in", "read_as"),
    [
        ("hc2026-00128", "HC2026-00128"),  # small letters
        (" ＨＣ２０２６－００１２８ ", "HC2026-00128"),  # wide letters and figures of a Chinese keyboard
        ("HC2026—00128", "HC2026-00128"),  # another dash
        ("禾信  2026-03876", "禾信 2026-03876"),
        ("4821 7730 9156", "4821 7730 9156"),
    ],
)
def test_numbers_are_read_as_people_key_them_in(keyed_in: str, read_as: str) -> None:
    assert typed(keyed_in) == read_as


@pytest.mark.parametrize("how", ["{}", " {} ", "{:.4} {:.8}", "wide"])
def test_the_code_may_be_keyed_in_groups(visitor: Visitor, how: str) -> None:
    done = received(visitor.office)
    code = done.query_code
    spelt = {
        "{}": code,
        " {} ": f" {code} ",
        "{:.4} {:.8}": " ".join((code[:4], code[4:8], code[8:])),
        "wide": "".join(chr(ord(figure) + 0xFEE0) for figure in code),
    }[how]
    assert visitor.follow(done.number.lower(), spelt).status_code == 302


def test_an_unknown_number_and_a_wrong_code_are_answered_alike(visitor: Visitor) -> None:
    done = received(visitor.office)
    wrong = visitor.follow(done.number, "000000000000")
    unknown = visitor.follow("HC2026-99999", "000000000000")
    assert wrong.status_code == unknown.status_code == 422
    assert _plain(words(wrong), done.number) == _plain(words(unknown), "HC2026-99999")
    assert "编号和查询码对不上" in words(wrong)


def _plain(page: str, number: str) -> str:
    """Without what differs on every page: the proof of the form, and the number as it was keyed in."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page).replace(number, "")


@pytest.mark.parametrize("code", ["1234", "0123456789012", "查询码在回执上"])
def test_what_cannot_be_a_query_code_is_told_so_and_counts_as_no_try(visitor: Visitor, code: str) -> None:
    number, right = visitor.hand_in()
    for _ in range(12):
        page = visitor.post("/track", number=number, code=code)
        assert page.status_code == 422
        assert "查询码是 12 位数字" in words(page)
    assert visitor.follow(number, right).status_code == 302


def test_after_ten_wrong_codes_looking_up_rests_for_everybody_who_guesses(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-11-23"):
        for _guess in range(10):
            assert visitor.follow(done.number, "000000000000").status_code == 422
        answer = visitor.follow(done.number, done.query_code)
        assert answer.status_code == 429
        assert answer["Retry-After"] == "900"
        assert "15 分钟内不能查询" in words(answer)
    with on("2026-11-23", minute=16):
        assert visitor.follow(done.number, done.query_code).status_code == 302


def test_whoever_follows_already_is_not_shut_out_by_guessers(visitor: Visitor, another: Callable[[], Visitor]) -> None:
    done = received(visitor.office)
    visitor.follow(done.number, done.query_code)
    guesser = another()
    for _guess in range(11):
        guesser.follow(done.number, "000000000000")
    assert visitor.get(f"/track/{done.number}").status_code == 200
    assert QueryAttempt.objects.exists()


@pytest.mark.parametrize("path", ["", "/supplement", "/withdraw", "/restore", "/review", "/rereview", "/files/1"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_code_a_matter_does_not_seem_to_exist(visitor: Visitor, path: str, method: str) -> None:
    done = received(visitor.office)
    if method == "post" and path in ("", "/files/1"):
        assert visitor.post(f"/track/{done.number}{path}").status_code == 405
        return
    there = getattr(visitor, method)(f"/track/{done.number}{path}")
    nowhere = getattr(visitor, method)(f"/track/HC2026-99999{path}")
    assert there.status_code == nowhere.status_code == 302
    assert there["Location"] == f"/track?number={done.number}"
    assert nowhere["Location"] == "/track?number=HC2026-99999"


def test_one_code_opens_one_matter(visitor: Visitor) -> None:
    mine, other = received(visitor.office), received(visitor.office)
    visitor.follow(mine.number, mine.query_code)
    assert visitor.get(f"/track/{other.number}").status_code == 302


@pytest.mark.parametrize(
    ("minutes", "status"),
    [
        (59, 200),
        (61, 302),  # an hour without a page, and the code is asked for again
    ],
)
def test_the_code_is_held_for_an_hour(visitor: Visitor, minutes: int, status: int) -> None:
    done = received(visitor.office)
    with on("2026-11-23"):
        visitor.follow(done.number, done.query_code)
    with on("2026-11-23", hour=9 + minutes // 60, minute=minutes % 60):
        assert visitor.get(f"/track/{done.number}").status_code == status


def test_leaving_keeps_nothing_on_the_device(visitor: Visitor) -> None:
    number, _code = visitor.hand_in()
    visitor.post("/submit", kind="proposal")
    visitor.post("/track/leave")
    assert visitor.get(f"/track/{number}").status_code == 302
    assert visitor.get("/submit/receipt").status_code == 410
    assert visitor.get("/submit/account")["Location"] == "/submit?gone=1"


def test_own_files_can_be_fetched_and_those_of_staff_cannot(visitor: Visitor) -> None:
    token = visitor.fill()
    visitor.post("/submit/files", {"photos": [upload()]})
    visitor.post("/submit/check", token=token)
    own = Attachment.objects.get()
    number = visitor.get("/submit/receipt").context["number"]
    answer = visitor.get(f"/track/{number}/files/{own.pk}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    (of_staff,) = attach(own.stream, [upload("内部.png")], by=visitor.office.people["jiangbo"])
    assert visitor.get(f"/track/{number}/files/{of_staff.pk}").status_code == 404
    assert "内部.png" not in words(visitor.get(f"/track/{number}"))


def test_the_file_of_another_matter_is_not_there(visitor: Visitor) -> None:
    mine, other = received(visitor.office), received(visitor.office)
    (foreign,) = attach(other.matter.stream, [upload()], from_petitioner=True)
    visitor.follow(mine.number, mine.query_code)
    assert visitor.get(f"/track/{mine.number}/files/{foreign.pk}").status_code == 404


@pytest.mark.parametrize(
    ("number", "could_be_one"),
    [
        ("HC2026-99999", True),
        ("HC2026-123456", True),  # more than the pattern has room for
        ("hc2026-256", False),  # the noughts are missing
        ("2026-00128", False),  # the letters are
        ("00128", False),
        ("13800000000", False),  # a telephone number
        ("禾信〔2026〕0128号", True),  # the petition office has a pattern of its own in this test
        ("禾信〔2026〕128号", False),
    ],
)
def test_what_cannot_be_a_number_is_told_what_one_looks_like(visitor: Visitor, number: str, could_be_one: bool) -> None:
    Organ.objects.filter(code="HCXF").update(number_pattern="禾信〔{year}〕{seq:04}号")
    answer = visitor.follow(number, "000000000000")
    errors = answer.context["form"].errors
    assert answer.status_code == 422
    assert ("__all__" in errors) is could_be_one
    assert could_be_one or NUMBER_EXAMPLE in errors["number"][0]
    assert NUMBER_EXAMPLE in str(TrackForm().fields["number"].help_text)


def test_a_number_opens_its_matter_without_what_stands_between_its_parts(visitor: Visitor) -> None:
    """A dash is hard to find on a telephone: HC202600001 and HC2026 00001 are as good as HC2026-00001."""
    done = received(visitor.office)
    for spelt in (done.number.replace("-", ""), done.number.replace("-", " "), done.number.replace("-", "").lower()):
        assert visitor.follow(spelt, done.query_code)["Location"] == f"/track/{done.number}"


def test_a_number_of_a_pattern_that_is_no_longer_used_still_opens_its_matter(visitor: Visitor) -> None:
    done = received(visitor.office)
    Organ.objects.exclude(number_pattern="").update(number_pattern="信{year}第{seq:05}")
    assert visitor.follow(done.number, done.query_code).status_code == 302
