"""Competence by territory and line: who may send to whom, who reviews whom, who must never get an accusation."""

import pytest

from xinqiao.procedure.competence import (
    Place,
    common_superior_line,
    common_territory,
    is_barred,
    is_in_sphere,
    is_superior_of,
)

CITY = ("33", "3301")
COUNTY = (*CITY, "330182")
OTHER_COUNTY = (*CITY, "330127")
TOWN = (*COUNTY, "330182101")

CITY_GOVERNMENT = Place("city-government", CITY)
COUNTY_GOVERNMENT = Place("county-government", COUNTY)
TOWN_GOVERNMENT = Place("town-government", TOWN)
CITY_BUREAU = Place("city-bureau", CITY, is_bureau=True)
COUNTY_BUREAU = Place("county-bureau", COUNTY, is_bureau=True)
PROVINCE_HOUSING = Place("province-housing", ("33",), ("housing",))
CITY_HOUSING = Place("city-housing", CITY, ("housing", "city-housing"))
COUNTY_HOUSING = Place("county-housing", COUNTY, ("housing", "city-housing", "county-housing"))
COUNTY_LAND = Place("county-land", COUNTY, ("land", "city-land", "county-land"))
HOUSING_STATION = Place("housing-station", TOWN, ("housing", "city-housing", "county-housing", "station"))
OTHER_HOUSING = Place("other-housing", OTHER_COUNTY, ("housing", "city-housing", "other-housing"))


@pytest.mark.parametrize(
    ("sender", "receiver", "may"),
    [
        (COUNTY_BUREAU, COUNTY_HOUSING, True),  # an organ of its own level
        (COUNTY_BUREAU, TOWN_GOVERNMENT, True),  # lower in its territory
        (CITY_BUREAU, COUNTY_BUREAU, True),  # the bureau below
        (COUNTY_BUREAU, CITY_HOUSING, False),  # never upwards
        (COUNTY_BUREAU, OTHER_HOUSING, False),  # another county
        (COUNTY_BUREAU, COUNTY_BUREAU, False),  # not to itself
        (CITY_HOUSING, COUNTY_HOUSING, True),  # down its own line
        (COUNTY_HOUSING, HOUSING_STATION, True),
        (COUNTY_HOUSING, COUNTY_LAND, False),  # across lines it objects instead
        (COUNTY_HOUSING, CITY_HOUSING, False),
        (CITY_HOUSING, COUNTY_LAND, False),
        (TOWN_GOVERNMENT, HOUSING_STATION, False),  # no line of its own
    ],
)
def test_the_senders_sphere(sender: Place, receiver: Place, may: bool) -> None:
    assert is_in_sphere(sender, receiver) is may


@pytest.mark.parametrize(
    ("superior", "organ", "reviews"),
    [
        (CITY_HOUSING, COUNTY_HOUSING, True),  # the department above
        (COUNTY_GOVERNMENT, COUNTY_HOUSING, True),  # or the government of its level
        (COUNTY_GOVERNMENT, TOWN_GOVERNMENT, True),
        (CITY_GOVERNMENT, COUNTY_GOVERNMENT, True),
        (COUNTY_HOUSING, COUNTY_HOUSING, False),  # never itself
        (PROVINCE_HOUSING, COUNTY_HOUSING, False),  # two levels up
        (CITY_GOVERNMENT, COUNTY_HOUSING, False),
        (CITY_GOVERNMENT, TOWN_GOVERNMENT, False),
        (OTHER_HOUSING, COUNTY_HOUSING, False),
        (COUNTY_BUREAU, COUNTY_HOUSING, False),  # a bureau is nobody's superior
        (COUNTY_HOUSING, CITY_HOUSING, False),
    ],
)
def test_the_superior_reviews(superior: Place, organ: Place, reviews: bool) -> None:
    assert is_superior_of(superior, organ) is reviews


@pytest.mark.parametrize(
    ("receiver", "accused", "headed", "barred"),
    [
        (COUNTY_HOUSING, COUNTY_HOUSING, (), True),  # the accused organ
        (HOUSING_STATION, COUNTY_HOUSING, (), True),  # under it
        (COUNTY_LAND, COUNTY_HOUSING, ("county-land",), True),  # headed by the accused
        (COUNTY_LAND, None, ("county-land",), True),  # a person is accused
        (TOWN_GOVERNMENT, COUNTY_GOVERNMENT, (), True),
        (COUNTY_LAND, COUNTY_GOVERNMENT, (), True),  # a department stands under its government
        (CITY_HOUSING, COUNTY_HOUSING, (), False),  # the superior is where it goes
        (COUNTY_LAND, COUNTY_HOUSING, (), False),
        (COUNTY_LAND, None, (), False),
    ],
)
def test_an_accusation_never_reaches_the_accused(
    receiver: Place, accused: Place | None, headed: tuple[str, ...], barred: bool
) -> None:
    assert is_barred(receiver, accused=accused, headed_by_accused=headed) is barred


def test_who_decides_a_dispute_of_competence() -> None:
    assert common_superior_line([COUNTY_HOUSING, OTHER_HOUSING]) == ("housing", "city-housing")
    assert common_superior_line([COUNTY_HOUSING, COUNTY_LAND]) == ()  # then the joint meeting of the county
    assert common_territory([COUNTY_HOUSING, COUNTY_LAND]) == COUNTY
    assert common_territory([COUNTY_LAND, OTHER_HOUSING]) == CITY
