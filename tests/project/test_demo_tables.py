"""The county begins with the tables that its administrator keeps, and its matters use them."""

import pytest

from xinqiao.access.clock import today
from xinqiao.organs.classes import class_choices
from xinqiao.organs.models import Organ
from xinqiao.organs.places import place_choices
from xinqiao.project.demo.bank import cases
from xinqiao.project.demo.founding import found_county


@pytest.mark.django_db
def test_every_class_of_the_stories_is_in_the_table_and_places_stand_in_each_other() -> None:
    found_county(today())
    root = Organ.objects.get(code="YZ").pk
    codes = {code for _group, choices in class_choices(root) for code, _label in choices}
    assert {case.theme.class_code for case in cases() if case.theme.class_code} <= codes
    places = dict(place_choices(root))
    assert places["禾川县"] == "禾川县"
    assert places["禾川县云溪镇柳湾村"] == "　　柳湾村"
    assert places["禾川县城东街道锦和社区"] == "　　锦和社区"
