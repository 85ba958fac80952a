"""A visitor of the portal: a browser without JavaScript, and short ways through its forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.office import Office

KIND = {"kind": "appeal", "who": "person"}
ACCOUNT = {
    "title": "锦和苑3号楼外墙渗水",
    "text": "三号楼北墙渗水两年，物业和开发商互相推。\n问了三回都说等等看。",
    "claims": "修好北墙\n公开维修资金",
    "place": "锦和苑3号楼",
    "organ": "",
}
PERSON = {"name": "安平", "telephone": "13800000000", "address": "禾川县锦和苑3号楼101"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass
class Visitor:
    """Somebody at a telephone: the pages he opens and what he fills in."""

    client: Client
    office: Office
    seen: dict[str, Any] = field(default_factory=dict)

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query)

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(path, {**(data or {}), **more})

    def fill(self, *, kind: str = "appeal", who: str = "person", account: Any = None, person: Any = None) -> str:
        """Steps 1 to 4; the token of the check page."""
        self.post("/submit", kind=kind, who=who)
        self.post("/submit/account", ACCOUNT | (account or {}))
        self.post("/submit/person", PERSON | (person or {}))
        self.post("/submit/files")
        return str(self.get("/submit/check").context["draft"].token)

    def hand_in(self, **steps: Any) -> tuple[str, str]:
        """The whole way; number and query code."""
        self.post("/submit/check", token=self.fill(**steps))
        page = self.get("/submit/receipt")
        return page.context["number"], page.context["code"]

    def speaking(self, language: str) -> "Visitor":
        """The same one, who reads pages in this language."""
        self.client.cookies["django_language"] = language
        return self

    def follow(self, number: str, code: str) -> Any:
        """Give number and code; the answer to them."""
        return self.post("/track", number=number, code=code)


@pytest.fixture
def visitor(office: Office, files_dir: Path, client: Client) -> Visitor:
    return Visitor(client, office)


@pytest.fixture
def another(office: Office, files_dir: Path) -> Callable[[], Visitor]:
    """Somebody else at another device."""
    return lambda: Visitor(Client(), office)


def upload(name: str = "外墙.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def words(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())
