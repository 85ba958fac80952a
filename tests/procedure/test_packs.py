"""The packs: dated data with a source, overlays over an edition, absence meaning none."""

import pytest

from tests.procedure.records import day
from xinqiao.procedure import Article, UnknownPackError, load_pack, pack_ids
from xinqiao.procedure.articles import LANGUAGES, han_number
from xinqiao.procedure.names import CLOCKS

PRINTED = ("K02", "K03", "K04", "K06", "K08", "K10", "K11", "K12", "K13", "K14", "K15", "K16")


def test_the_editions_there_are() -> None:
    assert pack_ids() == (
        "CN-2005",
        "CN-2005-BJ",
        "CN-2005-HA",
        "CN-2005-SD",
        "CN-2005-SH",
        "CN-2005-ZJ",
        "CN-2022",
        "CN-2022-CONGRESS",
        "CN-2022-ENTERPRISE",
    )


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_edition_is_dated_and_sourced(pack_id: str) -> None:
    pack = load_pack(pack_id)
    assert pack.id == pack_id
    assert pack.source
    assert pack.checked_on == day("2025-04-19")
    assert pack.version.startswith(f"{pack_id}@2025-04-19+")
    assert pack.lineage[0] == pack_id


def test_versions_differ_by_content() -> None:
    assert len({load_pack(pack_id).version for pack_id in pack_ids()}) == len(pack_ids())


def test_an_unknown_edition_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownPackError, match=r"CN-1995.*CN-2005.*CN-2022"):
        load_pack("CN-1995")


@pytest.mark.parametrize(
    ("clock", "days_2022", "article_2022", "days_2005", "article_2005"),
    [
        ("K02", 15, "第二十二条", 15, "第二十一条"),
        ("K03", 15, "第二十三条", 15, "第二十二条"),
        ("K04", 15, "第二十三条", 15, "第二十一条"),
        ("K08", 60, "第三十四条", 60, "第三十三条"),
        ("K11", 30, "第三十五条", 30, "第三十四条"),
        ("K12", 30, "第三十五条", 30, "第三十四条"),
        ("K13", 30, "第三十六条", 30, "第三十五条"),
        ("K14", 30, "第三十六条", 30, "第三十五条"),
        ("K21", 30, "第四十条", 30, "第三十六条"),
    ],
)
def test_the_two_national_editions(
    clock: str, days_2022: int, article_2022: str, days_2005: int, article_2005: str
) -> None:
    new, old = load_pack("CN-2022").clocks[clock], load_pack("CN-2005").clocks[clock]
    assert (new.days, new.article) == (days_2022, f"信访工作条例 {article_2022}")
    assert (old.days, old.article) == (days_2005, f"信访条例 {article_2005}")


def test_the_national_extension_is_thirty_days_and_only_of_the_handling() -> None:
    for pack_id in ("CN-2022", "CN-2005"):
        extensions = {key: rule.max_extension for key, rule in load_pack(pack_id).clocks.items() if rule.max_extension}
        assert extensions == {"K08": 30}


def test_only_the_re_review_stands_still_for_a_hearing() -> None:
    for pack_id in pack_ids():
        assert {key for key, rule in load_pack(pack_id).clocks.items() if rule.pauses_for_hearing} <= {"K14"}


@pytest.mark.parametrize(
    ("pack_id", "clock", "days", "unit", "extension"),
    [
        ("CN-2005-ZJ", "K04", 5, "working", 0),
        ("CN-2005-ZJ", "K08", 30, "calendar", 60),
        ("CN-2005-BJ", "K05", 5, "working", 0),
        ("CN-2005-BJ", "K12", 30, "calendar", 30),
        ("CN-2005-BJ", "K14", 30, "calendar", 30),
        ("CN-2005-SH", "K08", 60, "calendar", 30),
        ("CN-2005-SD", "K02", 15, "calendar", 0),
        ("CN-2005-HA", "K02", 5, "calendar", 0),
        ("CN-2005-HA", "K05", 5, "calendar", 0),
    ],
)
def test_what_a_local_edition_changes(pack_id: str, clock: str, days: int, unit: str, extension: int) -> None:
    rule = load_pack(pack_id).clocks[clock]
    assert (rule.days, rule.unit, rule.max_extension) == (days, unit, extension)


@pytest.mark.parametrize(
    ("pack_id", "absent"),
    [("CN-2005", {"K05"}), ("CN-2005-ZJ", {"K05"}), ("CN-2005-BJ", set()), ("CN-2005-HA", {"K13", "K14"})],
)
def test_absence_means_none(pack_id: str, absent: set[str]) -> None:
    assert {clock for clock in (*PRINTED, "K05") if not load_pack(pack_id).has_clock(clock)} == absent


def test_what_an_overlay_leaves_out_is_the_editions() -> None:
    assert load_pack("CN-2005-ZJ").clocks["K11"] is not None
    assert load_pack("CN-2005-ZJ").article("K11") == load_pack("CN-2005").article("K11")
    assert load_pack("CN-2005-ZJ").lineage == ("CN-2005-ZJ", "CN-2005")


@pytest.mark.parametrize("pack_id", pack_ids())
def test_a_number_that_was_not_read_in_a_text_is_marked(pack_id: str) -> None:
    pack = load_pack(pack_id)
    assert pack.clocks["K24"].unverified
    assert pack.clocks["K24"].note
    if "CN-2022" in pack.lineage:
        assert all(pack.clocks[clock].unverified for clock in ("K15", "K16", "K17"))


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_clock_is_named_and_cited_in_three_languages(pack_id: str) -> None:
    for rule in load_pack(pack_id).clocks.values():
        assert all(rule.name.text(lang) for lang in LANGUAGES)
        assert isinstance(rule.article, Article)
        assert len({rule.article.text(lang) for lang in LANGUAGES}) >= 2
        assert rule.duty_of in ("bureau", "organ", "petitioner")


def test_every_clock_that_has_a_name_is_in_an_edition() -> None:
    assert set(load_pack("CN-2022").clocks) == set(CLOCKS)


@pytest.mark.parametrize(
    ("pack_id", "on", "in_force"),
    [
        ("CN-2005", "2022-04-30", True),
        ("CN-2005", "2022-05-01", False),
        ("CN-2022", "2022-04-30", False),
        ("CN-2022", "2022-05-01", True),
    ],
)
def test_when_an_edition_is_in_force(pack_id: str, on: str, in_force: bool) -> None:
    assert load_pack(pack_id).is_in_force(day(on)) is in_force


@pytest.mark.parametrize(
    ("pack_id", "persons", "most"),
    [("CN-2022", 2, 5), ("CN-2022", 500, 5), ("CN-2005-ZJ", 10, 3), ("CN-2005-ZJ", 11, 5)],
)
def test_how_many_may_speak(pack_id: str, persons: int, most: int) -> None:
    assert load_pack(pack_id).representatives_max(persons) == most


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (34, "三十四"),
        (100, "一百"),
        (110, "一百一十"),
        (201, "二百零一"),
        (203, "二百零三"),
        (1005, "一千零五"),
        (1260, "一千二百六十"),
    ],
)
def test_numbers_of_articles(number: int, written: str) -> None:
    assert han_number(number) == written


def test_an_item_of_an_article() -> None:
    hearing = load_pack("CN-2022").article("open_hearing")
    assert hearing == "信访工作条例 第三十一条第六项"
    assert hearing.text("zh-Hant") == "信訪工作條例 第三十一條第六項"
    assert hearing.text("en") == "Regulations on Letters and Visits Work (2022), Article 31(6)"
