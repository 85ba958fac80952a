"""What a petitioner does on a followed matter: each act allowed and refused, the same before the click and after it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.office import PERSON
from tests.portal.conftest import Visitor, upload, words
from tests.portal.stories import on, received, walked
from xinqiao.documents.services import attachments_of
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.supplement import supplement
from xinqiao.matters.models import Matter
from xinqiao.matters.submission import Person
from xinqiao.record import events_of, texts_of
from xinqiao.reviews.models import Review

REASON = "答复没有说明2024年维修资金的去向。"


def types_of(done: Registered) -> list[str]:
    return [event.type for event in events_of(done.matter.stream_id)]


def following(visitor: Visitor, done: Registered) -> str:
    """Follow, and where the matter's pages are."""
    visitor.follow(done.number, done.query_code)
    return f"/track/{done.number}"


def seen(visitor: Visitor, path: str) -> str:
    """How many events the form had shown."""
    return str(visitor.get(path).context["form"].initial["seen"])


def test_words_and_files_are_added(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        at = following(visitor, done)
        answer = visitor.post(f"{at}/supplement", {"text": "墙又裂了一条缝。", "photos": [upload()]})
        assert answer["Location"] == at
        page = words(visitor.get(at))
    assert "补充的内容已经收到" in page
    assert "墙又裂了一条缝。" in page
    assert [row.shown_name for row in attachments_of(done.matter.stream)] == ["外墙.png"]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({}, "text", "写"),  # neither words nor a file
        ({"text": "漏" * 20_001}, "text", "20000"),
        ({"photos": [upload("程序.exe", b"MZ\x90" + bytes(99))]}, "__all__", "程序.exe"),
    ],
)
def test_an_addition_that_is_not_taken_is_said_so(
    visitor: Visitor, data: dict[str, Any], field: str, sentence: str
) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        at = following(visitor, done)
        answer = visitor.post(f"{at}/supplement", data)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert types_of(done) == ["received"]


def test_an_addition_sent_twice_is_added_once(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        at = following(visitor, done)
        shown = seen(visitor, f"{at}/supplement")
        for _click in range(2):
            assert visitor.post(f"{at}/supplement", text="墙又裂了。", seen=shown)["Location"] == at
    assert types_of(done) == ["received", "supplemented"]


def test_two_additions_are_two(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        at = following(visitor, done)
        for text in ("墙又裂了。", "门也裂了。"):
            visitor.post(f"{at}/supplement", text=text, seen=seen(visitor, f"{at}/supplement"))
    assert types_of(done) == ["received", "supplemented", "supplemented"]


def test_what_an_organ_did_meanwhile_stops_no_petitioner(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        at = following(visitor, done)
        shown = seen(visitor, f"{at}/supplement")
        supplement(number=done.number, actor=visitor.office.hexiaowen, text="电话核实了住址。")
        visitor.post(f"{at}/supplement", text="墙又裂了。", seen=shown)
    assert types_of(done) == ["received", "supplemented", "supplemented"]


def test_withdrawing_asks_on_a_page_of_its_own_and_can_be_undone(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        at = following(visitor, done)
        asked = words(visitor.get(f"{at}/withdraw"))
        assert "7 日内可以在这里反悔" in asked
        assert types_of(done) == ["received"]
        visitor.post(f"{at}/withdraw", reason="先等等。")
    assert types_of(done) == ["received", "withdrawn"]
    with on("2026-09-02"):  # the seventh day
        at = following(visitor, done)
        assert visitor.post(f"{at}/restore")["Location"] == at
    assert types_of(done) == ["received", "withdrawn", "restored"]
    assert Matter.objects.get(number=done.number).stage == "received"


def test_on_the_eighth_day_a_withdrawal_stands(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        visitor.post(f"{following(visitor, done)}/withdraw")
    with on("2026-09-03"):
        at = following(visitor, done)
        before = visitor.get(f"{at}/restore")
        after = visitor.post(f"{at}/restore")
    assert (before.status_code, after.status_code) == (200, 409)
    assert before.context["door"] == after.context["door"]
    assert "不能恢复" in words(after)
    assert types_of(done) == ["received", "withdrawn"]


@pytest.mark.parametrize(
    ("step", "day", "path", "sentence", "article"),
    [
        ("accepted", "2026-09-14", "review", "还没有书面答复", "第三十五条"),
        ("replied", "2026-11-07", "review", "意见书还没有送到您手上", "第三十五条"),
        ("reply_served", "2026-11-11", "rereview", "复核在复查之后", "第三十六条"),
        ("review_requested", "2026-11-23", "review", "已经申请过一次", "第三十六条"),
        ("rereview_served", "2027-01-20", "rereview", "已经申请过一次", "第三十六条"),
        ("accepted", "2026-09-14", "restore", "您没有撤回", ""),
    ],
)
def test_a_closed_door_says_the_same_before_the_click_and_after_it(
    visitor: Visitor, step: str, day: str, path: str, sentence: str, article: str
) -> None:
    done = walked(visitor.office, step)
    length = len(types_of(done))
    with on(day):
        at = following(visitor, done)
        closed = {door.verb: door for door in visitor.get(at).context["doors"].closed}
        before = visitor.get(f"{at}/{path}").context["door"]
        answer = visitor.post(f"{at}/{path}", reason=REASON, confirmed="1")
    assert answer.status_code == 409
    assert answer.context["door"] == before
    assert sentence in before.reason
    assert article in before.article
    assert path == "restore" or closed[path].reason == before.reason
    assert len(types_of(done)) == length


@pytest.mark.parametrize(
    ("step", "day", "path", "event", "organ"),
    [
        ("reply_served", "2026-11-20", "review", "review_requested", "HC"),
        ("review_served", "2026-12-15", "rereview", "rereview_requested", "YZ"),
    ],
)
def test_asking_is_read_once_more_before_it_is_sent(
    visitor: Visitor, step: str, day: str, path: str, event: str, organ: str
) -> None:
    done = walked(visitor.office, step)
    with on(day):
        at = following(visitor, done)
        shown = seen(visitor, f"{at}/{path}")
        asked = visitor.post(f"{at}/{path}", reason=REASON, to=organ, seen=shown)
        assert asked.status_code == 200
        assert REASON in words(asked)
        assert types_of(done)[-1] != event
        sent = visitor.post(f"{at}/{path}", reason=REASON, to=organ, seen=shown, confirmed="1")
        again = visitor.post(f"{at}/{path}", reason=REASON, to=organ, seen=shown, confirmed="1")
    assert sent["Location"] == again["Location"] == at
    assert types_of(done).count(event) == 1
    row = Review.objects.get(matter__number=done.number, decided_on=None)
    assert row.organ == visitor.office.organs[organ]
    assert texts_of(done.matter.stream_id)[len(types_of(done)), "reason"] == REASON


def test_either_superior_can_be_asked_and_no_other_organ(visitor: Visitor) -> None:
    done = walked(visitor.office, "reply_served")
    with on("2026-11-20"):
        at = following(visitor, done)
        form = visitor.get(f"{at}/review").context["form"]
        assert [code for code, _name in form.fields["to"].choices] == ["HC", "YZZJ"]
        wrong = visitor.post(f"{at}/review", reason=REASON, to="HCZJ", confirmed="1")
        assert wrong.status_code == 422
        visitor.post(f"{at}/review", reason=REASON, to="YZZJ", confirmed="1")
    assert Review.objects.get().organ.code == "YZZJ"


def test_a_request_needs_its_reasons_and_can_be_changed_before_it_is_sent(visitor: Visitor) -> None:
    done = walked(visitor.office, "reply_served")
    with on("2026-11-20"):
        at = following(visitor, done)
        assert visitor.post(f"{at}/review", reason=" ", to="HC", confirmed="1").status_code == 422
        changed = visitor.post(f"{at}/review", reason=REASON, to="YZZJ", edit="1")
    assert changed.status_code == 200
    assert changed.context["form"]["reason"].value() == REASON
    assert changed.context["form"]["to"].value() == "YZZJ"
    assert not Review.objects.exists()


def test_a_late_request_is_taken_and_put_on_record_as_late(visitor: Visitor) -> None:
    done = walked(visitor.office, "reply_served")
    with on("2026-12-11"):  # the day after the last
        at = following(visitor, done)
        doors = visitor.get(at).context["doors"]
        assert doors.lapsed.reason == "最后一天是 2026年12月10日（星期四），已经过了。"
        assert doors.lapsed.article == "信访工作条例 第三十五条"
        assert "期限已经过了" in words(visitor.get(f"{at}/review"))
        visitor.post(f"{at}/review", reason=REASON, to="HC", confirmed="1")
    assert Review.objects.get().is_late


def test_of_several_petitioners_one_can_ask_for_himself(visitor: Visitor) -> None:
    both = (PERSON, Person(name="顾明", address="禾川县锦和苑3号楼102"))
    done = walked(visitor.office, "reply_served", petitioners=both)
    with on("2026-11-20"):
        at = following(visitor, done)
        choices = visitor.get(f"{at}/review").context["form"].fields["petitioner"].choices
        assert [str(name) for _code, name in choices] == ["我们全体", "安平", "顾明"]
        visitor.post(f"{at}/review", reason=REASON, to="HC", petitioner="2", confirmed="1")
    assert Review.objects.get().petitioner == "2"


def test_what_was_written_when_the_hour_ended_waits_for_the_code(visitor: Visitor) -> None:
    done = walked(visitor.office, "reply_served")
    with on("2026-11-20"):
        at = following(visitor, done)
    with on("2026-11-20", hour=11):
        answer = visitor.post(f"{at}/review", reason=REASON, to="HC")
        assert answer["Location"] == f"/track?number={done.number}"
        visitor.follow(done.number, done.query_code)
        assert visitor.get(f"{at}/review").context["form"]["reason"].value() == REASON


def test_somebody_elses_code_acts_on_nothing(visitor: Visitor, another: Callable[[], Visitor]) -> None:
    done, other = received(visitor.office), received(visitor.office)
    with on("2026-08-26"):
        following(visitor, other)
        assert visitor.post(f"/track/{done.number}/withdraw").status_code == 302
    assert types_of(done) == ["received"]


CHECKED = [("reply_served", "2026-11-20", "review", "HC"), ("review_served", "2026-12-15", "rereview", "YZ")]


def buttons(page: Any) -> list[str]:
    """What stands on the buttons of the form, in their order."""
    return re.findall(r"<button[^>]*>([^<]+)</button>", words(page).split("<main")[1])


@pytest.mark.parametrize(("step", "day", "path", "organ"), CHECKED)
def test_a_request_says_on_each_page_whether_it_has_been_sent_and_that_no_other_paper_is_needed(
    visitor: Visitor, step: str, day: str, path: str, organ: str
) -> None:
    done = walked(visitor.office, step)
    with on(day):
        at = following(visitor.speaking("en"), done)
        form, check = visitor.get(f"{at}/{path}"), visitor.post(f"{at}/{path}", reason=REASON, to=organ)
        assert "is the application itself" not in words(visitor.get(f"{at}/supplement"))
    assert buttons(form) == ["Go on and look once more"]
    assert "<h1>Not sent yet: please look once more</h1>" in words(check)
    assert buttons(check) == ["Confirm the request", "Change it"]
    for page in (form, check):
        assert "is the application itself; you need not hand in any other paper" in words(page)


def test_whoever_leaves_the_last_look_finds_his_request_again_until_it_is_sent(visitor: Visitor) -> None:
    done = walked(visitor.office, "reply_served")
    with on("2026-11-20"):
        at = following(visitor, done)
        visitor.post(f"{at}/review", reason=REASON, to="YZZJ")
        again = visitor.get(f"{at}/review").context["form"]
        assert (again["reason"].value(), again["to"].value()) == (REASON, "YZZJ")
        assert not Review.objects.exists()
        visitor.post(f"{at}/review", reason=REASON, to="YZZJ", confirmed="1")
        assert visitor.client.session.get(f"portal:unsent:review:{done.number}") is None


@pytest.mark.parametrize(
    ("step", "promise", "thanks"),
    [
        ("", "The organ to which the matter goes then sees it too.", "stands with the matter"),
        ("assigned", "It goes to the organ that handles the matter", "whoever handles the matter sees it"),
    ],
)
def test_an_addition_promises_the_organ_in_charge_only_where_there_is_one(
    visitor: Visitor, step: str, promise: str, thanks: str
) -> None:
    done = walked(visitor.office, step) if step else received(visitor.office)
    with on("2026-08-28"):
        at = following(visitor.speaking("en"), done)
        assert promise in words(visitor.get(f"{at}/supplement"))
        visitor.post(f"{at}/supplement", text="墙又裂了。")
        assert thanks in words(visitor.get(at))


@pytest.mark.parametrize(
    ("path", "step", "day", "data"),
    [
        ("supplement", "", "2026-08-26", {"text": "漏" * 20_001}),
        ("withdraw", "", "2026-08-26", {"reason": "漏" * 4001}),
        ("review", "reply_served", "2026-11-20", {"reason": "漏" * 4001, "to": "HC"}),
    ],
)
def test_what_is_too_long_is_kept_whole_and_said_so(
    visitor: Visitor, path: str, step: str, day: str, data: dict[str, str]
) -> None:
    done = walked(visitor.office, step) if step else received(visitor.office)
    with on(day):
        at = following(visitor, done)
        assert "maxlength" not in words(visitor.get(f"{at}/{path}"))
        answer = visitor.post(f"{at}/{path}", data)
    name = next(iter(data))
    assert answer.status_code == 422
    assert str(len(data[name])) in " ".join(answer.context["form"].errors[name])
    assert answer.context["form"][name].value() == data[name]
