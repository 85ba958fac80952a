"""A record, an organ, a user, and a mail server of the test's own."""

from collections.abc import Iterator

import pytest

from tests.notices.smtp_sink import SmtpSink
from tests.streams import new_organ, new_stream, new_user
from xinqiao.organs.models import Organ, User
from xinqiao.record.models import Stream


@pytest.fixture
def stream(organ: Organ) -> Stream:
    return new_stream(root_organ_id=organ.pk)


@pytest.fixture
def organ(db: None) -> Organ:
    return new_organ()


@pytest.fixture
def user(db: None) -> User:
    return new_user()


@pytest.fixture
def sink(settings: pytest.FixtureRequest) -> Iterator[SmtpSink]:
    server = SmtpSink().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.DEFAULT_FROM_EMAIL = "office@yunxi.example"
    settings.OFFICE_NAME = "云溪县信访局"
    yield server
    server.stop()
