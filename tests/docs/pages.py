"""The pages of the documentation, and what stands in them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, whether it is run as it stands, and its text."""

    language: str
    is_checked: bool
    text: str


def page(name: str) -> str:
    """The source of a page, named as from ``docs``."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [_block(found) for found in FENCE.finditer(page(name))]


def _block(found: "re.Match[str]") -> Block:
    words = found["info"].split() or [""]
    text = re.sub(f"^{found['indent']}", "", found["body"], flags=re.M)
    return Block(words[0], "checked" in words[1:], text)


def pages_with_checked_blocks() -> list[str]:
    """The names of pages some of whose commands are run."""
    names = sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md") if "_build" not in path.parts)
    return [name for name in names if any(block.is_checked for block in blocks(name))]


def rows(name: str, *, under: str) -> list[list[str]]:
    """The cells of the first table under a heading."""
    section = page(name).split(f"\n{under}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", section, re.M)
    assert lines, f"{name} has no table under {under}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()[2:]]
