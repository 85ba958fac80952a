"""The style sheets keep their promises: small, legible in both modes, nothing loaded from elsewhere."""

import re
from pathlib import Path

import pytest

from xinqiao import components

STATIC = Path(components.__file__).parent / "static" / "xinqiao"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
SHEETS = ["tokens.css", "base.css", "components.css"]
TEXTS = ["--ink", "--ink-2", "--ink-3", "--accent", "--red", "--amber", "--green", "--violet"]
GROUNDS = ["--paper", "--surface", "--sunken"]
#: Text that stands on a coloured ground: (ink, ground).
ON_COLOUR = [
    ("--on-accent", "--accent"),
    ("--on-red", "--red"),
    ("--amber", "--amber-soft"),
    ("--violet", "--violet-soft"),
    ("--red", "--red-soft"),
    ("--accent-deep", "--accent-soft"),
    ("--green", "--green-soft"),
    ("--ink", "--mark"),
]


def block(selector: str) -> str:
    """What stands between the braces after a selector."""
    return TOKENS.split(selector, 1)[1].split("{", 1)[1].split("}", 1)[0]


def values(text: str) -> dict[str, str]:
    """The custom properties of a block."""
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", text))


LIGHT = values(block(":root {"[:-2]))
DARK = LIGHT | values(block(':root[data-theme="dark"]'))


def luminance(colour: str) -> float:
    figures = colour.lstrip("#")
    full = "".join(sign * 2 for sign in figures) if len(figures) == 3 else figures
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.2."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_three_sheets_are_under_40_kilobytes() -> None:
    assert sum((STATIC / name).stat().st_size for name in SHEETS) < 40_000


@pytest.mark.parametrize("name", ["xinqiao.js", "desk.js"])
def test_each_script_is_under_6_kilobytes(name: str) -> None:
    assert (STATIC / name).stat().st_size < 6_000


def test_the_two_dark_blocks_are_equal() -> None:
    followed = values(block(':root:not([data-theme="light"])'))
    chosen = values(block(':root[data-theme="dark"]'))
    assert chosen
    assert followed == chosen


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|https?:", text) == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_4_5(colours: dict[str, str]) -> None:
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + ON_COLOUR
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["--rule-2", "--focus"])
def test_borders_of_controls_and_the_focus_ring_have_a_contrast_of_3(colours: dict[str, str], line: str) -> None:
    assert min(contrast(colours[line], colours[ground]) for ground in GROUNDS) >= 3


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(contrast("#000", "#ffffff"), 2) == 21
