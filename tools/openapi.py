"""Write ``docs/reference/openapi.json`` anew: ``.venv/bin/python -m tools.openapi``. It needs no database."""

import json
import os
import sys
import tempfile
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "openapi.json"


def described() -> str:
    """The description as the program gives it, in the form in which it is committed."""
    from xinqiao.api.views import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


def main() -> int:
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "XINQIAO_HOME": tempfile.mkdtemp()}
    os.environ.update(nowhere, DJANGO_SETTINGS_MODULE="xinqiao.project.settings")
    import django

    django.setup()
    FILE.write_text(described(), encoding="utf-8")
    print(f"wrote {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
