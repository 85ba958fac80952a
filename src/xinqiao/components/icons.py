"""Icons of the heroicons wheel as inline SVG, each read and drawn once.

An icon stands beside a word and is silent to screen readers; one meaning an icon.
"""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from heroicons.templatetags.heroicons import heroicon_mini, heroicon_outline

from xinqiao.components.surfaces import PORTAL

MARK_PATH = "M2 5h20M2 19h4M18 19h4M6 19a6 6 0 0 1 12 0M5 5v7M19 5v7M12 5v8"


@lru_cache(maxsize=512)
def icon_svg(name: str, style: str = "mini", css: str = "i") -> SafeString:
    """The icon `name`, `mini` (20) or `outline` (24). An unknown name is an error, not an empty place."""
    draw = {"mini": heroicon_mini, "outline": heroicon_outline}[style]
    svg = draw(name, size=20 if style == "mini" else 24, **{"class": css})
    return mark_safe(svg.replace(' data-slot="icon"', "").replace("\n", ""))


def icon_for(name: str, surface: str) -> SafeString:
    """The icon in the size of the surface: mini on the desk, outline on the portal."""
    return icon_svg(name, "outline" if surface == PORTAL else "mini")


def mark_svg() -> SafeString:
    """The mark: a bridge whose arch lies under a letter's upper edge."""
    return mark_safe(
        '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">'
        f'<path d="{MARK_PATH}"/></svg>'
    )
