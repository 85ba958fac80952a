"""E-mail that is due: handed over once with the server's answer as evidence; retried with patience; given up aloud."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from tests.notices.smtp_sink import SmtpSink
from tests.streams import erase_key
from xinqiao.access.clock import held_at
from xinqiao.notices.models import Channel, Notice, NoticeState
from xinqiao.notices.queueing import queue
from xinqiao.notices.selectors import waiting_since
from xinqiao.notices.sending import MAX_ATTEMPTS, WAITS, send_due
from xinqiao.organs.models import Organ
from xinqiao.record.models import Stream

START = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
ADDRESS = "wang@example.org"


@pytest.fixture(autouse=True)
def _at_the_start() -> Iterator[None]:
    with held_at(START):
        yield


def queue_email(stream: Stream, *addresses: str, **more: object) -> list[Notice]:
    facts = {"number": "2026-0017", "organ": "云溪县住建局", "due_on": date(2026, 12, 7)}
    return queue("accepted", stream=stream, emails=addresses or [ADDRESS], facts=facts, **more)


def send_after(wait: timedelta) -> int:
    with held_at(START + wait):
        return send_due()


def test_sent_once_with_evidence(stream: Stream, sink: SmtpSink) -> None:
    (notice,) = queue_email(stream)
    assert send_due() == 1
    assert send_due() == 0
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.attempts) == (NoticeState.SENT, START, 1)
    assert notice.evidence == "250 2.0.0 queued as 4F2A7"
    (message,) = sink.messages
    assert (message["To"], message["From"]) == (ADDRESS, "office@yunxi.example")
    assert message["Message-ID"] == f"<notice-{notice.pk}@yunxi.example>"
    assert message["Subject"] == "云溪县信访局给您的通知"
    assert "2026年12月7日（星期一）" in message.get_content()
    assert message.get_content().replace("\r\n", "\n") == notice.sent_body == notice.body


def test_language_of_the_recipient(stream: Stream, sink: SmtpSink) -> None:
    queue_email(stream, language="en")
    send_due()
    assert "Monday, 7 December 2026" in sink.messages[0].get_content()


def test_one_connection_for_many(stream: Stream, sink: SmtpSink) -> None:
    queue_email(stream, *[f"{i}@example.org" for i in range(5)])
    assert send_due() == 5
    assert len(sink.messages) == 5
    assert sum(command.upper().startswith("EHLO") for command in sink.commands) == 1


def test_limit_leaves_the_rest(stream: Stream, sink: SmtpSink) -> None:
    queue_email(stream, *[f"{i}@example.org" for i in range(5)])
    assert send_due(limit=2) == 2
    assert len(sink.messages) == 2


def test_desk_and_letters_are_not_mailed(stream: Stream, organ: Organ, sink: SmtpSink) -> None:
    queue("accepted", stream=stream, organ_ids=[organ.pk], addresses=["云溪县河东路 1 号"], facts={})
    assert send_due() == 0
    assert not sink.messages


@pytest.mark.parametrize(
    "failure",
    [
        {"RCPT": "451 4.2.1 try later"},  # greylisting
        {"BODY": "452 4.3.1 disk full"},
        {"DATA": "421 4.3.2 shutting down"},
        {"MAIL": "530 5.7.0 authentication required"},  # our own fault: not the recipient's
        {"EHLO": "554 go away", "HELO": "554 go away"},
    ],
)
def test_failure_then_retry_then_sent_once(stream: Stream, sink: SmtpSink, failure: dict[str, str]) -> None:
    (notice,) = queue_email(stream)
    sink.answers = failure
    send_due()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, len(sink.messages)) == (NoticeState.QUEUED, 1, "BODY" in failure)
    assert notice.evidence
    assert send_due() == 0  # not at once
    sink.answers, before = {}, len(sink.messages)
    assert send_after(WAITS[0]) == 1
    assert send_after(WAITS[0] * 100) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, len(sink.messages) - before) == (NoticeState.SENT, 2, 1)


def test_no_server_stops_the_round_and_loses_nothing(stream: Stream, sink: SmtpSink) -> None:
    queue_email(stream, *[f"{i}@example.org" for i in range(3)])
    sink.stop()
    assert send_due() == 1  # the others need not knock at a closed door
    assert Notice.objects.filter(state=NoticeState.QUEUED).count() == 3
    sink.start()
    assert send_after(WAITS[0]) == 3
    assert {m["To"] for m in sink.messages} == {"0@example.org", "1@example.org", "2@example.org"}


def test_one_that_must_wait_does_not_hold_up_the_others(stream: Stream, sink: SmtpSink) -> None:
    queue_email(stream, "first@example.org", "second@example.org")
    sink.answers = {"RCPT": "451 4.2.1 try later"}
    assert send_due() == 2


def test_waits_grow_and_the_last_attempt_tells_the_desk(stream: Stream, organ: Organ, sink: SmtpSink) -> None:
    (notice,) = queue_email(stream, sender_organ_id=organ.pk)
    sink.answers = {"RCPT": "451 4.2.1 try later"}
    at = START
    for wait in WAITS:
        with held_at(at):
            assert send_due() == 1
        at += wait
        with held_at(at - timedelta(seconds=1)):
            assert send_due() == 0
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, sink.messages) == (NoticeState.FAILED, MAX_ATTEMPTS, [])
    told = Notice.objects.get(channel=Channel.DESK)
    assert (told.kind, told.organ, told.stream) == ("notice_failed", organ, stream)
    assert told.facts == {"number": "2026-0017", "attempts": MAX_ATTEMPTS}


def test_refused_for_good_is_not_tried_again_and_keeps_no_address(stream: Stream, organ: Organ, sink: SmtpSink) -> None:
    (notice,) = queue_email(stream)
    sink.answers = {"RCPT": f"550 5.1.1 <{ADDRESS.upper()}>: no such user"}
    assert send_due() == 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.FAILED
    assert notice.evidence == "550 5.1.1 <…>: no such user"
    assert Notice.objects.get(channel=Channel.DESK).organ == organ  # no sender named: the office's root organ


def test_a_neutral_notice_fails_neutrally(stream: Stream, sink: SmtpSink) -> None:
    queue_email(stream, neutral=True)
    sink.answers = {"RCPT": "550 no"}
    send_due()
    told = Notice.objects.get(channel=Channel.DESK)
    assert (told.neutral, told.facts) == (True, {})


@pytest.mark.parametrize("address", ["nobody", "a b@example.org", "a@example.org\r\nBcc: all@example.org", "é@"])
def test_an_address_that_cannot_be_written_hurts_nobody_else(stream: Stream, sink: SmtpSink, address: str) -> None:
    queue_email(stream, address, ADDRESS)
    sink.answers = {}
    send_due()
    assert ADDRESS in {m["To"] for m in sink.messages}
    assert not any("all@example.org" in command for command in sink.commands)


def test_erased_address_is_not_sent_to(stream: Stream, sink: SmtpSink) -> None:
    (notice,) = queue_email(stream)
    erase_key(stream)
    send_due()
    notice.refresh_from_db()
    assert (notice.state, sink.commands) == (NoticeState.FAILED, [])
    assert not Notice.objects.filter(channel=Channel.DESK).exists()  # lawful: nobody has failed in a duty


def test_after_a_crash_before_it_was_written_down_the_same_message_comes_again(
    stream: Stream, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notice,) = queue_email(stream)
    with monkeypatch.context() as patch:
        patch.setattr(Notice, "save", crash_after_sending(Notice.save))
        with pytest.raises(KeyboardInterrupt):
            send_due()
    notice.refresh_from_db()
    assert (notice.state, len(sink.messages)) == (NoticeState.QUEUED, 1)
    assert send_due() == 0  # the attempt is counted: a notice that kills workers cannot do so in a row
    assert send_after(WAITS[0]) == 1
    assert len({m["Message-ID"] for m in sink.messages}) == 1


def crash_after_sending(save: object) -> object:
    def crash(self: Notice, **fields: object) -> None:
        if self.state == NoticeState.SENT:
            raise KeyboardInterrupt
        save(self, **fields)

    return crash


def test_without_a_mail_server_nothing_is_tried_and_the_waiting_shows(
    stream: Stream, settings: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    (notice,) = queue_email(stream)
    with caplog.at_level(logging.WARNING):
        assert send_due() == 0
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (NoticeState.QUEUED, 0)
    assert waiting_since() == notice.created_at


def test_other_ways_of_mail_that_django_knows(stream: Stream, settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    queue_email(stream)
    assert send_due() == 1
    assert mail.outbox[0].to == [ADDRESS]
    assert "locmem" in Notice.objects.get().evidence
