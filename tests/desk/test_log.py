"""An administrator's reasoned half hour, and the log of looks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.desk.conftest import SignedIn, words
from tests.office import Office
from xinqiao.access.models import AdminSession, Look

Hold = Callable[[str], Any]


def test_an_administrator_reads_no_matter_before_saying_why(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    client = as_("admin")
    assert client.get("/desk/matters").status_code == 403
    assert client.get(f"/desk/matters/{number}").status_code == 403
    assert client.post("/desk/admin-session", {"reason": " "}).status_code == 422
    assert client.post("/desk/admin-session", {"reason": "核对导入的数据。"}).headers["Location"] == "/desk/matters"
    page = words(client.get(f"/desk/matters/{number}"))
    assert "您正以管理员身份查看" in page
    look = Look.objects.get()
    assert (look.user, look.what) == (office.people["admin"], "texts")


def test_a_look_lasts_half_an_hour_and_ends_before_on_demand(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    client = as_("admin")
    client.post("/desk/admin-session", {"reason": "核对导入的数据。"})
    session = AdminSession.objects.get()
    assert session.ends_at - session.started_at == timedelta(minutes=30)
    AdminSession.objects.update(ends_at=session.started_at)
    assert client.get(f"/desk/matters/{number}").status_code == 403  # over
    client.post("/desk/admin-session", {"reason": "再核对一次。"})
    assert client.get(f"/desk/matters/{number}").status_code == 200
    client.post("/desk/admin-session/end")
    assert client.get(f"/desk/matters/{number}").status_code == 403  # ended


def test_an_administrator_may_read_and_nothing_else(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    client = as_("admin")
    client.post("/desk/admin-session", {"reason": "核对导入的数据。"})
    assert "安平" not in words(client.get(f"/desk/matters/{number}"))
    assert client.post(f"/desk/matters/{number}/contact").status_code == 403
    assert client.post(f"/desk/matters/{number}/transfer", {"seen": 1, "to": "HCZJ"}).status_code == 403


@pytest.mark.parametrize("username", ["hexiaowen", "dulan"])
def test_only_an_administrator_opens_such_a_look(office: Office, as_: SignedIn, username: str) -> None:
    assert as_(username).post("/desk/admin-session", {"reason": "想看看。"}).status_code == 403
    assert not AdminSession.objects.exists()


def test_the_log_tells_who_saw_what_of_which_matter_and_why(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    as_("hexiaowen").post(f"/desk/matters/{number}/contact")
    admin = as_("admin")
    admin.post("/desk/admin-session", {"reason": "核对导入的数据。"})
    admin.get(f"/desk/matters/{number}")
    page = words(as_("dulan").get("/desk/looks"))
    for said in ("何晓雯", "姓名和联系方式", "系统管理员", "核对导入的数据。", f"/desk/matters/{number}", "2 次查看"):
        assert said in page


def test_the_log_is_for_inspectors_and_administrators(office: Office, as_: SignedIn) -> None:
    assert as_("dulan").get("/desk/looks").status_code == 200
    assert as_("admin").get("/desk/looks").status_code == 200
    assert as_("hexiaowen").get("/desk/looks").status_code == 403


def test_an_inspector_does_not_learn_of_a_matter_from_the_log(office: Office, as_: SignedIn) -> None:
    done = office.register(kind="accusation", accused_organs=("HCXF",))
    client = as_("jinhe")
    client.get(f"/desk/matters/{done.number}")
    assert Look.objects.exists()
    page = words(as_("dulan").get("/desk/looks"))  # of the accused organ
    assert "0 次查看" in page
    assert done.number not in page
    seen = words(as_("admin").get("/desk/looks"))  # sees that somebody looked, not at what
    assert "金禾" in seen
    assert done.number not in seen


def test_the_log_has_pages(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    client = as_("hexiaowen")
    for _look in range(52):
        client.post(f"/desk/matters/{number}/contact")
    reader = as_("dulan")
    first = words(reader.get("/desk/looks"))
    assert "第 1–50 件，共 52 件" in first
    assert first.count("何晓雯") == 50
