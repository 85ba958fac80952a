"""A whole office behind a real server: acts commit, and the day is whatever a test says, in every thread."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office
from xinqiao.access import clock
from xinqiao.project.demo_office import found_office, hire

PASSWORD = "a-long-test-password"


class SharedTime:
    """Stands in for the context variable of the clock, which a thread of the server would not see."""

    def __init__(self) -> None:
        self.instant: datetime | None = None

    def get(self) -> datetime | None:
        return self.instant

    def set(self, instant: datetime | None) -> datetime | None:
        before, self.instant = self.instant, instant
        return before

    def reset(self, before: datetime | None) -> None:
        self.instant = before


@dataclass
class LiveOffice:
    """An office that people reach at ``url``."""

    office: Office
    url: str
    time: SharedTime

    def on(self, day: str) -> None:
        """From now on it is nine in the morning of this day."""
        self.time.set(datetime.combine(date.fromisoformat(day), datetime.min.time(), clock.SHANGHAI).replace(hour=9))


@pytest.fixture
def live_office(committed_db: str, files_dir: Path, live: str, monkeypatch: pytest.MonkeyPatch) -> LiveOffice:
    time = SharedTime()
    monkeypatch.setattr(clock, "_held", time)
    organs = found_office()
    return LiveOffice(Office(organs, hire(organs, password=PASSWORD)), live, time)


def sign_in(page: Any, office: LiveOffice, username: str) -> None:
    """Sign in by the page, as anybody does."""
    page.goto(f"{office.url}/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{office.url}/desk/**")
