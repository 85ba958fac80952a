"""A mail server for tests: it keeps what it is given, and answers as it is told to."""

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast


@dataclass
class SmtpSink:
    """Listens on ``port`` of this machine; ``answers`` replaces the answer to a verb (``BODY``: to the message)."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    messages: list[EmailMessage] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    stalls: bool = False

    def start(self) -> "SmtpSink":
        """Serve from a thread until ``stop``; a port from an earlier start is taken again."""
        self._loop, ready = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def stop(self) -> None:
        """Nobody answers any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self, ready: threading.Event) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            await self._converse(reader, writer)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            self.commands.append(line.decode().strip())
            answer = self._answer(line.split()[0].upper().decode())
            writer.write(answer.encode() + b"\r\n")
            if answer.startswith("354"):
                content = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
                self.messages.append(cast(EmailMessage, message_from_bytes(content, policy=default)))
                while self.stalls:  # taken, but the sender never hears of it
                    await asyncio.sleep(0.05)
                writer.write(self.answers.get("BODY", "250 2.0.0 queued as 4F2A7").encode() + b"\r\n")
        writer.close()

    def _answer(self, verb: str) -> str:
        usual = {"DATA": "354 go on", "EHLO": "250 sink", "QUIT": "221 bye"}
        return self.answers.get(verb, usual.get(verb, "250 ok"))
