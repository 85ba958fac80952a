"""An administrator keeps organs and posts in order: each change with its basis, none that loses a duty."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.accounts.conftest import SignedIn, words
from tests.matters.cases import handled
from tests.office import Office
from xinqiao.access.actor import Forbidden, staff_actor
from xinqiao.access.clock import today
from xinqiao.accounts.actions import organs as acts
from xinqiao.accounts.actions.posts import add_post, change_post
from xinqiao.accounts.models import Change
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Holding, Organ, OrganPeriod, Post

BASIS = "禾编〔2026〕7号"
NEW = {"code": "HCJY", "name": "禾川县教育局", "parent": "HC", "since": date(2026, 1, 1), "basis": BASIS}


def newest() -> Change:
    return Change.objects.latest("id")


def refused(act: Any, **said: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        act(**said)
    return error.value.errors


def test_an_organ_is_founded_with_its_history(office: Office) -> None:
    organ = acts.found(actor=office.admin, **NEW)
    assert organ.pk in Organ.objects.get(code="HCJY").ancestors
    row = newest()
    assert (row.subject, row.subject_id, row.what, row.by, row.basis) == (
        "organ",
        organ.pk,
        "founded",
        office.people["admin"],
        BASIS,
    )
    assert row.fields["parent"] == ["", "禾川县人民政府"]


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"code": "hcjy"}, "code", "small letters"),
        ({"code": "HCZJ"}, "code", "the code of another organ"),
        ({"name": " "}, "name", "no name"),
        ({"basis": ""}, "basis", "on nothing"),
    ],
)
def test_a_wrong_founding_is_refused_at_the_field(
    office: Office, changes: dict[str, Any], field: str, why: str
) -> None:
    assert list(refused(acts.found, actor=office.admin, **(NEW | changes))) == [field], why
    assert not Organ.objects.filter(code="HCJY").exists()


def test_a_county_administers_no_organ_of_the_city(office: Office) -> None:
    for act in (
        lambda: acts.found(actor=office.admin, **(NEW | {"parent": "YZ"})),
        lambda: acts.rename(actor=office.admin, code="YZZJ", name="x", short_name="", on=today(), basis=BASIS),
        lambda: acts.describe(actor=office.admin, code="YZXF", values={"telephone": "0000-1"}),
    ):
        with pytest.raises(NotThere):
            act()


def test_whoever_has_not_the_power_changes_nothing(office: Office) -> None:
    with pytest.raises(Forbidden):
        acts.found(actor=office.hexiaowen, **NEW)


def test_a_renamed_and_moved_organ_keeps_its_past(office: Office) -> None:
    acts.rename(actor=office.admin, code="HCRS", name="禾川县人社局", short_name="人社局", on=today(), basis=BASIS)
    assert newest().fields["name"] == ["禾川县人力资源和社会保障局", "禾川县人社局"]
    acts.move(actor=office.admin, code="LWC", parent="HC", line_parent="", on=today(), basis=BASIS)
    assert newest().fields["parent"] == ["云溪镇人民政府", "禾川县人民政府"]
    assert OrganPeriod.objects.filter(organ__code="LWC").count() == 2


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"parent": "LWC", "line_parent": ""}, "parent", "below itself"),
        ({"parent": "HC", "line_parent": "", "on": today() + timedelta(1)}, "on", "a day to come"),
        ({"parent": "HC", "line_parent": "", "on": date(2010, 1, 1)}, "on", "before what is on record"),
    ],
)
def test_a_move_that_cannot_be_says_why_at_the_field(
    office: Office, said: dict[str, Any], field: str, why: str
) -> None:
    said = {"on": today(), "basis": BASIS} | said
    assert list(refused(acts.move, actor=office.admin, code="YXZ", **said)) == [field], why


def test_an_organ_with_unfinished_matters_ends_only_into_a_successor(office: Office, on: Any) -> None:
    handled(office, on)
    said = {"actor": office.admin, "code": "HCZJ", "kind": "abolished", "basis": BASIS}
    assert refused(acts.dissolve, **said, successors=[])["successors"] == "还有1 件未办结，先指定承接机关。"
    acts.dissolve(**said, successors=["HCRS"])
    assert Organ.objects.get(code="HCZJ").valid_until == today()
    assert newest().fields["successors"] == ["", "禾川县人力资源和社会保障局"]


def test_an_organ_with_others_below_it_does_not_end(office: Office) -> None:
    said = {"actor": office.admin, "kind": "merged", "successors": ["HCRS"], "basis": BASIS}
    assert "云溪镇柳湾村村民委员会" in refused(acts.dissolve, **said, code="YXZ")["successors"]
    assert "两个以上" in refused(acts.dissolve, **(said | {"kind": "split"}), code="HCZJ")["successors"]


def test_the_counter_and_addresses_are_changed_with_what_they_were(office: Office) -> None:
    acts.describe(actor=office.admin, code="HCXF", values={"telephone": "0000-6123 9999", "is_front": False})
    assert newest().fields == {"telephone": ["0000-6123 4567", "0000-6123 9999"], "is_front": ["yes", "no"]}
    before = Change.objects.count()
    acts.describe(actor=office.admin, code="HCXF", values={"telephone": "0000-6123 9999"})
    assert Change.objects.count() == before, "nothing changed, nothing said"


def test_posts_are_added_and_changed_but_never_ones_own(office: Office) -> None:
    post = add_post(actor=office.admin, organ="YXZ", title="综治办主任", role="handler", ceiling=1)
    change_post(actor=office.admin, pk=post.pk, title="综治中心主任", role="handler", ceiling=2)
    assert newest().fields == {"title": ["综治办主任", "综治中心主任"], "ceiling": ["1", "2"]}
    own = Holding.objects.get(user=office.people["admin"]).post
    said = {"title": own.title, "role": "bureau_head", "ceiling": 2}
    assert "role" in refused(change_post, actor=office.admin, pk=own.pk, **said)
    assert "role" in refused(add_post, actor=office.admin, organ="YXZ", title="x", role="bureau_head", ceiling=1), (
        "a township is no petition office"
    )


def test_the_history_cannot_be_changed_by_anybody(office: Office) -> None:
    acts.found(actor=office.admin, **NEW)
    for change in (lambda: Change.objects.update(basis="x"), lambda: Change.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only appended to"), transaction.atomic():
            change()


def test_the_pages_show_what_can_be_done_and_what_was_done(office: Office, as_: SignedIn, on: Any) -> None:
    handled(office, on)
    client = as_("admin")
    page = words(client.get("/desk/administration/organs"))
    assert "禾川县住房和城乡建设局" in page
    assert "云州市信访局" not in page, "that of the city"
    assert "没有这样的单位" in words(client.get("/desk/administration/organs?q=nothing"))
    response = client.post("/desk/administration/organs/add", NEW | {"level": "county", "kind": "organ"})
    assert response.status_code == 422
    assert "禾川县教育局" in words(response), "what was typed is kept"
    whole = NEW | {"level": "county", "kind": "organ", "category": "government", "since": "2026-01-01"}
    assert client.post("/desk/administration/organs/add", whole).headers["Location"].endswith("/HCJY")
    page = words(client.get("/desk/administration/organs/HCJY"))
    assert "设立" in page
    assert BASIS in page
    page = words(client.get("/desk/administration/organs/YXZ"))
    assert "下面还有单位" in page, "greyed with its reason"
    post = Post.objects.get(organ__code="HCZJ", role="organ_head")
    assert "谭越" in words(client.get(f"/desk/administration/posts/{post.pk}"))
    ended = client.post(
        "/desk/administration/organs/HCZJ/end", {"kind": "merged", "successors": ["HCRS"], "basis": BASIS}
    )
    assert ended.status_code == 302
    assert "不再改动" in words(client.get("/desk/administration/organs/HCZJ"))
    assert client.get("/desk/administration/organs/YZ").status_code == 404


def test_an_ended_organ_leaves_its_staff_without_power(office: Office) -> None:
    acts.dissolve(actor=office.admin, code="HCRS", kind="merged", successors=["HCZJ"], basis=BASIS)
    assert staff_actor(office.people["baiyun"], today=today()).kind == "nobody"
