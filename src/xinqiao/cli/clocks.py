"""`xinqiao clocks FILE.json`: the clocks of a record. No database, no Django."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from xinqiao.procedure import LANGUAGES, Case, Refusal, Refused
from xinqiao.procedure.inputs import parse_record

USAGE = """usage: xinqiao clocks FILE.json | -   [--all] [--lang zh-Hans|zh-Hant|en]

Reads one record (pack, today, timezone, calendar, events) and prints stage, next acts and clocks as JSON.
  --all    the office's own clocks as well
  --lang   language of articles and explanations (zh-Hans)

A record that is not lawful is refused in one line on standard error: the code, the place of the event
(events[0] is the first in the file) and what to do. Exit status 2."""


def run(argv: list[str]) -> int:
    """Print the clocks of the record named in `argv`; 0, or 2 where the input was wrong."""
    if not argv or {"-h", "--help"} & set(argv):
        print(USAGE)
        return 0 if argv else 2
    lang, internal, files = _options(argv)
    if lang not in LANGUAGES or len(files) != 1:
        print(f"bad-usage: {USAGE.splitlines()[0]}", file=sys.stderr)
        return 2
    try:
        case = parse_record(_load(files[0])).read(internal=internal)
    except Refused as refused:
        print(refusal_line(refused.refusal, lang), file=sys.stderr)
        return 2
    sys.stdout.buffer.write(json.dumps(printed(case, lang), ensure_ascii=False, indent=1).encode() + b"\n")
    return 0


def printed(case: Case, lang: str = "zh-Hans") -> dict[str, Any]:
    """What the command prints, and the API answers with, for a case."""
    return {"stage": case.stage, "next": list(case.next), "clocks": [clock.as_dict(lang) for clock in case.clocks]}


def refusal_line(refusal: Refusal, lang: str) -> str:
    """One line: code, place of the event, what to do, article."""
    place = "" if refusal.index is None else f" events[{refusal.index}]"
    article = f" ({refusal.article_text(lang)})" if refusal.article else ""
    return f"{refusal.code}{place}: {' '.join(refusal.sentence(lang).split())}{article}"


def _options(argv: list[str]) -> tuple[str, bool, list[str]]:
    lang, internal, files = LANGUAGES[0], False, []
    rest = iter(argv)
    for word in rest:
        if word == "--all":
            internal = True
        elif word == "--lang":
            lang = next(rest, "")
        elif word.startswith("--lang="):
            lang = word.removeprefix("--lang=")
        else:
            files.append(word)
    return lang, internal, files


def _load(name: str) -> Any:
    """The JSON of the file, or of standard input for `-`."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError):
        raise Refused(Refusal(code="no-file", params={"value": name})) from None
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused(Refusal(code="bad-json")) from None
