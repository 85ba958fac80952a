"""A program that speaks to the API: as one of the staff, as somebody with a query code, or as nobody."""

import json
from typing import Any

from django.test import Client

PETITION: dict[str, Any] = {"text": "三号楼前的路灯三个月不亮。", "petitioners": [{"name": "安平", "telephone": "138"}]}
OPINION = {"facts": "属实。", "opinion": "维修。", "basis": "《住宅专项维修资金管理办法》"}


class Program:
    """``headers`` go with every request; names with an underscore stand for those with a hyphen."""

    def __init__(self, token: str = "", **headers: str) -> None:
        self.headers = _named(headers) | ({"Authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str, **headers: str) -> Any:
        return Client().get(f"/api/v1{path}", headers=self.headers | _named(headers))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        return Client(raise_request_exception=False).post(
            f"/api/v1{path}", sent, content_type="application/json", headers=self.headers | _named(headers)
        )

    def act(self, number: str, verb: str, *, key: str = "", **body: Any) -> Any:
        return self.post(f"/matters/{number}/acts/{verb}", body, **({"Idempotency_Key": key} if key else {}))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
