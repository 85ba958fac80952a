"""A key ring of its own for every test of the record, and short ways to record something."""

from datetime import UTC, date, datetime

import pytest

from xinqiao.record.chain import Act, ActorStamp, OrganStamp


@pytest.fixture
def keys(tmp_path, settings):
    settings.KEYS_DIR = tmp_path / "keys"
    return settings.KEYS_DIR


@pytest.fixture
def act():
    """An act with every part of the envelope filled in; named parts are replaced."""

    def make(type="received", **parts):
        usual = {
            "actor": ActorStamp(kind="staff", id=7, post="接访员", role="clerk"),
            "organ": OrganStamp(code="bureau", name="青禾县信访局"),
            "at": datetime(2026, 9, 7, 2, 0, tzinfo=UTC),
            "on": date(2026, 9, 7),
            "article": "信访工作条例 第二十二条",
            "pack": "CN-2022@1",
            "calendar": "CN@2026.1",
        }
        return Act(type=type, **(usual | parts))

    return make
