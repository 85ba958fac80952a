"""The county of the benchmarks: the demonstration's organs, and forty bureaus beside them that share the work."""

from datetime import date

from xinqiao.organs.models import Holding, Organ, Post, Role, User
from xinqiao.organs.tree import found_organ
from xinqiao.project.demo_office import found_office, hire

BUREAUS = 40
SINCE = date(2015, 1, 1)


def found_county() -> None:
    """Found the organs and hire their people, unless an earlier run did so and was kept."""
    if not Organ.objects.exists():
        organs = found_office()
        hire(organs)
        _found_bureaus(organs["HC"])


def _found_bureaus(county: Organ) -> None:
    """The bureaus ``B01`` to ``B40`` below the county, each with a clerk (``b01`` …)."""
    for number in range(1, BUREAUS + 1):
        code = f"B{number:02}"
        organ = found_organ(code=code, name=f"禾川县第{number}局", short_name=f"{number}局", since=SINCE, parent=county)
        user = User.objects.create(username=code.lower(), name=f"{number}局文员")
        post = Post.objects.create(organ=organ, title="文员", role=Role.CLERK, ceiling=1)
        Holding.objects.create(post=post, user=user, since=SINCE)
