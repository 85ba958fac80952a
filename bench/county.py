"""The county of the benchmarks: the demonstration's organs, and forty bureaus beside them that share the work."""

from datetime import date

from xinqiao.organs.models import Holding, Organ, Post, Role, User
from xinqiao.organs.tree import found_organ

BUREAUS = 40
SINCE = date(2015, 1, 1)


def found_bureaus(county: Organ) -> dict[str, User]:
    """Found the bureaus ``B01`` to ``B40`` below the county, each with a clerk (``b01`` …); the clerks by code."""
    clerks = {}
    for number in range(1, BUREAUS + 1):
        code = f"B{number:02}"
        organ = found_organ(code=code, name=f"禾川县第{number}局", short_name=f"{number}局", since=SINCE, parent=county)
        user = User.objects.create(username=code.lower(), name=f"{number}局文员")
        post = Post.objects.create(organ=organ, title="文员", role=Role.CLERK, ceiling=1)
        Holding.objects.create(post=post, user=user, since=SINCE)
        clerks[code] = user
    return clerks
