"""Every template of ours can be read: a tag that is no longer there would break a page that nobody opens today."""

from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

import xinqiao

HERE = Path(xinqiao.__file__).parent
TEMPLATES = sorted(
    path.relative_to(folder).as_posix()
    for folder in HERE.glob("*/templates")
    if apps.is_installed(f"xinqiao.{folder.parent.name}")
    for path in folder.rglob("*.html")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name: str) -> None:
    assert get_template(name)
