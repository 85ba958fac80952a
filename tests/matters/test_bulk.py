"""Many registrations at once leave the same rows as one by one."""

from typing import Any

import pytest

from tests.office import PERSON, TEXT, Office
from xinqiao.matters.actions.register import check_registration, register_checked
from xinqiao.matters.models import Accused, Claim, ClockRow, Involvement, Matter, Petition, Petitioner
from xinqiao.matters.replaying import check_matters
from xinqiao.matters.submission import Submission
from xinqiao.record.copying import FROM_ROWS
from xinqiao.record.fields import decrypt_field

SAID: list[dict[str, Any]] = [
    {},
    {"claims": ("修好北墙", "公开维修资金"), "purpose": "settlement", "place": "禾川县"},
    {"kind": "accusation", "accused_organs": ("HCZJ",), "accused_users": ("jiangbo",)},
    {"petitioners": (PERSON, PERSON), "persons": 9, "channel": "visit"},
    {"anonymous": True, "petitioners": ()},
]
OF_ITSELF = {"id", "matter_id", "petition_id", "stream_id", "number", "query_code", "registered_at", "changed_at"}
OF_ITSELF |= {"name", "telephone", "address", "source_key"}


def register_all(office: Office, count: int) -> list[Matter]:
    """Registrations of every kind, so many at once."""
    said = [
        Submission(**({"channel": "letter", "text": TEXT, "petitioners": (PERSON,)} | SAID[n % 5]))
        for n in range(count)
    ]
    actor = office.hexiaowen
    return [done.matter for done in register_checked([check_registration(submission=s, actor=actor) for s in said])]


@pytest.mark.parametrize("model", [Matter, Petition, Petitioner, Claim, Involvement, Accused, ClockRow])
def test_the_rows_are_the_same_whatever_way_they_took(office: Office, model: Any) -> None:
    many = [matter.pk for matter in register_all(office, FROM_ROWS)]
    few = [matter.pk for _ in range(FROM_ROWS // 5) for matter in register_all(office, 5)]
    assert rows(model, many) == rows(model, few)


def rows(model: Any, matters: list[int]) -> list[dict[str, Any]]:
    """What stands in the rows of these matters, without what is each one's own."""
    of = "pk__in" if model is Matter else "matter_id__in"
    found = model.objects.filter(**{of: matters}).order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in OF_ITSELF} for row in found]


def test_what_was_registered_at_once_agrees_with_its_record(office: Office) -> None:
    matters = register_all(office, FROM_ROWS)
    assert list(check_matters()) == []
    sealed = Petitioner.objects.filter(matter=matters[0]).get()
    assert decrypt_field(matters[0].stream, bytes(sealed.name)) == PERSON.name
    assert len({matter.number for matter in Matter.objects.all()}) == FROM_ROWS
