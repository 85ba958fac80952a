"""Sheets to be set: of a paper that was issued, of its return slip, of a receipt, and of a paper not yet issued.

Nothing here asks who looks: a page has done that, and says whether names may be shown.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import override

from xinqiao.documents.labels import DeliveryMethod, PaperKind
from xinqiao.documents.models import Delivery, Paper
from xinqiao.documents.paper_proofs import check_code, content_hash, paper_content, sign_paper, verify_query
from xinqiao.documents.papers import evidence_of
from xinqiao.documents.placeholders import HANS, HANT
from xinqiao.documents.rendering import preview
from xinqiao.documents.sheets import Proving, Sheet, chinese_day, said
from xinqiao.documents.template_versions import ensure_template
from xinqiao.matters.acting import Acting, TakenBack, kept_beside
from xinqiao.matters.models import Matter
from xinqiao.matters.paper_values import Earlier, Told, addressed, blocks_of, copies_of, values_of
from xinqiao.matters.papers import addressees, paper_facts
from xinqiao.matters.selectors import petitioners_of
from xinqiao.organs.models import Organ
from xinqiao.record import RecordedEvent, events_of, texts_of
from xinqiao.record.fields import ring

_SIGNERS = {
    HANS: ("信访人（签名）：", "对方（签名或者盖章）：", "主持机关（盖章）："),
    HANT: ("信訪人（簽名）：", "對方（簽名或者蓋章）：", "主持機關（蓋章）："),
}


class NotPrinted(Exception):
    """A kind of paper that is not typeset here, or one whose words were lawfully destroyed."""


def sheet_of(matter: Matter, paper: Paper, script: str, *, with_names: bool, base_url: str) -> Sheet:
    """A paper as it was issued, with the texts of its own version; ``base_url`` is where the office is reached.

    Raises NotPrinted.
    """
    told = _told(matter, paper, script, with_names=with_names)
    template = paper.template or ensure_template(paper.kind, root_organ_id=matter.root_organ_id)
    return _sheet(told, template.texts[script], number=paper.number or "", proving=proving_of(paper, base_url))


def proving_of(paper: Paper, base_url: str) -> Proving | None:
    """What is printed with the code; None for a paper from before papers were signed."""
    if not (paper.number and paper.content and paper.signature):
        return None
    query = verify_query(paper.number, paper.issued_on, paper.content, paper.signature)
    return Proving(url=f"{base_url}/papers/verify?{query}", code=check_code(paper.content))


def receipt_sheet(matter: Matter, script: str, *, query_code: str, base_url: str, with_names: bool = True) -> Sheet:
    """The receipt of a registration (收件回执); the query code is known only to whoever has just registered.

    It has no number of its own: it is known by that of the matter, and vouched for by the first event.
    """
    recorded = events_of(matter.stream_id)[:1]
    told = _receipt_told(matter, recorded, script, with_names=with_names)
    template = ensure_template(PaperKind.RECEIPT, root_organ_id=matter.root_organ_id)
    content = receipt_content(matter, recorded[0])
    signature, _signer = sign_paper(matter.number, matter.received_on, content, ring().signer)
    proving = Proving(
        url=f"{base_url}/papers/verify?{verify_query(matter.number, matter.received_on, content, signature)}",
        code=check_code(content),
    )
    return _sheet(told, template.texts[script], number=matter.number, proving=proving, query_code=query_code)


def receipt_content(matter: Matter, first: RecordedEvent) -> str:
    """The hash of what a receipt vouches for: number, day and first event."""
    return content_hash(
        paper_content(
            number=matter.number,
            kind=PaperKind.RECEIPT,
            issued_on=matter.received_on,
            organ=str(first.data.get("organ", "")),
            matter=matter.number,
            petitioners=(),
            event=first.hash,
            template="",
            facts={},
        )
    )


def slip_sheet(
    matter: Matter, paper: Paper, script: str, *, with_names: bool, base_url: str, petitioner: int | None = None
) -> Sheet:
    """The return slip (送达回证) of a paper, for one petitioner or all: blank, or filled in with what is on record."""
    told = _told(matter, paper, script, with_names=with_names, only=petitioner)
    template = ensure_template(PaperKind.RETURN_SLIP, root_organ_id=matter.root_organ_id)
    organ = told.facts["organ"]
    deliveries = [d for d in paper.deliveries.all() if petitioner in (None, d.petitioner)]
    return Sheet(
        kind=PaperKind.RETURN_SLIP,
        script=script,
        texts=template.texts[script],
        organ=told.named(organ["name"], organ.get("name_hant", "")),
        number=paper.number or "",
        issued_on=paper.issued_on,
        values=values_of(told),
        rows=_slip_rows(told, paper, deliveries[0] if deliveries else None, with_names=with_names),
        proving=proving_of(paper, base_url),
    )


def preview_act(action: Callable[..., Any], script: str, *, with_names: bool, **facts: Any) -> tuple[str, bytes]:
    """Kind and PDF of the paper that an act would issue, exactly as the act would: it is done, and taken back.

    The law is asked, so that what may not be done raises as the act does (Refused, Invalid, Overtaken); nothing stays
    on record, no number is used up, nobody is told. Raises NotPrinted for an act that issues no paper.
    """
    found: list[tuple[str, bytes]] = []

    def look(act: Acting) -> None:
        if act.papers is None:
            raise NotPrinted
        kind = next(iter(sorted(act.papers.reserved, key=lambda one: one == "destination")))
        found.append((kind, preview(_planned(act, kind, script, with_names=with_names))))
        raise TakenBack

    try:
        with kept_beside(look):
            action(**facts)
    except TakenBack:
        return found[0]
    raise NotPrinted


def _planned(act: Acting, kind: str, script: str, *, with_names: bool) -> Sheet:
    assert act.papers is not None
    matter = act.matter
    told = Told(
        matter=matter,
        kind=kind,
        script=script,
        recorded=events_of(matter.stream_id),
        facts=paper_facts(act, act.papers, kind),
        **_of_rows(matter, addressees(act), with_names=with_names),
    )
    template = ensure_template(kind, root_organ_id=matter.root_organ_id)
    return _sheet(told, template.texts[script], number="", proving=None)


def _told(matter: Matter, paper: Paper, script: str, *, with_names: bool, only: int | None = None) -> Told:
    if matter.stream.wrapped_key is None:
        raise NotPrinted
    return Told(
        matter=matter,
        kind=paper.kind,
        script=script,
        recorded=events_of(matter.stream_id)[: paper.event_seq],
        facts=paper.facts or {"organ": _organ_facts(paper.organ)},
        **_of_rows(matter, [only] if only else paper.petitioners, with_names=with_names),
    )


def _receipt_told(matter: Matter, recorded: Sequence[RecordedEvent], script: str, *, with_names: bool) -> Told:
    return Told(
        matter=matter,
        kind=PaperKind.RECEIPT,
        script=script,
        recorded=recorded,
        facts={"organ": _organ_facts(matter.received_by)},
        **_of_rows(matter, [], with_names=with_names),
    )


def _of_rows(matter: Matter, ordinals: Sequence[int], *, with_names: bool) -> dict[str, Any]:
    """What stands beside the record: texts, names of those addressed, claims, papers before."""
    texts = {key: text or "" for key, text in texts_of(matter.stream_id).items()}
    people = petitioners_of(matter, with_contact=False) if with_names else []
    wanted = [one for one in people if not ordinals or one.ordinal in ordinals]
    petition = matter.petitions.order_by("id").first()
    numbers = matter.claims.values_list("ordinal", flat=True)
    return {
        "texts": texts,
        "names": [one.name for one in wanted if one.name],
        "persons": len(ordinals) or (petition.persons if petition else 1),
        "claims": [(n, texts.get((1, f"claim_{n}")) or texts.get((1, "title"), "")) for n in numbers],
        "earlier": [_earlier(one) for one in Paper.objects.filter(stream=matter.stream).select_related("organ")],
        "organs": dict(
            Organ.objects.filter(root_id=matter.root_organ_id).exclude(name_hant="").values_list("name", "name_hant")
        ),
    }


def _earlier(paper: Paper) -> Earlier:
    organ = (paper.facts or {}).get("organ") or _organ_facts(paper.organ)
    return Earlier(
        kind=paper.kind,
        number=paper.number or "",
        on=paper.issued_on,
        organ=organ["name"],
        organ_hant=organ.get("name_hant", ""),
        seq=paper.event_seq,
    )


def _organ_facts(organ: Organ) -> dict[str, str]:
    return {
        "name": organ.name,
        "name_hant": organ.name_hant,
        "telephone": organ.telephone,
        "address": organ.address,
        "hours": organ.reception_hours,
    }


def _sheet(
    told: Told, texts: Mapping[str, str], *, number: str, proving: Proving | None, query_code: str = ""
) -> Sheet:
    organ = told.facts["organ"]
    issued_on = told.event.on
    signs = (*_SIGNERS[told.script], chinese_day(issued_on)) if told.kind == PaperKind.SETTLEMENT else ()
    return Sheet(
        kind=told.kind,
        script=told.script,
        texts=texts,
        organ=told.named(organ["name"], organ.get("name_hant", "")),
        number=number,
        issued_on=issued_on,
        values=values_of(told) | ({"query_code": query_code} if query_code else {}),
        blocks=blocks_of(told) | {"files": _files(told)},
        copies=copies_of(told) if told.kind in ("reply", "review", "rereview") else (),
        signers=signs,
        proving=proving,
    )


def _files(told: Told) -> list[Any]:
    """The files handed in with the petition, by name."""
    if told.kind != PaperKind.RECEIPT:
        return []
    from xinqiao.documents.services import attachments_of

    rows = [row for row in attachments_of(told.matter.stream) if row.from_petitioner and row.event_seq == 1]
    return said("\n".join(f"{n}. {row.shown_name}" for n, row in enumerate(rows, 1)), "own")


_SLIP = {
    HANS: {
        "to": "受送达人",
        "paper": "送达文书",
        "matter": "信访事项",
        "address": "送达地点",
        "method": "送达方式",
        "server": "送达人",
        "day": "送达日期",
        "signed": "受送达人签名或者盖章",
        "signed_on": "签收日期",
        "agent": "代收人签名，与受送达人的关系",
        "refused": "拒收事由，见证人签名",
        "remark": "备注",
        "blank_day": "　　年　　月　　日",
    },
    HANT: {
        "to": "受送達人",
        "paper": "送達文書",
        "matter": "信訪事項",
        "address": "送達地點",
        "method": "送達方式",
        "server": "送達人",
        "day": "送達日期",
        "signed": "受送達人簽名或者蓋章",
        "signed_on": "簽收日期",
        "agent": "代收人簽名，與受送達人的關係",
        "refused": "拒收事由，見證人簽名",
        "remark": "備註",
        "blank_day": "　　年　　月　　日",
    },
}


def _slip_rows(
    told: Told, paper: Paper, delivery: Delivery | None, *, with_names: bool
) -> list[tuple[str, bool, int, int]]:
    """The cells of the form: text, whether it is a label, width in columns, height in millimetres."""
    word = _SLIP[told.script]
    with override(told.script):
        called = f"{paper.get_kind_display()}　{paper.number or ''}".strip()
        ways = [(way, str(way.label)) for way in DeliveryMethod]
    chosen = delivery.method if delivery else ""
    boxes = [f"{'■' if way == chosen else '□'}{label}" for way, label in ways]
    methods = "\n".join("　".join(boxes[i : i + 3]) for i in range(0, len(boxes), 3))
    subject = values_of(told).get("subject", "")
    served = chinese_day(delivery.served_on) if delivery else word["blank_day"]
    by = delivery.by.name if delivery and delivery.by and with_names else ""
    evidence = evidence_of(delivery) if delivery and with_names else ""
    wide = [
        (word["to"], addressed(told), 10),
        (word["paper"], called, 10),
        (word["matter"], f"{told.matter.number}　{subject}", 10),
        (word["address"], "", 10),
        (word["method"], methods, 14),
    ]
    rows = [cell for label, text, mm in wide for cell in ((label, True, 1, mm), (text, False, 3, mm))]
    rows += [(word["server"], True, 1, 12), (by, False, 1, 12), (word["day"], True, 1, 12), (served, False, 1, 12)]
    rows += [(word["signed"], True, 1, 18), ("", False, 1, 18)]
    rows += [(word["signed_on"], True, 1, 18), (word["blank_day"], False, 1, 18)]
    was_left = chosen == DeliveryMethod.LEFT
    tall = [
        (word["agent"], "", 16),
        (word["refused"], evidence if was_left else "", 16),
        (word["remark"], "" if was_left else evidence, 10),
    ]
    return rows + [cell for label, text, mm in tall for cell in ((label, True, 1, mm), (text, False, 3, mm))]
