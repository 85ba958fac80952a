"""Whether a paper with this number and this content was issued: what the code on a paper is checked with.

The content is made again from record and row, and held against the hash and the signature that were kept at the time.
Nothing is told of what the paper says, or of whom it is for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from xinqiao.documents.labels import PaperState
from xinqiao.documents.models import Paper
from xinqiao.documents.paper_proofs import CODE_DIGITS, content_hash, is_signed, paper_content, statement_of
from xinqiao.matters.models import Matter
from xinqiao.matters.paper_sheets import receipt_content
from xinqiao.organs.models import Organ
from xinqiao.record import events_of
from xinqiao.record.canonical import JSON
from xinqiao.record.commitments import from_base64url, named, unnamed
from xinqiao.record.fields import ring
from xinqiao.record.models import EventRow

_OPENING, _CLOSING = "[［(（【〔", "]］)）】〕"


@dataclass(frozen=True, kw_only=True)
class Genuine:
    """A paper that was issued so: by whom, when, under which number; ``statement`` is checked without the office."""

    organ: Organ
    number: str
    issued_on: date
    is_void: bool
    statement: dict[str, JSON] | None = None


def check_paper(number: str, digest: str, *, day: str = "", signature: str = "") -> Genuine | None:
    """The paper of this number whose content has this hash, or whose hash begins with the sixteen digits printed.

    ``day`` (20260920) and ``signature`` are checked where they are given. None for anything else: whether there is a
    paper of this number with other content is not told.
    """
    prefix = _digits(digest)
    wanted = _number(number)
    if not prefix or not wanted:
        return None
    for found, content, proof in (*_papers(wanted), *_receipts(wanted)):
        if _fits(found, content, prefix, day, signature) and (proof is None or proof):
            return found
    return None


def reproduced(paper: Paper, matter: str) -> str:
    """The hash of a paper's content, made anew from its row and its event; empty for a paper without proof."""
    event = (
        EventRow.objects.filter(stream_id=paper.stream_id, seq=paper.event_seq).values_list("hash", flat=True).first()
    )
    return _made_anew(paper, matter, event)


def _made_anew(paper: Paper, matter: str, event: bytes | None) -> str:
    if event is None or paper.template is None or paper.number is None:
        return ""
    return content_hash(
        paper_content(
            number=paper.number,
            kind=paper.kind,
            issued_on=paper.issued_on,
            organ=paper.organ.code,
            matter=matter,
            petitioners=paper.petitioners,
            event=named(event),
            template=f"sha256:{paper.template.sha256}",
            facts=paper.facts or {},
        )
    )


def check_papers() -> Iterator[tuple[str, str]]:
    """Every paper that would not come out again as it was issued: its number, and what does not hold.

    Holds a few hundred papers at a time, however many there are.
    """
    keys = _keys()
    event = EventRow.objects.filter(stream_id=OuterRef("stream_id"), seq=OuterRef("event_seq")).values("hash")[:1]
    matter = Matter.objects.filter(stream_id=OuterRef("stream_id")).values("number")[:1]
    rows = Paper.objects.exclude(content="").select_related("organ", "template")
    for row in rows.annotate(event=Subquery(event), matter=Subquery(matter)).iterator(chunk_size=500):
        number = row.number or str(row.pk)
        if _made_anew(row, row.matter or "", row.event) != row.content:
            yield number, "row and record do not give the content that was issued"
        elif not is_signed(number, row.issued_on, row.content, signature=row.signature or b"", signers=keys):
            yield number, "no key of this office signed it"


def _papers(number: str) -> Iterable[tuple[Genuine, str, bool | None]]:
    rows = Paper.objects.filter(number=number).exclude(content="").select_related("organ", "template")
    numbers = dict(
        Matter.objects.filter(stream_id__in=[row.stream_id for row in rows]).values_list("stream_id", "number")
    )
    for row in rows:
        signature, signer = row.signature or b"", row.signer or b""
        found = Genuine(
            organ=row.organ,
            number=number,
            issued_on=row.issued_on,
            is_void=row.state == PaperState.VOID,
            statement=statement_of(number, row.issued_on, row.content, signature=signature, signer=signer),
        )
        holds = is_signed(number, row.issued_on, row.content, signature=signature, signers=_keys())
        yield found, row.content, holds and reproduced(row, numbers.get(row.stream_id, "")) == row.content


def _receipts(number: str) -> Iterable[tuple[Genuine, str, bool | None]]:
    """A receipt goes by the number of its matter; its signature stands in the code alone."""
    if matter := Matter.objects.filter(number=number).select_related("received_by").first():
        content = receipt_content(matter, events_of(matter.stream_id)[0])
        organ, on = matter.received_by, matter.received_on
        yield Genuine(organ=organ, number=number, issued_on=on, is_void=False), content, None


def _fits(found: Genuine, content: str, prefix: str, day: str, signature: str) -> bool:
    if not unnamed(content).hex().startswith(prefix):
        return False
    if day and day != f"{found.issued_on:%Y%m%d}":
        return False
    if not signature:
        return True
    try:
        given = from_base64url(signature, size=64)
    except ValueError:
        return False
    return is_signed(found.number, found.issued_on, content, signature=given, signers=_keys())


def _keys() -> list[bytes]:
    return [key.public for key in ring().published()]


def _digits(digest: str) -> str:
    """The hash, or its first sixteen digits, in hexadecimal; empty for what is neither."""
    typed = re.sub(r"\s", "", digest).lower()
    if re.fullmatch(rf"[0-9a-f]{{{CODE_DIGITS}}}", typed):
        return typed
    try:
        return from_base64url(digest, size=32).hex()
    except ValueError:
        return ""


def _number(text: str) -> str:
    """A number as it is kept, whatever brackets and blanks were typed."""
    plain = re.sub(r"\s", "", text)[:60]
    if not re.match(r"[\u4e00-\u9fff]", plain):
        return plain.upper()
    signs = str.maketrans(_OPENING + _CLOSING, "〔" * len(_OPENING) + "〕" * len(_CLOSING))
    return plain.translate(signs)
