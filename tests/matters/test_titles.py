"""A title that nobody gave is the beginning of the text: whole words, and no longer than a title may be."""

import pytest

from xinqiao.matters.submission import LIMITS, title_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("路灯不亮。已经两个月了。", "路灯不亮"),
        ("\n停水三天\n请尽快恢复", "停水三天"),
        ("The street lamps in our lane have been dark since early October and nobody answers us",
         "The street lamps in our lane have been dark since early…"),
    ],
)  # fmt: skip
def test_it_ends_at_the_first_stop_or_in_a_whole_word(text: str, title: str) -> None:
    assert title_from(text) == title


def test_a_long_sentence_without_blanks_is_cut_and_says_so() -> None:
    title = title_from("水" * 200)
    assert len(title) == LIMITS["title"]
    assert title.endswith("水…")
