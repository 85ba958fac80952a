"""From where somebody comes: the address, and the device in plain words."""

import ipaddress

from django.http import HttpRequest
from django.utils.translation import gettext as _

#: Looked for in this order: a browser names also those whose pages it understands.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ Browser"),
    ("QIHU", "360"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("UOS", "UOS"),
    ("Kylin", "Kylin"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str | None:
    """The address of the visitor (``project.proxies`` has looked behind the office's own); None where none is known."""
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def device_of(request: HttpRequest) -> str:
    """What the browser says of itself, as it is kept."""
    return request.headers.get("User-Agent", "")[:300]


def device_words(device: str) -> str:
    """Browser and system in plain words: ``Chrome, Windows``; said to be unknown where neither is known."""
    names = [next((word for sign, word in table if sign in device), "") for table in (_BROWSERS, _SYSTEMS)]
    if not all(names):
        return names[0] or names[1] or _("Unknown device")
    return _("%(browser)s on %(system)s") % {"browser": names[0], "system": names[1]}
