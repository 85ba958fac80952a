"""Accept (受理告知): the organ tells the petitioner in writing that it deals with it, how, and by when (Article 23)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.papers import paper_to_petitioners, reserve_papers
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners

SPECIAL_PATHS = range(1, 6)


@transaction.atomic(durable=True)
def accept(
    *,
    number: str,
    actor: Actor,
    path: int | None = None,
    simplified: bool = False,
    basis: str = "",
    seen: int | None = None,
) -> Acting:
    """Accept a matter: an appeal on one of the six paths of Article 31, a proposal or an accusation by its kind.

    ``basis`` names the special law and the organ addressed where the path is one of the first five.
    """
    act = begin("accept", number=number, actor=actor, seen=seen)
    facts = {"path": path} if act.matter.kind == "appeal" else {"kind": act.matter.kind}
    act.check(simplified=simplified, is_joint_or_complex=act.matter.is_group, **facts)
    if path in SPECIAL_PATHS:
        require_words(basis=basis)
    data = {"organ": act.organ, **facts, "simplified": simplified or None}
    kind = "procedural" if path in SPECIAL_PATHS else "acceptance"
    papers = reserve_papers(act, kind, texts={"basis": basis})
    act.append(data | papers.said, texts={"basis": basis})
    paper_to_petitioners(act, papers, kind)
    tell_petitioners(act.matter, "accepted", organ=actor.organ_name, on=act.today, due_on=act.matter.next_due_on)
    return act
