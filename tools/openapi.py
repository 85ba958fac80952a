"""Write ``docs/reference/openapi.json`` anew: ``.venv/bin/python -m tools.openapi`` (with a database in reach)."""

import json
import sys
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "openapi.json"


def described() -> str:
    """The description as the program gives it, in the form in which it is committed."""
    from xinqiao.api.views import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


def main() -> int:
    import django

    django.setup()
    FILE.write_text(described(), encoding="utf-8")
    print(f"wrote {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
