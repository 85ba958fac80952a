"""The list on the screen as a file: the same matters, for whoever may take them along."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.desk.conftest import words
from tests.office import Office
from xinqiao.access.models import Look
from xinqiao.matters.actions.transfer import transfer

SignedIn = Callable[[str], Client]


def numbers_in(response: Any) -> list[str]:
    """The numbers of the matters in a file."""
    page = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return [row[0] for row in page.iter_rows(min_row=2, values_only=True)]


def test_the_file_holds_what_the_filters_leave(office: Office, as_: SignedIn) -> None:
    here, there = office.register().number, office.register().number
    transfer(number=there, actor=office.hexiaowen, to="HCZJ", notified=True)
    client = as_("hexiaowen")
    assert numbers_in(client.get("/desk/matters.xlsx")) == [here, there]
    assert numbers_in(client.get("/desk/matters.xlsx?stage=received")) == [here]
    assert numbers_in(client.get("/desk/matters.xlsx?organ=HCZJ")) == [there]
    assert numbers_in(client.get(f"/desk/matters.xlsx?q={there}")) == [there]


def test_the_button_leads_to_the_file_of_this_very_list(office: Office, as_: SignedIn) -> None:
    office.register()
    assert "/desk/matters.xlsx?stage=received" in words(as_("hexiaowen").get("/desk/matters?stage=received"))
    assert "/desk/matters.xlsx" not in words(as_("wenqi").get("/desk/matters"))  # an archivist may not export


def test_it_is_a_file_to_be_saved_and_no_page(office: Office, as_: SignedIn) -> None:
    office.register()
    response = as_("hexiaowen").get("/desk/matters.xlsx")
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("who", "status"), [("hexiaowen", 200), ("dulan", 200), ("wenqi", 403), ("guoting", 403)])
def test_who_may_export(office: Office, as_: SignedIn, who: str, status: int) -> None:
    office.register()
    assert as_(who).get("/desk/matters.xlsx").status_code == status


def test_whoever_is_not_signed_in_is_asked_to(office: Office) -> None:
    assert Client().get("/desk/matters.xlsx").status_code == 302


def test_each_matter_in_the_file_is_a_look_in_the_log(office: Office, as_: SignedIn) -> None:
    done = office.register()
    numbers_in(as_("hexiaowen").get("/desk/matters.xlsx"))
    look = Look.objects.get(what="export")
    assert (look.stream_id, look.user) == (done.matter.stream_id, office.people["hexiaowen"])


def test_a_list_that_is_too_long_is_told_and_nothing_leaves(
    office: Office, as_: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinqiao.desk.exporting.MOST", 1)
    office.register(), office.register()
    response = as_("hexiaowen").get("/desk/matters.xlsx")
    assert response.status_code == 422
    assert "清单太长" in words(response)
    assert not Look.objects.filter(what="export").exists()
