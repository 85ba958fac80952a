"""Tags of the frame of a page and of its small furniture: messages, language, buttons, boxes.

Loaded through `{% load look %}`.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xinqiao.components.controls import button_link_html, kbd_html, key_attributes, nav_html
from xinqiao.components.icons import icon_for, icon_svg
from xinqiao.components.parts import NavGroup
from xinqiao.components.surfaces import page_state_of, surface_of

register = template.Library()

NOTICE_ICONS = {"info": "information-circle", "good": "check-circle", "warn": "exclamation-triangle", "bad": "x-circle"}
_MESSAGE_KINDS = {"debug": "info", "info": "info", "success": "good", "warning": "warn", "error": "bad"}
#: The languages' names in themselves, with the tag the fonts hang on.
LANGUAGE_NAMES = (("zh-hans", "zh-Hans", "简体"), ("zh-hant", "zh-Hant", "繁體"), ("en", "en", "English"))


@register.simple_block_tag
def notice(
    content: SafeString, kind: str = "info", heading: str = "", law: str = "", role: str = "", css: str = ""
) -> SafeString:
    """A box that says something: `info`, `good`, `warn`, `bad`; `law` is the article behind it."""
    values = {"content": content, "kind": kind, "heading": heading, "law": law, "role": role, "css": css}
    return render_to_string("components/notice.html", values | {"svg": icon_svg(NOTICE_ICONS[kind])})


@register.simple_block_tag
def card(content: SafeString, title: str, id: str, note: str = "", end: str = "") -> SafeString:
    """One subject in a frame with its heading; `note` stands beside it, `end` at the right edge."""
    values = {"content": content, "title": title, "id": id, "note": note, "end": end}
    return render_to_string("components/card.html", values)


@register.simple_tag(takes_context=True)
def link_button(
    context: Context, label: str, url: str, kind: str = "", icon: str = "", key: str = "", download: bool = False
) -> SafeString:
    """A link that looks like a button; `kind` is `main`, `danger`, `quiet` or nothing."""
    return button_link_html(label, url, surface=surface_of(context), kind=kind, icon=icon, key=key, download=download)


@register.simple_tag(takes_context=True)
def button(
    context: Context,
    label: str,
    kind: str = "",
    icon: str = "",
    key: str = "",
    name: str = "",
    value: str = "",
    disabled: bool = False,
) -> SafeString:
    """A button that sends its form; `disabled` only for bulk buttons with nothing chosen."""
    return format_html(
        '<button class="btn {}"{}{}{}>{}{}{}</button>',
        kind,
        format_html(' name="{}" value="{}"', name, value) if name else "",
        SafeString(" disabled") if disabled else "",
        key_attributes(key),
        icon_for(icon, surface_of(context)) if icon else "",
        label,
        kbd_html(key),
    )


@register.inclusion_tag("components/messages.html", takes_context=True)
def messages_area(context: Context) -> dict[str, Any]:
    """Messages of the last act, as a live region at the top of the page."""
    request = context.get("request")
    found = get_messages(request) if request is not None else ()
    rows = [{"text": message.message, "kind": _MESSAGE_KINDS[message.level_tag]} for message in found]
    return {"messages": [row | {"role": "alert" if row["kind"] == "bad" else "status"} for row in rows]}


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: Context) -> dict[str, Any]:
    """Links to this page in the three languages."""
    state = page_state_of(context)
    rows = [
        {
            "url": _with_next("components:set-language", to=code, next=state.path),
            "tag": tag,
            "name": name,
            "current": code == state.language,
        }
        for code, tag, name in LANGUAGE_NAMES
    ]
    return {"languages": rows}


@register.simple_tag(takes_context=True)
def navigation(context: Context, groups: Sequence[NavGroup]) -> SafeString:
    """The lines of the desk's navigation."""
    return nav_html(groups, surface_of(context))


@register.simple_tag(takes_context=True)
def large_print_link(context: Context) -> SafeString:
    """The link that switches large print on or off."""
    state = page_state_of(context)
    url = _with_next("components:large-print", to="0" if state.large else "1", next=state.path)
    words = gettext("Normal print") if state.large else gettext("Large print")
    shape = "magnifying-glass-minus" if state.large else "magnifying-glass-plus"
    return format_html('<a href="{}">{}{}</a>', url, icon_for(shape, surface_of(context)), words)


@register.inclusion_tag("components/keys_dialog.html")
def keys_dialog() -> dict[str, Any]:
    """The list of shortcuts, filled by the script from the page's own keys."""
    return {}


def _with_next(view: str, **query: str) -> str:
    return f"{reverse(view)}?{urlencode(query)}"
