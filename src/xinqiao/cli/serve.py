"""``xinqiao serve``: desk, portal and API on one port, on the office's database."""

import argparse
import errno
import http.client
import socket
import sys
import time
from collections.abc import Callable, Sequence

from xinqiao.cli import home
from xinqiao.cli.migrate import bring_up_to_date, refuse_if_pending
from xinqiao.cli.processes import Child, Office, stop_on_signals

APPLICATION = "xinqiao.cli.web_worker:application"
READY_SECONDS = 60


def run(argv: Sequence[str]) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    return home.guarded("serve", _run, argv)


def _run(argv: Sequence[str]) -> int:
    options = add_options(home.Parser(prog="xinqiao serve", description="Run the web server."), argv)
    refuse_taken_port(options.host, options.port)
    stop_on_signals()
    with home.django() as cluster:
        if cluster:
            bring_up_to_date()
        else:
            refuse_if_pending()
        office = Office(cluster=cluster, children=[web_server(options)])
        keep(office, when_ready=lambda: print(f"serving on {address(options)}", flush=True), options=options)
    return home.DONE


def add_options(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """The options of the web server, added to a command's own, read and checked. Raises WrongInput."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=2, help="processes that answer (default 2)")
    parser.add_argument("--threads", type=int, default=4, help="threads in each of them (default 4)")
    options = parser.parse_args(argv)
    for name, low, high in [("port", 1, 65535), ("workers", 1, 64), ("threads", 1, 64)]:
        if not low <= getattr(options, name) <= high:
            raise home.WrongInput(f"--{name} must be between {low} and {high}")
    return options


def refuse_taken_port(host: str, port: int) -> None:
    """Raise WrongInput where the address cannot be listened on. The server itself would share a port silently."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise home.WrongInput(f"port {port} is in use: choose another with --port") from error
        raise home.WrongInput(f"cannot listen on {host} port {port}: {error.strerror}") from error


def web_server(options: argparse.Namespace) -> Child:
    """The web server as a child process."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    command += ["--blocking-threads", str(options.threads), "--respawn-failed-workers", "--workers-kill-timeout", "15"]
    return Child(name="the web server", command=[*command, APPLICATION])


def address(options: argparse.Namespace) -> str:
    """Where a browser on this machine finds the office."""
    host = _reachable(options.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{options.port}"


def keep(office: Office, *, when_ready: Callable[[], None], options: argparse.Namespace) -> None:
    """Start an office, say so when it answers, and keep it alive until somebody ends it."""
    from django.db import connections

    home.office_home().joinpath("static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none.
    connections.close_all()  # What follows only watches; sessions of ours would hinder a database that restarts.
    try:
        office.start()
        _wait_until_it_answers(office, options)
        when_ready()
        office.watch()
    finally:
        office.stop()


def _wait_until_it_answers(office: Office, options: argparse.Namespace) -> None:
    until = time.monotonic() + READY_SECONDS
    while not _answers(_reachable(options.host), options.port):
        office.look()
        if time.monotonic() > until:
            raise home.CommandError(f"the web server does not answer within {READY_SECONDS} s")
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    """Whether a request is answered at all, whatever the answer."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{port}"})
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
