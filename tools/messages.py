"""The messages of the product in Chinese: gather, fill in, compile, check.

Usage: tools/python tools/messages.py update | compile | missing | fill FILE.tsv | check

`update` gathers every message of the code and the templates into the catalogues and compiles them. `missing` prints
what has no Chinese yet, one message a line: context, English, plural, Simplified, Traditional, separated by tabs (a
line end inside a message is written as \\n). `fill` takes such lines back, filled in. `check` changes nothing and ends
with 1 where something is missing, out of date or not compiled. No gettext program is needed: the work is done by Babel.
"""

import ast
import contextlib
import fcntl
import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "xinqiao"
LOCALE = SOURCE / "locale"
LANGUAGES = ("zh_Hans", "zh_Hant")
#: Fixed, so that a catalogue changes only where a message does.
_BORN = datetime(2026, 1, 1, tzinfo=UTC)
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Key = tuple[str, str]


def sources() -> list[Path]:
    """Every file that may hold messages: our Python code and our templates."""
    found = [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html")]
    return sorted(path for path in found if "migrations" not in path.parts)


def gather() -> Catalog:
    """The messages of all sources, with the files they stand in."""
    catalog = Catalog(project="Xinqiao", creation_date=_BORN, revision_date=_BORN, charset="utf-8")
    for path in sources():
        for _line, found, comments, context in _messages_of(path):
            place = path.relative_to(ROOT).as_posix()
            catalog.add(found, locations=[(place, 1)], context=context, auto_comments=comments)
    return catalog


def po_path(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it is kept; empty where there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, creation_date=_BORN, revision_date=_BORN, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def po_bytes(catalog: Catalog) -> bytes:
    """A catalogue as a .po file, sorted by message, without line numbers."""
    catalog.project, catalog.version, catalog.fuzzy = "Xinqiao", "1", False
    catalog.creation_date = catalog.revision_date = _BORN
    catalog.msgid_bugs_address = ""
    catalog.last_translator = catalog.language_team = "Xinqiao"
    catalog.header_comment = "# The messages of Xinqiao. Change them by tools/messages.py."
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, width=120, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """A catalogue compiled. Messages without translation are left out, and show in English."""
    out = io.BytesIO()
    write_mo(out, catalog, use_fuzzy=False)
    return out.getvalue()


def compiled(language: str) -> Catalog:
    """What the compiled catalogue of a language holds."""
    with po_path(language).with_suffix(".mo").open("rb") as file:
        return read_mo(file)


def update() -> None:
    """Bring the catalogues up to the sources, keep every translation that is still used, and compile."""
    template = gather()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True, keep_user_comments=False)
        _write(language, catalog)


def compile_all() -> None:
    """Write the .mo files anew from the .po files."""
    for language in LANGUAGES:
        _write(language, read(language))


def fill(path: Path) -> None:
    """Take translations from a file of lines as `missing` prints them; an unknown message is an error."""
    update()
    catalogs = {language: read(language) for language in LANGUAGES}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        context, english, _plural, *chinese = (_unescape(cell) for cell in line.split("\t"))
        if len(chinese) != len(LANGUAGES):
            raise SystemExit(f"{path}:{number}: five cells separated by tabs are needed")
        for language, text in zip(LANGUAGES, chinese, strict=True):
            _translate(catalogs[language], context, english, text, f"{path}:{number}")
    for language, catalog in catalogs.items():
        _write(language, catalog)


def missing() -> list[tuple[Message, list[str]]]:
    """The messages of the sources that lack a translation, with what there is in each language."""
    catalogs = [read(language) for language in LANGUAGES]
    rows = [
        (message, [text_of(catalog.get(id_of(message), message.context)) for catalog in catalogs])
        for message in gather()
    ]
    return [(message, texts) for message, texts in rows if message.id and not all(texts)]


def problems() -> list[str]:
    """What `check` finds, one line each."""
    found = [f"no Chinese yet: {id_of(message)!r} ({message.locations[0][0]})" for message, _texts in missing()]
    found += [f"inside an f-string, where it is not found: {place}" for place in hidden()]
    template = {(message.context or "", id_of(message)) for message in gather() if message.id}
    for language in LANGUAGES:
        catalog = read(language)
        known = {(message.context or "", id_of(message)) for message in catalog if message.id}
        found += [f"{language}: no longer used: {key[1]!r}" for key in sorted(known - template)]
        found += [f"{language}: fuzzy: {id_of(message)!r}" for message in catalog if message.id and message.fuzzy]
        if _texts_of(compiled(language)) != _texts_of(catalog):
            found.append(f"{language}: django.mo is not the compiled django.po")
    return found


def hidden() -> list[str]:
    """Messages inside f-strings, where no gathering finds them, as file and line."""
    found = []
    for path in sources():
        if path.suffix == ".py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            inner = (node for whole in ast.walk(tree) if isinstance(whole, ast.JoinedStr) for node in ast.walk(whole))
            lines = {node.lineno for node in inner if isinstance(node, ast.Call) and _called(node) in _KEYWORDS}
            found += [f"{path.relative_to(ROOT)}:{line}" for line in sorted(lines)]
    return found


def main(arguments: list[str]) -> int:
    """Run one command; the exit status is 1 where `check` finds something and 2 for a wrong call."""
    match arguments:
        case ["update"]:
            with _alone():
                update()
        case ["compile"]:
            with _alone():
                compile_all()
        case ["fill", path]:
            with _alone():
                fill(Path(path))
        case ["missing"]:
            for message, texts in missing():
                plural = message.id[1] if isinstance(message.id, tuple) else ""
                print("\t".join(_escape(cell) for cell in (message.context or "", id_of(message), plural, *texts)))
        case ["check"]:
            print("\n".join(problems()), file=sys.stderr)
            return 1 if problems() else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def _messages_of(path: Path) -> Iterator[tuple[Any, ...]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = _python_of_template(text, path)
    return iter(list(extract("python", io.BytesIO(text.encode()), _KEYWORDS, ["Translators:"], {"encoding": "utf-8"})))


def _python_of_template(text: str, path: Path) -> str:
    from django.utils.translation.template import templatize

    # Django blanks out all but the calls of gettext; inside brackets Python minds no indentation.
    return f"({templatize(text, origin=str(path))})"


def _translate(catalog: Catalog, context: str, english: str, text: str, where: str) -> None:
    message = catalog.get(english, context or None)
    if message is None:
        raise SystemExit(f"{where}: no such message in the sources: {english!r}")
    message.string = (text,) if isinstance(message.id, tuple) else text
    message.flags.discard("fuzzy")


def _write(language: str, catalog: Catalog) -> None:
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(catalog))
    path.with_suffix(".mo").write_bytes(mo_bytes(read(language)))


def id_of(message: Message) -> str:
    """The English of a message, of two numbers the singular."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def text_of(message: Message | None) -> str:
    """The translation of a message; empty where there is none."""
    if message is None:
        return ""
    return message.string if isinstance(message.string, str) else (message.string or ("",))[0]


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _texts_of(catalog: Catalog) -> dict[Key, str]:
    rows = ((_context(message), id_of(message), text_of(message)) for message in catalog if message.id)
    return {(context, english): text for context, english, text in rows if text}


def _context(message: Message) -> str:
    # Babel reads the context of a compiled catalogue as bytes.
    context: str | bytes = message.context or ""
    return context.decode() if isinstance(context, bytes) else context


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _unescape(text: str) -> str:
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One writer at a time, where several people work in one tree."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    folder = os.open(LOCALE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
