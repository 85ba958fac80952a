"""The demonstration: every act of its stories is lawful on its day, and loading again changes nothing."""

import pytest

from xinqiao.matters.models import Matter, Stage
from xinqiao.project import demo


@pytest.mark.django_db
def test_the_stories_fill_every_stage_and_load_once() -> None:
    said: list[str] = []
    demo.load(progress=said.append)
    first = Matter.objects.count()
    assert set(Matter.objects.values_list("stage", flat=True)) == set(Stage.values)
    demo.load(progress=said.append)
    assert Matter.objects.count() == first


@pytest.mark.django_db
def test_every_role_has_a_login() -> None:
    printed = "\n".join(demo.logins())
    for role in ("clerk", "bureau_head", "handler", "organ_head", "leader", "inspector", "reviewer", "archivist"):
        assert f"({role})" in printed
