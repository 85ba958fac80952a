"""Registering through the API with all that belongs to it: person, record, clocks, receipt."""

import argparse
from collections.abc import Iterator
from itertools import count

from bench.clients import Request, rate
from bench.figures import Figure
from bench.office import Bench

TEXT = "三号楼北墙渗水两年，物业和开发商互相推。请求修好北墙，并公开维修资金的使用情况。" * 4


def petitions() -> Iterator[Request]:
    """Letters, each by another person."""
    for number in count(1):
        person = {"name": f"申请人{number}", "telephone": f"138{number:08}", "address": "锦和苑3号楼"}
        body = {
            "channel": "letter",
            "title": f"锦和苑外墙渗水{number}",
            "text": TEXT,
            "claims": ["修好北墙", "公开维修资金"],
            "petitioners": [person],
        }
        yield "/api/v1/petitions", body


def run(bench: Bench, options: argparse.Namespace) -> list[Figure]:
    """Rate of POST /api/v1/petitions, 8 clients, 2 web workers."""
    with bench.serve() as server:
        rate(server.port, petitions(), token=bench.token, seconds=3, expected=201)
        measured, _done = rate(server.port, petitions(), token=bench.token, seconds=options.seconds, expected=201)
    name = "POST /api/v1/petitions, 8 clients, 2 workers"
    return [Figure(name=name, value=measured, unit="/s", floor=bench.floor, must=80, aim=40)]
