"""Eight clients that ask over HTTP as fast as they are answered, for so many seconds."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

CLIENTS = 8
Request = tuple[str, dict[str, Any]]


def rate(port: int, requests: Iterator[Request], *, token: str, seconds: float, expected: int) -> tuple[float, int]:
    """Answers a second with the expected status, and how many there were; any other status ends the run."""
    lock, done, failures = threading.Lock(), [0] * CLIENTS, list[str]()
    stop_at = time.monotonic() + seconds

    def take() -> Request | None:
        with lock:
            return next(requests, None)

    threads = [
        threading.Thread(target=_client, args=(n, port, token, take, stop_at, expected, done, failures))
        for n in range(CLIENTS)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(failures[0])
    return sum(done) / (time.monotonic() - began), sum(done)


def _client(
    number: int,
    port: int,
    token: str,
    take: Callable[[], Request | None],
    stop_at: float,
    expected: int,
    done: list[int],
    failures: list[str],
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    while time.monotonic() < stop_at and not failures and (request := take()):
        path, body = request
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != expected:
            failures.append(f"{path} answered {answer.status}: {content[:300]!r}")
            return
        done[number] += 1
