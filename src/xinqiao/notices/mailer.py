"""One connection to the mail server, and what the server answers. Knows no notice.

Django's own ``send`` throws the answer away; here it is the evidence that a message was taken over.
"""

import smtplib
from types import TracebackType
from typing import Any, Self, cast

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

_TAKEN = (250, 251)


class Undeliverable(Exception):
    """The server refused this recipient or this message for good (5xx); trying again would not help."""


class TryLater(Exception):
    """This message was not taken over now; another one may be."""


class NoServer(Exception):
    """The mail server cannot be reached, or does not let us in; nothing can be sent now."""


class Mailer:
    """Opens the connection with the first message, and closes it at the end of the block."""

    def __init__(self) -> None:
        self._backend = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._backend.close()

    def send(self, message: EmailMessage) -> str:
        """Hand one message to one recipient over and give the answer; raises Undeliverable, TryLater, NoServer."""
        try:
            self._backend.open()
            if isinstance(self._backend, EmailBackend) and self._backend.connection is not None:
                return _hand_over(self._backend.connection, message)
            self._backend.send_messages([message])
            return f"taken by {type(self._backend).__module__}"
        except (smtplib.SMTPException, OSError) as error:
            self._backend.close()
            raise NoServer(str(error)) from error


def _hand_over(smtp: smtplib.SMTP, message: EmailMessage) -> str:
    """MAIL, RCPT, DATA. A refused sender is our own fault, not the recipient's, so it counts as no server."""
    charset = message.encoding or "utf-8"
    smtp.ehlo_or_helo_if_needed()
    _check(smtp, smtp.mail(sanitize_address(message.from_email, charset)), NoServer)
    _check(smtp, smtp.rcpt(sanitize_address(message.to[0], charset)), Undeliverable)
    return _check(smtp, _data(smtp, _bytes(message)), Undeliverable)


def _bytes(message: EmailMessage) -> bytes:
    """Django's own message class takes ``linesep``, which the types of the standard library do not know."""
    return cast(bytes, cast(Any, message.message()).as_bytes(linesep="\r\n"))


def _data(smtp: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
    try:
        return smtp.data(content)
    except smtplib.SMTPDataError as error:
        return error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()


def _check(smtp: smtplib.SMTP, answer: tuple[int, Any], if_refused: type[Exception]) -> str:
    """The answer as text; a refusal resets the conversation, so that the next message starts clean."""
    code, words = answer[0], answer[1].decode(errors="replace")
    if code in _TAKEN:
        return f"{code} {words}"
    smtp.rset()
    raise (if_refused if code >= 500 else TryLater)(f"{code} {words}")
