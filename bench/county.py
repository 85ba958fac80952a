"""The county of the benchmarks: the demonstration's organs, and forty bureaus beside them that share the work."""

from datetime import date

from xinqiao.organs.models import ContentClass, Holding, Organ, Post, Role, User
from xinqiao.organs.tree import found_organ
from xinqiao.project.demo_office import found_office, hire

BUREAUS = 40
#: As many classes as a province's table has, on its two levels: every list offers all of them.
CLASSES, BELOW = 20, 9
SINCE = date(2015, 1, 1)


def found_county() -> None:
    """Found the organs, hire their people, write the table of classes, unless an earlier run did so and was kept."""
    if not Organ.objects.exists():
        organs = found_office()
        hire(organs)
        _found_bureaus(organs["HC"])
    if not ContentClass.objects.exists():
        _found_classes(Organ.objects.get(code="HC"))


def _found_classes(county: Organ) -> None:
    first = [ContentClass(root=county, name=f"第{n}类", position=n) for n in range(1, CLASSES + 1)]
    ContentClass.objects.bulk_create(first)
    ContentClass.objects.bulk_create(
        ContentClass(root=county, parent=above, name=f"{above.name}第{n}项", position=n)
        for above in first
        for n in range(1, BELOW + 1)
    )


def _found_bureaus(county: Organ) -> None:
    """The bureaus ``B01`` to ``B40`` below the county, each with a clerk (``b01`` …)."""
    for number in range(1, BUREAUS + 1):
        code = f"B{number:02}"
        organ = found_organ(code=code, name=f"禾川县第{number}局", short_name=f"{number}局", since=SINCE, parent=county)
        user = User.objects.create(username=code.lower(), name=f"{number}局文员")
        post = Post.objects.create(organ=organ, title="文员", role=Role.CLERK, ceiling=1)
        Holding.objects.create(post=post, user=user, since=SINCE)
