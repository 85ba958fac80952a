"""What notices say: whole sentences in three languages, the day with its weekday, and a subject that tells nothing."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.notices.days import day_for_citizen, day_for_staff
from xinqiao.notices.facts import COUNTS, DAYS, TEXTS, store
from xinqiao.notices.kinds import NoticeKind
from xinqiao.notices.models import Channel, Notice
from xinqiao.notices.wordings import WORDINGS

LANGUAGES = ["zh-hans", "zh-hant", "en"]
MONDAY = date(2026, 11, 23)
EVERYTHING = {
    **{name: f"〈{name}〉" for name in TEXTS},
    **dict.fromkeys(DAYS, MONDAY),
    **dict.fromkeys(COUNTS, 30),
}


def notice(kind: str, channel: str = Channel.EMAIL, *, neutral: bool = False, **facts: object) -> Notice:
    return Notice(kind=kind, channel=channel, neutral=neutral, facts={} if neutral else store(facts))


@pytest.mark.parametrize(
    ("language", "citizen", "staff"),
    [
        ("zh-hans", "2026年11月23日（星期一）", "2026-11-23 周一"),
        ("zh-hant", "2026年11月23日（星期一）", "2026-11-23 週一"),
        ("en", "Monday, 23 November 2026", "2026-11-23 Mon"),
    ],
)
def test_a_day_has_its_weekday(language: str, citizen: str, staff: str) -> None:
    with translation.override(language):
        assert (day_for_citizen(MONDAY), day_for_staff(MONDAY)) == (citizen, staff)


@pytest.mark.parametrize("kind", NoticeKind.values)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", [Channel.DESK, Channel.EMAIL])
def test_every_kind_has_words(kind: str, language: str, channel: str) -> None:
    """With all facts, with the number alone and with none: something is said, and no hole is left."""
    with translation.override(language):
        for facts in (EVERYTHING, {"number": "2026-0017"}, {}):
            told = notice(kind, channel, **facts)
            assert told.subject
            assert told.body.strip()
            assert "%(" not in told.subject + told.body


@pytest.mark.parametrize("kind", NoticeKind.values)
def test_first_sentence_needs_the_number_alone(kind: str) -> None:
    """So that a kind never falls back to saying nothing."""
    with translation.override("en"):
        for parts in (WORDINGS[NoticeKind(kind)].citizen, WORDINGS[NoticeKind(kind)].staff):
            if parts:
                assert str(parts[0]) % {"number": "2026-0017"}


def test_a_sentence_without_its_fact_is_left_out() -> None:
    with translation.override("en"):
        whole = notice("accepted", number="N1", organ="Housing", on=MONDAY, due_on=date(2027, 1, 22)).body
        part = notice("accepted", number="N1").body
    assert "a written answer by Friday, 22 January 2027" in whole
    assert "Housing" in whole
    assert "written answer" not in part
    assert "N1 was accepted" in part


def test_people_outside_are_spoken_to_as_an_office_does() -> None:
    with translation.override("zh-hans"):
        letter = notice("accepted", number="2026-0017", organ="云溪县住建局", on=MONDAY, due_on=date(2027, 1, 22)).body
    assert letter.startswith("您好：")
    assert "您" in letter.removeprefix("您好：")
    assert "2027年1月22日（星期五）" in letter
    assert not set("！!") & set(letter)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(min_size=4, alphabet="王李张赵刘陈0123456789检举控告"), kind=st.sampled_from(NoticeKind.values))
def test_a_subject_never_contains_a_fact(language: str, text: str, kind: str) -> None:
    facts = dict.fromkeys(TEXTS, text) | {"due_on": MONDAY, "days": 47}
    with translation.override(language):
        outside = {notice(k, **facts).subject for k in (kind, "registered", "accepted")}
        desk = notice(kind, Channel.DESK, **facts).subject
    assert len(outside) == 1  # the same for every kind: not even what happened is told
    for subject in (*outside, desk):
        assert text not in subject
        assert "2026" not in subject
        assert "47" not in subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", [Channel.DESK, Channel.EMAIL])
def test_neutral_notices_are_all_alike(language: str, channel: str) -> None:
    """Whoever reads one cannot tell an accusation from anything else, nor what became of it."""
    with translation.override(language):
        told = {(n.subject, n.body) for n in (notice(k, channel, neutral=True) for k in NoticeKind.values)}
    assert len(told) == 1
    subject, body = told.pop()
    for word in ("检举", "控告", "檢舉", "accus", "retaliat", "保密", "confidential"):
        assert word not in (subject + body).lower()
