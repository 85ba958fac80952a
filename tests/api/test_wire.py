"""Over a real socket, to the web server as an office runs it: what a library would never send."""

import contextlib
import http.client
import json
import socket
from urllib.parse import urlsplit

import pytest

from tests.api.programs import PETITION
from tests.office import Office
from xinqiao.api.parsing import LARGEST_WITH_FILES
from xinqiao.matters.models import Matter

GOOD = json.dumps(PETITION).encode()


def exchange(url: str, sent: bytes) -> tuple[int, bytes]:
    """Send bytes as they are; the status, and everything that came back. 0 where the server just hangs up."""
    where = urlsplit(url)
    with socket.create_connection((where.hostname, where.port), timeout=20) as wire:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            wire.sendall(sent)  # Whoever is told half-way that it is too much reads the answer all the same.
        answer = http.client.HTTPResponse(wire)
        try:
            answer.begin()
            return answer.status, answer.read()
        except (http.client.HTTPException, ConnectionResetError):
            return 0, b""


def post(path: str, body: bytes, *headers: str) -> bytes:
    lines = [f"POST /api/v1{path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", "Content-Type: application/json"]
    return "\r\n".join([*lines, *headers]).encode("latin-1") + b"\r\n\r\n" + body


def get(path: bytes, *headers: bytes) -> bytes:
    lines = [b"GET /api/v1" + path + b" HTTP/1.1", b"Host: 127.0.0.1", b"Connection: close", *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def test_what_a_socket_can_carry(served: str, committed_office: Office) -> None:
    length = f"Content-Length: {len(GOOD)}"
    cases: list[tuple[str, bytes, set[int]]] = [
        ("a petition", post("/petitions", GOOD, length), {201}),
        ("no body", post("/petitions", b"", "Content-Length: 0"), {422}),
        ("no length", post("/petitions", b""), {422}),
        ("chunks", post("/petitions", b"2\r\n{}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), {411}),
        ("two lengths", post("/petitions", GOOD, length, "Content-Length: 3"), {0, 400}),
        ("a length below nothing", post("/petitions", GOOD, "Content-Length: -5"), {0, 400}),
        ("a length and chunks", post("/petitions", GOOD, length, "Transfer-Encoding: chunked"), {0, 400, 411}),
        ("a type twice", post("/petitions", GOOD, length, "Content-Type: text/plain"), {201, 400, 415}),
        ("bytes in a header", post("/petitions", GOOD, length, "Idempotency-Key: \xff\xfe"), {400, 422}),
        ("a long header", post("/petitions", GOOD, length, f"Idempotency-Key: {'x' * 60_000}"), {0, 400, 422, 431}),
        ("a large body", post("/petitions", b"x" * 1000, f"Content-Length: {LARGEST_WITH_FILES + 1}"), {413}),
        ("a NUL in the address", get(b"/matters/%00"), {401}),
        ("bytes in the address", get(b"/matters/\xff\xfe"), {0, 400, 401}),
        ("half an escape", get(b"/matters/%f"), {401}),
        ("half a character", get(b"/track/%ED%A0%80", b"X-Query-Code: \xed\xa0\x80"), {401}),
        ("a cookie with NUL", get(b"/matters", b'Cookie: sessionid="aaaaaaaaaaaa\\000b"'), {401}),
        ("a strange query", get(b"/organs?%00=%ff&&=&lang=%00"), {200}),
        ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(40) + b"\r\n\r\n", {0, 400}),
    ]
    found = {name: exchange(served, sent) for name, sent, _statuses in cases}
    wrong = {name: found[name] for name, _sent, statuses in cases if found[name][0] not in statuses}
    assert not wrong
    assert Matter.objects.count() in {1, 2}


@pytest.mark.parametrize("path", ["/petitions", "/tokens"])
def test_whoever_sends_too_much_is_told(served: str, path: str) -> None:
    """Also where he goes on sending: the answer is there to be read."""
    body = b"x" * (LARGEST_WITH_FILES + 1000)
    status, said = exchange(served, post(path, body, f"Content-Length: {len(body)}"))
    assert (status, json.loads(said)["code"]) == (413, "too-large")


def test_a_body_that_is_cut_off_writes_nothing(served: str, committed_office: Office) -> None:
    where = urlsplit(served)
    for part in (b"", GOOD[: len(GOOD) // 2]):
        with socket.create_connection((where.hostname, where.port), timeout=20) as wire:
            wire.sendall(post("/petitions", part, f"Content-Length: {len(GOOD)}"))
    assert exchange(served, get(b"/organs"))[0] == 200
    assert not Matter.objects.exists()
