"""What every page's frame may rely on without asking a database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """`office` (name, address, telephone, hours) as the settings give it; what is not set is empty and not shown."""
    names = ("name", "address", "telephone", "hours")
    return {"office": {name: getattr(settings, f"OFFICE_{name.upper()}", "") for name in names}}
