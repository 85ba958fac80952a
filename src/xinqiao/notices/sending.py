"""Send what is due by e-mail. Runs in the worker; several workers share the work and never send one notice at once.

Each attempt is counted in a transaction of its own before it is made, so a notice that kills the worker does not come
again at once, and its row is locked while it is under way. A crash between sending and writing it down repeats the
message under the same Message-ID; nothing is lost.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation

from xinqiao.access.clock import now
from xinqiao.notices.facts import load
from xinqiao.notices.kinds import NoticeKind
from xinqiao.notices.letters import open_address
from xinqiao.notices.mailer import Mailer, NoServer, TryLater, Undeliverable
from xinqiao.notices.models import Channel, Notice, NoticeState
from xinqiao.notices.queueing import queue
from xinqiao.record.fields import KeyErased

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=6),
    timedelta(hours=6),
)
"""How long after each attempt the next one comes; after the last one nobody waits any more."""

MAX_ATTEMPTS = len(WAITS)
MAX_EVIDENCE = 500


def is_mail_set_up() -> bool:
    """Whether a mail server is named; until then e-mail stays queued, and ``waiting_since`` tells how long."""
    return bool(settings.EMAIL_HOST) or not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")


def send_due(limit: int = 200) -> int:
    """Try up to ``limit`` due e-mails and give how many were tried; stops where the server is not there.

    Never inside a transaction of the caller: RuntimeError.
    """
    tried = 0
    with Mailer() as mailer:
        while is_mail_set_up() and tried < limit and (notice_id := _claim()) is not None:
            tried += 1
            if not _attempt(notice_id, mailer):
                break
    return tried


@transaction.atomic(durable=True)
def _claim() -> int | None:
    """Count one attempt of the notice that has waited longest, and put its next one off."""
    due = Notice.objects.filter(channel=Channel.EMAIL, state=NoticeState.QUEUED, next_attempt_at__lte=now())
    notice = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "id").first()
    if notice is None:
        return None
    notice.next_attempt_at = now() + WAITS[min(notice.attempts, MAX_ATTEMPTS - 1)]
    notice.attempts += 1
    notice.save(update_fields=["attempts", "next_attempt_at"])
    return int(notice.pk)


@transaction.atomic(durable=True)
def _attempt(notice_id: int, mailer: Mailer) -> bool:
    """One attempt; whether it makes sense to go on with others.

    Here the lock is waited for: a colleague looking for due notices holds a row for a moment before passing over it.
    """
    rows = Notice.objects.filter(pk=notice_id, state=NoticeState.QUEUED).select_related("stream")
    notice = rows.select_for_update(of=("self",)).first()
    if notice is None:
        return True
    try:
        _deliver(notice, mailer)
    except NoServer as error:
        _put_off(notice, str(error))
        return False
    except TryLater as error:
        _put_off(notice, str(error))
    except Undeliverable as error:
        _give_up(notice, str(error))
    except KeyErased:
        _fail(notice, "the address was lawfully erased")
    return True


def _deliver(notice: Notice, mailer: Mailer) -> None:
    if notice.attempts > MAX_ATTEMPTS:
        raise Undeliverable("the worker stopped during the last attempt")
    address = open_address(notice)
    with translation.override(notice.language):
        message = _message(notice, address)
    notice.evidence = _send(mailer, message, address)
    notice.sent_body, notice.sent_at, notice.state = str(message.body), now(), NoticeState.SENT
    notice.save(update_fields=["evidence", "sent_body", "sent_at", "state"])


def _message(notice: Notice, address: str) -> EmailMessage:
    """The same Message-ID with every attempt: a mailbox that gets it twice can tell."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<notice-{notice.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(notice.subject, notice.body, to=[address], headers=headers)


def _send(mailer: Mailer, message: EmailMessage, address: str) -> str:
    """Hand over and give the evidence; an answer that repeats the address is kept without it."""
    try:
        return _without(address, mailer.send(message))
    except (NoServer, TryLater, Undeliverable) as error:
        raise type(error)(_without(address, str(error))) from None
    except ValueError as error:
        raise Undeliverable("the address cannot be written into a message") from error


def _without(address: str, words: str) -> str:
    return re.sub(re.escape(address), "…", words, flags=re.IGNORECASE)[:MAX_EVIDENCE]


def _put_off(notice: Notice, reason: str) -> None:
    """Later again, or never: the last attempt tells the desk."""
    if notice.attempts >= MAX_ATTEMPTS:
        _give_up(notice, reason)
        return
    notice.evidence = reason
    notice.save(update_fields=["evidence"])


def _give_up(notice: Notice, reason: str) -> None:
    """Say so in the desk of the organ that owed the notice: it has to tell the petitioner in another way."""
    _fail(notice, reason)
    facts = {"number": load(notice.facts).get("number"), "attempts": notice.attempts}
    queue(
        NoticeKind.NOTICE_FAILED,
        stream=notice.stream,
        organ_ids=[notice.sender_organ_id or notice.root_organ_id],
        facts=facts,
        neutral=notice.neutral,
    )


def _fail(notice: Notice, reason: str) -> None:
    notice.state, notice.evidence = NoticeState.FAILED, reason
    notice.save(update_fields=["state", "evidence"])
