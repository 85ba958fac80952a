"""What happened and why a day is that day: account, fold, timeline. Values in, escaped HTML out.

A page of a matter has an account for each of its days, so they are written out and not drawn by templates.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xinqiao.components.cells import day_html, moment_html, prose_html
from xinqiao.components.escaping import escaped
from xinqiao.components.parts import Entry, SumRow, value_of


def sum_html(rows: Sequence[SumRow] | Sequence[str], *, caption: str, surface: str) -> SafeString:
    """The reason of a day, set like an account; plain lines stand one below the other."""
    has_law = any(not isinstance(row, str) and value_of(row, "law") for row in rows)
    lines = "".join([_plain(row) if isinstance(row, str) else _line(row, has_law, surface) for row in rows])
    return SafeString(
        f'<table class="sum"><caption class="sr">{escaped(caption)}</caption><tbody>{lines}</tbody></table>'
    )


def _plain(row: str) -> str:
    return f'<tr><td class="line-why">{prose_html(row)}</td></tr>'


def _line(row: SumRow, has_law: bool, surface: str) -> str:
    kind, left, law = (value_of(row, name) for name in ("kind", "left", "law"))
    css = f' class="{kind}"' if kind else ""
    where = day_html(left, surface=surface, short=True) if isinstance(left, date) else escaped(left)
    article = f'<td class="law">{escaped(law or "")}</td>' if has_law else ""
    return f"<tr{css}><td>{where}</td><td>{prose_html(value_of(row, 'text'))}</td>{article}</tr>"


def why_html(
    rows: Sequence[SumRow] | Sequence[str],
    *,
    surface: str,
    is_open: bool = False,
    title: str = "",
    note: str = "",
    caption: str = "",
) -> SafeString:
    """An account that opens from its ``title``; ``caption`` names it to screen readers."""
    title = title or gettext("Why this day")
    account = sum_html(rows, caption=caption or title, surface=surface)
    below = f'<p class="small muted">{prose_html(note)}</p>' if note else ""
    state = " open" if is_open else ""
    return SafeString(f'<details class="why"{state}><summary>{escaped(title)}</summary>{account}{below}</details>')


def timeline_html(entries: Iterable[Entry], *, surface: str, is_open: bool = False) -> SafeString:
    """What happened, each with its day; ``is_open``: with its reasons open, as on paper."""
    items = "".join([_entry(entry, surface, is_open) for entry in entries])
    return SafeString(f'<ol class="timeline">{items}</ol>')


def _entry(entry: Entry, surface: str, is_open: bool) -> str:
    kind, own_words, text, why = (value_of(entry, name) for name in ("kind", "own_words", "text", "why"))
    css = f' class="{kind}"' if kind else ""
    said = f"<blockquote>{prose_html(own_words)}</blockquote>" if own_words else ""
    said += f"<p>{prose_html(linebreaksbr(text))}</p>" if text else ""
    if why:
        said += why_html(why, surface=surface, is_open=is_open, title=value_of(entry, "why_title") or "")
    head = f"<b>{prose_html(value_of(entry, 'title'))}</b>"
    return f'<li{css}>{head}\n<div class="meta">{_meta(entry, surface)}</div>\n{said}</li>'


def _meta(entry: Entry, surface: str) -> str:
    when, law = value_of(entry, "when"), value_of(entry, "law")
    pieces: list[Any] = []
    if when:
        until = [escaped(gettext("not later than"))] if value_of(entry, "kind") == "next" else []
        pieces.append(" ".join([*until, moment_html(when, surface=surface)]))
    pieces += [prose_html(piece) for piece in value_of(entry, "meta") or ()]
    if law:
        pieces.append(f'<span class="law">{escaped(law)}</span>')
    return " · ".join(pieces)
