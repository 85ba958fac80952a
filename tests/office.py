"""A small office for tests: the organs and staff of the demonstration, and short ways to act as one of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import Model

from xinqiao.access.actor import Actor, citizen_actor, staff_actor
from xinqiao.access.clock import SHANGHAI, held_at, today
from xinqiao.matters.actions.register import Registered, register
from xinqiao.matters.submission import Person, Submission
from xinqiao.organs.models import Holding, Organ, OrganPeriod, Post, User
from xinqiao.project.demo_office import found_office, hire
from xinqiao.record.copying import copy_in

TEXT = "三号楼北墙渗水两年，物业和开发商互相推。请求修好北墙，并公开维修资金。"


@dataclass
class Office:
    """Organs by code, people by account name, and who they are as actors."""

    organs: dict[str, Organ]
    people: dict[str, User]
    changes: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, username: str) -> Actor:
        if username.startswith("_") or username not in self.people:
            raise AttributeError(username)
        return staff_actor(self.people[username], today=today())

    @property
    def root_id(self) -> int:
        return self.organs["YZ"].pk

    def citizen(self, registered: Registered | None = None) -> Actor:
        """Somebody outside; with a registration, the one who holds its codes."""
        return citizen_actor(root_organ_id=self.root_id, matter_id=registered.matter.pk if registered else None)

    def register(self, actor: Actor | None = None, *, organ: str | None = None, **changes: Any) -> Registered:
        """Register a plain letter, with what a test wants otherwise."""
        said = {"channel": "letter", "text": TEXT, "title": "锦和苑3号楼外墙渗水", "petitioners": (PERSON,)} | changes
        return register(submission=Submission(**said), actor=actor or self.hexiaowen, organ=organ)


PERSON = Person(name="安平", telephone="13800000000", address="禾川县锦和苑3号楼101")


#: The rows of the office as they were founded first, table by table: the next test gets them by COPY, which is quick.
_founded: dict[type[Model], list[tuple[Any, ...]]] = {}


@pytest.fixture
def office(db: None) -> Office:
    if _founded:
        for model, rows in _founded.items():
            copy_in(model._meta.db_table, [str(f.column) for f in model._meta.concrete_fields], rows)
    else:
        hire(found_office(), password="a-long-test-password")
        for model in (User, Organ, OrganPeriod, Post, Holding):
            _founded[model] = list(model._base_manager.order_by("pk").values_list())
    return Office(
        {organ.code: organ for organ in Organ.objects.order_by("pk")},
        {user.username: user for user in User.objects.order_by("pk")},
    )


@pytest.fixture
def on() -> Callable[[str], Any]:
    """``with on("2026-09-07"):`` — nine in the morning of that day in China."""

    def hold(day: str, hour: int = 9) -> Any:
        return held_at(datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI).replace(hour=hour))

    return hold
