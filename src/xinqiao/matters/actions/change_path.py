"""Change the path (改变途径): what was accepted on one path of Article 31 belongs on another."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.papers import paper_to_petitioners, reserve_papers
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners


@transaction.atomic(durable=True)
def change_path(*, number: str, actor: Actor, path: int, reason: str, seen: int | None = None) -> Acting:
    """Go on by another path; the petitioner is told why."""
    act = begin("change_path", number=number, actor=actor, seen=seen)
    act.check(path=path)
    require_words(reason=reason)
    papers = reserve_papers(act, "procedural", texts={"reason": reason})
    act.append({"organ": act.organ, "path": path} | papers.said, texts={"reason": reason})
    paper_to_petitioners(act, papers, "procedural")
    tell_petitioners(act.matter, "path_changed", organ=actor.organ_name, on=act.today)
    return act
