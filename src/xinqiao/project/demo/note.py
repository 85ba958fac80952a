"""What the machine itself must remember of a loading: its day, whether it is through, the query codes of the tutorial.

A query code is nowhere else in clear; this file is for the owner of the office's home alone, and a demonstration only.
"""

import json
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

NAME = "demo.json"


@dataclass
class Note:
    """The day of loading; ``codes``: key of a story → number and query code."""

    day: date
    is_small: bool = False
    is_through: bool = False
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)

    def save(self) -> None:
        """Write it whole or not at all, readable by the owner alone."""
        path, draft = place(), place().with_suffix(".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        said = {
            "day": self.day.isoformat(),
            "small": self.is_small,
            "through": self.is_through,
            "codes": {key: list(pair) for key, pair in self.codes.items()},
        }
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(said, file, ensure_ascii=False)
        draft.replace(path)


def place() -> Path:
    """Where the note lies."""
    return Path(settings.XINQIAO_HOME) / NAME


def read() -> Note | None:
    """The note of the last loading here; None where there was none."""
    try:
        said: dict[str, Any] = json.loads(place().read_text())
    except FileNotFoundError:
        return None
    codes = {key: (number, code) for key, (number, code) in said["codes"].items()}
    return Note(date.fromisoformat(said["day"]), said["small"], said["through"], codes)
