"""The prefix that an organ's numbers have at first: place, line of business, 信 and a mark of the kind."""

import pytest

from xinqiao.documents.prefixes import MARKS, default_prefix, is_prefix
from xinqiao.documents.template_texts import KINDS


@pytest.mark.parametrize(
    ("name", "short_name", "prefix"),
    [
        ("禾川县住房和城乡建设局", "县住建局", "禾建信"),  # 城乡 is no township
        ("禾川县农业农村局", "县农业农村局", "禾农信"),  # nor is 农村 a village
        ("禾川县信访局", "县信访局", "禾信"),  # not 信信
        ("禾川县人民政府", "县政府", "禾政信"),
        ("云州市住房和城乡建设局", "市住建局", "云建信"),
        ("中共禾川县纪律检查委员会", "县纪委", "禾纪信"),
        ("禾川县人大常委会信访室", "县人大信访室", "禾人大信"),
        ("云溪镇人民政府", "云溪镇", "云溪政信"),  # two characters: 云 is the city
        ("云溪镇柳湾村村民委员会", "柳湾村", "柳湾村信"),
        ("禾川县城关街道办事处", "城关街道", "城关政信"),
        ("禾川水务集团有限公司", "禾川水务", "禾水务信"),
    ],
)
def test_made_from_the_name_of_the_organ(name: str, short_name: str, prefix: str) -> None:
    assert default_prefix("reply", name=name, short_name=short_name) == prefix


def test_each_kind_has_a_mark_of_its_own() -> None:
    made = [default_prefix(kind, name="禾川县信访局", short_name="县信访局") for kind in KINDS]
    assert len(set(made)) == len(made) == len(KINDS)
    assert len(set(MARKS.values())) == len(MARKS)


def test_what_another_organ_has_is_written_out_further() -> None:
    facts = {"name": "禾川县信访局", "short_name": "县信访局"}
    assert default_prefix("reply", **facts, is_taken=lambda p: p == "禾信") == "禾川信"
    assert default_prefix("reply", **facts, is_taken=lambda p: p in ("禾信", "禾川信")) == "禾川信甲"


def test_whatever_the_name_the_record_can_hold_the_number() -> None:
    for name in ("XX Group", "禾", "一二三四五六七八九十一二三四五"):
        prefix = default_prefix("not_accepted", name=name, short_name=name)
        assert is_prefix(prefix), name
    assert not is_prefix("HC信")
    assert not is_prefix("")
