"""The reference says what the program does: its commands, its settings, its calls."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, blocks, page
from tools import commands
from xinqiao.cli.main import COMMANDS
from xinqiao.procedure import packs

# Only tests and other tools set these.
NOT_SETTINGS = {"XINQIAO_TEST_POSTGRES", "XINQIAO_TEST_ADMIN_URL"}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_are_described_as_they_describe_themselves(name: str) -> None:
    """Words only: versions of Python break lines in other places. ``python -m tools.commands`` writes the page anew."""
    section = page("reference/commands.md").split(f"\n## xinqiao {name}\n", 1)[1].split("\n## ", 1)[0]
    assert section.split() == f"```text {commands.help_of(name)} ```".split()


def test_no_command_is_described_that_is_not_there() -> None:
    assert re.findall(r"^## xinqiao (\S+)$", page("reference/commands.md"), re.M) == list(COMMANDS)


def settings_in(text: str) -> set[str]:
    return set(re.findall(r"\b(?:XINQIAO_[A-Z_]*[A-Z]|DATABASE_(?:OWNER_)?URL)\b", text))


def test_every_setting_is_in_the_list_and_no_other() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "xinqiao").rglob("*.py")]
    used = set().union(*map(settings_in, sources)) - NOT_SETTINGS
    table = page("reference/settings.md")
    for stem, sisters in re.findall(r"`(XINQIAO_[A-Z]+)_[A-Z]+`((?:, `_[A-Z]+`)+)", table):
        table += "".join(f" {stem}{sister}" for sister in re.findall(r"_[A-Z]+", sisters))
    assert settings_in(table) == used


def test_every_call_of_the_api_is_listed() -> None:
    described = json.loads((DOCS / "reference" / "openapi.json").read_text(encoding="utf-8"))["paths"]
    text = page("reference/api.md")
    calls = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    acts = {call.rpartition("/")[2] for call in calls if "/acts/" in call}
    assert {call for call in calls if "/acts/" not in call and f"`{call}`" not in text} == set()
    verbs = text.split("The verbs:", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`(\w+)`", verbs)) == acts


def test_the_example_of_a_pack_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contributor begins with it: it is read as the packaged ones are."""
    (example,) = [block.text for block in blocks("how-to/add-a-province.md") if block.language == "toml"]
    name = tomllib.loads(example)["id"]
    for path in packs.DATA.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / f"{name}.toml").write_text(example, encoding="utf-8")
    monkeypatch.setattr(packs, "DATA", tmp_path)
    pack = packs.load_pack(name)
    assert pack.lineage == (name, "CN-2022")
    assert pack.clocks["K03"].days == 10
