"""Controls of a page: its navigation, chips, buttons, selects, the foot of a list. Values in, escaped HTML out.

Every page has dozens of them, so they are written out here and not as templates.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xinqiao.components.cells import prose_html
from xinqiao.components.dates import figure
from xinqiao.components.escaping import escaped
from xinqiao.components.icons import icon_for
from xinqiao.components.parts import Act, Chip, NavGroup, NavItem, value_of


def nav_html(groups: Sequence[NavGroup], surface: str) -> SafeString:
    """The lines of the navigation, each group under its heading."""
    return SafeString("".join([_group(group, surface) for group in groups]))


def _group(group: NavGroup, surface: str) -> str:
    heading = f"<h2>{escaped(group.heading)}</h2>" if group.heading else ""
    return heading + "".join([_line(item, surface) for item in group.items])


def _line(item: NavItem, surface: str) -> str:
    current = ' aria-current="page"' if item.current else ""
    words = f"{icon_for(item.icon, surface)}{escaped(item.label)}{_count(item)}"
    return f'\n  <a href="{escaped(item.url)}"{current}>{words}</a>'


def _count(item: NavItem | Chip) -> str:
    return "" if item.count is None else f' <span class="n">{figure(item.count)}{"+" if item.more else ""}</span>'


def chips_html(chips: Iterable[Chip], *, label: str, id: str, surface: str) -> SafeString:
    """Filters as links with counts; with ``id`` each has an id of its own, so that the focus survives a swap."""
    drawn = "".join([_chip(chip, f"{id}-{n}" if id else "", surface) for n, chip in enumerate(chips)])
    return SafeString(f'<nav class="filters" aria-label="{escaped(label)}">{drawn}</nav>')


def _chip(chip: Chip, id: str, surface: str) -> str:
    attributes = _attributes(
        id=id, hx_boost="false" if chip.url.startswith("/") else "", aria_current="true" if chip.current else ""
    )
    drawn = icon_for(chip.icon, surface) if chip.icon else ""
    look = "chip red" if chip.red else "chip"
    return f'<a class="{look}" href="{escaped(chip.url)}"{attributes}>{drawn}{escaped(chip.label)}{_count(chip)}</a>'


def _attributes(**values: str) -> str:
    """Attributes of a tag; those without a value are left out."""
    return "".join([f' {name.replace("_", "-")}="{value}"' for name, value in values.items() if value])


def button_link_html(
    label: str, url: str, *, surface: str, kind: str = "", icon: str = "", key: str = "", download: bool = False
) -> SafeString:
    """A link that looks like a button."""
    drawn = icon_for(icon, surface) if icon else ""
    head = f'<a class="btn {kind}" href="{escaped(url)}"{" download" if download else ""}{key_attributes(key)}>'
    return SafeString(f"{head}{drawn}{escaped(label)}{kbd_html(key)}</a>")


def acts_html(groups: Iterable[Sequence[Act]], surface: str) -> SafeString:
    """Acts as doors; those of a group stand together, because they are closed for one reason."""
    items = [f"<li>{act_html(group, n, surface)}</li>" for n, group in enumerate(groups, 1)]
    return SafeString(f'<ul class="acts">{"".join(items)}</ul>')


def act_html(alike: Sequence[Act], n: int | str, surface: str) -> SafeString:
    """A legal act as a door; those ``alike`` are closed for its reason too, and ``n`` tells this reason from others."""
    verb, reason, article = (value_of(alike[0], name) for name in ("verb", "reason", "article"))
    if not reason:
        return _open_act(alike[0], surface)
    id = f"no-{verb or 'act'}{n}"
    tag = f'<span class="btn" role="button" aria-disabled="true" tabindex="0" aria-describedby="{id}">'
    doors = " ".join([f"{tag}{escaped(value_of(one, 'label'))}</span>" for one in alike])
    law = f' <span class="law">{escaped(article)}</span>' if article else ""
    return SafeString(f'{doors}<p class="no" id="{id}">{prose_html(reason)}{law}</p>')


def _open_act(act: Act, surface: str) -> SafeString:
    said = {name: value_of(act, name) for name in ("label", "url", "icon", "key")}
    kind = "main" if value_of(act, "main") else "danger" if value_of(act, "danger") else ""
    return button_link_html(surface=surface, kind=kind, **said)


@cache
def key_attributes(key: str) -> SafeString:
    """A letter (``N``), or keys pressed together (``Ctrl Enter``); nothing without a key."""
    if not key:
        return SafeString("")
    name = "+".join("Control" if part == "Ctrl" else part for part in key.split())
    pressed = "+".join(key.lower().split())
    return SafeString(f' data-key="{escaped(pressed)}" aria-keyshortcuts="{escaped(name)}"')


@cache
def kbd_html(key: str) -> SafeString:
    """The key as it stands on a button, for the eye alone."""
    return SafeString(f' <kbd aria-hidden="true">{escaped(key)}</kbd>' if key else "")


def pager_html(
    words: str, *, previous_url: str, next_url: str, sizes: Iterable[Chip], label: str, id: str
) -> SafeString:
    """The foot of a list: what is shown, the neighbours, and how many rows a page has."""
    steps = _step(gettext("Previous page"), previous_url, f"{id}-back", "prev")
    steps += _step(gettext("Next page"), next_url, f"{id}-on", "next")
    heading = escaped(gettext("Rows a page"))
    chips = "".join([_chip(size, f"{id}-{size.label}", "") for size in sizes])
    sized = f'<span class="push row">{heading}{chips}</span>' if chips else ""
    return SafeString(
        f'<nav class="pager" aria-label="{escaped(label)}"><span>{escaped(words)}</span>{steps}{sized}</nav>'
    )


def _step(words: str, url: str, id: str, rel: str) -> str:
    if not url:
        return f'<span class="btn" aria-disabled="true" role="link">{escaped(words)}</span>'
    return f'<a class="btn" id="{id}" href="{escaped(url)}" rel="{rel}">{escaped(words)}</a>'


def select_html(name: str, label: str, choices: Iterable[tuple[str, object]], chosen: str) -> SafeString:
    """A select among the filters of a list; its label is heard and not seen, because the first choice says it."""
    heard = f'<label class="sr" for="f-{name}">{escaped(label)}</label>'
    return SafeString(f'{heard}<select id="f-{name}" name="{name}">{_options(choices, chosen)}</select>')


def grouped_options_html(groups: Iterable[tuple[str, Iterable[tuple[str, object]]]], chosen: str) -> SafeString:
    """The options of a select in groups, with one of them chosen."""
    drawn = [f'<optgroup label="{escaped(label)}">{_options(choices, chosen)}</optgroup>' for label, choices in groups]
    return SafeString("".join(drawn))


def _options(choices: Iterable[tuple[str, object]], chosen: str) -> str:
    return "".join(
        [
            f'<option value="{escaped(code)}"{" selected" if code == chosen else ""}>{escaped(words)}</option>'
            for code, words in choices
        ]
    )


def boxes_html(name: str, choices: Iterable[tuple[str, object, bool]]) -> SafeString:
    """Boxes among the filters of a list: value, words, and whether it is ticked."""
    return SafeString("".join([_box(name, escaped(value), words, is_on) for value, words, is_on in choices]))


def _box(name: str, value: str, words: object, is_on: bool) -> str:
    box = f'<input type="checkbox" id="f-{value}" name="{name}" value="{value}"{" checked" if is_on else ""}>'
    return f'<label class="pick" for="f-{value}">{box} {escaped(words)}</label>'
