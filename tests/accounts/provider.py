"""A small OpenID Connect provider for tests: it knows one person, and answers as it is told to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "xinqiao", "a-secret-of-the-client"


@dataclass
class Provider:
    """What the provider says of who stands before it; ``broken`` names the step that fails."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    broken: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def authorize(self, address: str) -> str:
        """What a browser would do there: sign in, and be sent back; gives the address that it is sent back to."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked.append(query)
        if self.broken == "cancelled":
            back = {"error": "access_denied", "state": query["state"]}
        else:
            self.codes["a-code"] = query["code_challenge"]
            back = {"code": "a-code", "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(back)}"


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
                found = {f"{name}_endpoint": f"{provider.url}/{path}" for name, path in names.items()}
                self._say(found | {"issuer": provider.url, "jwks_uri": f"{provider.url}/keys"})
            elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer an-access-token":
                self._say(provider.claims)
            else:
                self._say({}, 404)

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if provider.broken == "token" or body["client_secret"] != [SECRET] or "code_verifier" not in body:
                self._say({"error": "invalid_grant"}, 400)
                return
            said = {"iss": provider.url, "aud": CLIENT, "exp": time.time() + 60, **provider.claims}
            token = jwt.encode(said, "unused-because-it-came-over-the-back-door!", algorithm="HS256")
            self._say({"access_token": "an-access-token", "token_type": "Bearer", "id_token": token})

        def _say(self, what: dict[str, Any], status: int = 200) -> None:
            body = b"<html>gateway</html>" if provider.broken == "nonsense" else json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Silent."""

    return Handler


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, served from a thread."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()
