"""The documentation is built without a warning, and its pages ask no other machine for anything."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT

# What a browser fetches by itself; links that a reader may follow are another matter.
FETCHED = re.compile(r"<(?:script|img|iframe|source|link|audio|video)\b[^>]*?\b(?:src|href)=\"((?:https?:)?//[^\"]+)\"")
IMPORTED = re.compile(r"url\(\s*[\"']?((?:https?:)?//[^)\"']+)|@import\s+[\"']((?:https?:)?//[^\"']+)")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("html")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(out / "trees")]
    done = subprocess.run(
        [*command, str(DOCS), str(out / "html")], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return out / "html"


def test_every_page_is_built_without_a_warning(built: Path) -> None:
    """Sphinx warns of a link that leads nowhere and of a page that no list names."""
    sources = [path.relative_to(DOCS) for path in DOCS.rglob("*.md") if "_build" not in path.parts]
    assert [str(path) for path in sources if not (built / path.with_suffix(".html")).exists()] == []


def test_the_built_pages_fetch_nothing_from_elsewhere(built: Path) -> None:
    found = {
        str(path.relative_to(built)): match
        for path in built.rglob("*")
        if path.suffix in {".html", ".css"}
        for match in (FETCHED if path.suffix == ".html" else IMPORTED).findall(path.read_text(encoding="utf-8"))
    }
    assert found == {}


def test_the_rule_against_fetching_finds_what_it_should() -> None:
    assert FETCHED.findall('<script async src="https://cdn.example/x.js"></script>') == ["https://cdn.example/x.js"]
    assert FETCHED.findall('<a href="https://elsewhere.example/">read on</a>') == []
