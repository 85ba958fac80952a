"""Pictures in the documentation: each is shown, each is there, and together they do not weigh the repository down."""

import re

from tests.docs.pages import DOCS, page

PICTURES = DOCS / "pictures"
MOST_BYTES = 3_000_000


def test_the_twelve_main_pages_are_shown() -> None:
    shown = re.findall(r"\(\.\./pictures/([\w-]+\.png)\)", page("reference/pages.md"))
    assert len(shown) == 12
    assert sorted(shown) == sorted(path.name for path in PICTURES.iterdir())


def test_the_command_makes_these_and_no_others() -> None:
    """The names stand in ``tools/pictures.py``; who adds a page there shows it too."""
    source = (DOCS.parent / "tools" / "pictures.py").read_text(encoding="utf-8")
    made = set(re.findall(r'"((?:portal|desk)-[a-z-]+)"', source))
    assert made == {path.stem for path in PICTURES.iterdir()}


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES
