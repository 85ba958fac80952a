"""Handing in through the five steps: nothing lost between them, registered once, the receipt in hand."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.portal.conftest import ACCOUNT, PERSON, Visitor, upload, words
from xinqiao.matters.models import Accused, Matter, Petitioner
from xinqiao.record import decrypt_field, texts_of
from xinqiao.record.receipts import parse_submission, verify_receipt


def test_what_was_written_in_five_steps_is_registered(visitor: Visitor) -> None:
    number, code = visitor.hand_in()
    matter = Matter.objects.get(number=number)
    texts = texts_of(matter.stream_id)
    assert len(code.replace(" ", "")) == 12
    assert matter.petitions.get().channel == "web"
    assert matter.received_by.code == "HCXF"
    assert (texts[1, "text"], texts[1, "title"]) == (ACCOUNT["text"], ACCOUNT["title"])
    assert (texts[1, "claim_1"], texts[1, "claim_2"]) == ("修好北墙", "公开维修资金")
    person = Petitioner.objects.get(matter=matter)
    assert decrypt_field(matter.stream, bytes(person.name)) == "安平"


def test_the_receipt_file_holds(visitor: Visitor) -> None:
    visitor.hand_in()
    answer = visitor.get("/submit/receipt/file")
    file = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert verify_receipt(file["receipt"], submission=parse_submission(file["submission"]))
