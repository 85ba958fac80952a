"""Every test here has a file store of its own and no scanner."""

from pathlib import Path

import pytest

from tests.streams import new_stream
from xinqiao.record.models import Stream


@pytest.fixture(autouse=True)
def file_store(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    settings.SCANNER_COMMAND = ""
    return settings.FILES_DIR


@pytest.fixture
def stream(db: None) -> Stream:
    return new_stream()
