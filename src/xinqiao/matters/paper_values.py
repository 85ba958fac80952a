"""What the placeholders of a paper say in one case, from its record: names as they were, days as they were counted.

Petitioners' and handlers' own words are printed as they were written; only the words around them are of the script.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from xinqiao.documents.placeholders import HANT
from xinqiao.documents.sheets import Paragraph, chinese_day, said
from xinqiao.matters import labels
from xinqiao.matters.language import law_language
from xinqiao.matters.models import Kind, Matter
from xinqiao.procedure import Pack, load_pack
from xinqiao.record import RecordedEvent

SENT = ("transferred", "assigned")
ASKED = {"review": "review_requested", "rereview": "rereview_requested"}
#: Texts of the event that stand in a paper as paragraphs, by the placeholder they fill.
WRITTEN = ("reason", "basis", "note", "facts", "opinion", "agreement")
_ALONE = {"zh-hans": "关于上述请求：{}。", "zh-hant": "關於上述請求：{}。"}
_ONE_OF = {"zh-hans": "关于请求{n}：{}。", "zh-hant": "關於請求{n}：{}。"}
_OPINION = {"zh-hans": "处理意见", "zh-hant": "處理意見"}
_OR = {"zh-hans": "或者", "zh-hant": "或者"}
_SOMEBODY = {"zh-hans": "信访人", "zh-hant": "信訪人"}
_AND_OTHERS = "{names}等{n}人"
SHOWN_NAMES = 3


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A paper before this one: what it is called, its number, its day and whose it is."""

    kind: str
    number: str
    on: date
    organ: str
    organ_hant: str
    seq: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that the values are made of. ``recorded`` ends with the event of the paper.

    ``names`` are those of the addressees, empty where they may not be shown or nobody gave one; ``facts`` are those
    kept with the paper; ``organs`` gives the Traditional name for the Simplified one.
    """

    matter: Matter
    kind: str
    script: str
    recorded: Sequence[RecordedEvent]
    texts: Mapping[tuple[int, str], str]
    facts: Mapping[str, Any]
    names: Sequence[str]
    persons: int
    claims: Sequence[tuple[int, str]]
    earlier: Sequence[Earlier] = ()
    organs: Mapping[str, str] | None = None

    @property
    def event(self) -> RecordedEvent:
        """The event that the paper was issued with."""
        return self.recorded[-1]

    @property
    def pack(self) -> Pack:
        return load_pack(self.matter.pack)

    def text(self, name: str) -> str:
        """A text of the event, as written."""
        return self.texts.get((self.event.seq, name), "")

    def named(self, name: str, hant: str = "") -> str:
        """An organ's name in the script, as far as it has one."""
        if self.script != HANT:
            return name
        return hant or (self.organs or {}).get(name, name)

    def last(self, *types: str, **data: Any) -> RecordedEvent | None:
        """The newest event of these types before the paper's own, with this data."""
        for event in reversed(self.recorded[:-1]):
            if event.type in types and all(event.data.get(key) == value for key, value in data.items()):
                return event
        return None


def values_of(told: Told) -> dict[str, str]:
    """The placeholders that stand inside a line; what there is not is empty."""
    with override(told.script):
        found = {**_of_matter(told), **_of_organ(told), **_of_way(told), **_of_act(told), **_of_earlier(told)}
    return {key: value for key, value in found.items() if value}


def blocks_of(told: Told) -> dict[str, list[Paragraph]]:
    """The placeholders that bring paragraphs."""
    with override(told.script):
        outcomes = said("\n".join(_outcomes(told)))
    claims = said("\n".join(_numbered(told.claims)), "own")
    return {"claims": claims, "outcomes": outcomes, **{name: said(told.text(name)) for name in WRITTEN}}


def addressed(told: Told) -> str:
    """安平, 安平、宁远, or 安平等12人; 信访人 where the name is not shown or was not given."""
    if not told.names:
        return _SOMEBODY[told.script]
    if told.persons > SHOWN_NAMES or told.persons > len(told.names):
        return _AND_OTHERS.format(names="、".join(told.names[:SHOWN_NAMES]), n=max(told.persons, len(told.names)))
    return "、".join(told.names)


def copies_of(told: Told) -> list[str]:
    """Who else gets an opinion: whoever sent the matter here, and the organ whose opinion was looked at again."""
    sent = told.last(*SENT)
    names = [_stamp(told, sent)] if sent else []
    if earlier := _looked_at(told):
        names.append(told.named(earlier.organ, earlier.organ_hant))
    own = told.named(told.facts["organ"]["name"], told.facts["organ"].get("name_hant", ""))
    return [name for name in dict.fromkeys(names) if name and name != own]


def cited(article: str) -> str:
    """信访工作条例 第二十三条 as official paper cites it: 《信访工作条例》第二十三条."""
    instrument, _blank, place = article.partition(" ")
    return f"《{instrument}》{place}" if place else instrument


def _of_matter(told: Told) -> dict[str, str]:
    matter, first = told.matter, told.recorded[0]
    channel = {c: str(label) for c, label in _channels()}.get(str(first.data.get("channel")), "")
    return {
        "petitioner": addressed(told),
        "subject": told.texts.get((1, "title"), "") or matter.title,
        "matter_number": matter.number,
        "received_on": chinese_day(first.on),
        "channel": channel,
    }


def _of_organ(told: Told) -> dict[str, str]:
    organ = told.facts["organ"]
    return {
        "organ": told.named(organ["name"], organ.get("name_hant", "")),
        "telephone": organ.get("telephone", ""),
        "address": organ.get("address", ""),
        "hours": organ.get("hours", ""),
        "issued_on": chinese_day(told.event.on),
        "article": cited(_article(told)),
    }


def _of_way(told: Told) -> dict[str, str]:
    """Where the matter came from, and when it was accepted."""
    sent = told.last(*SENT, to=told.event.data.get("organ"))
    accepted = told.last("accepted", organ=told.event.data.get("organ")) or told.last("accepted")
    return {
        "from_organ": _stamp(told, sent) if sent else "",
        "dispatched_on": chinese_day(sent.on) if sent else "",
        "accepted_on": chinese_day(accepted.on) if accepted else "",
    }


def _of_act(told: Told) -> dict[str, str]:
    data, facts = told.event.data, told.facts
    above = [told.named(one["name"], one.get("name_hant", "")) for one in facts.get("above", ())]
    to = facts.get("to")
    return {
        "path": _path(told),
        "door": told.text("door"),
        "to": told.named(to["name"], to.get("name_hant", "")) if to else "",
        "extended_days": _number(data.get("days")),
        "notice_days": _number(facts.get("notice_days")),
        "objection_days": _number(facts.get("objection_days")),
        "remedy_days": _number(facts.get("remedy_days")),
        "remedy_organs": _OR[told.script].join(above),
        **{name: _day(facts.get(name)) for name in ("due_on", "original_due_on")},
        "report_due_on": _day(data.get("report_due_on")),
        "remake_due_on": _day(facts.get("remake_due_on") or data.get("remake_due_on")),
    }


def _of_earlier(told: Told) -> dict[str, str]:
    earlier = _looked_at(told)
    asked = told.last(ASKED.get(told.kind, ""))
    if earlier is None:
        return {"requested_on": chinese_day(asked.on) if asked else ""}
    called = _called(earlier)
    return {
        "earlier": called,
        "earlier_on": chinese_day(earlier.on),
        "decided_by": told.named(earlier.organ, earlier.organ_hant),
        "requested_on": chinese_day(asked.on) if asked else "",
        "result": _result(told, called),
    }


def _looked_at(told: Told) -> Earlier | None:
    """The paper whose opinion is looked at again, or to which a matter that is not accepted again has come."""
    wanted = {"review": ("reply", "settlement"), "rereview": ("review",)}
    wanted["not_again"] = ("rereview", "review", "reply", "settlement")
    kinds = wanted.get(told.kind, ())
    found = [one for one in told.earlier if one.kind in kinds and one.seq < told.event.seq]
    return max(found, key=lambda one: (one.seq, -kinds.index(one.kind)), default=None)


def _called(earlier: Earlier) -> str:
    from xinqiao.documents.labels import PaperKind

    label = str(PaperKind(earlier.kind).label)
    return f"{label}（{earlier.number}）" if earlier.number else label


def _result(told: Told, earlier: str) -> str:
    outcome = str(told.event.data.get("outcome", ""))
    if outcome not in labels.OUTCOMES:
        return ""
    label = str(labels.OUTCOMES[outcome])
    return f"{label}{_OPINION[told.script] if outcome == 'remade' else earlier}"


def _path(told: Told) -> str:
    data = told.event.data
    if data.get("path") in labels.PATHS:
        return str(labels.PATHS[data["path"]])
    kind = str(data.get("kind", ""))
    return str(Kind(kind).label) if kind in Kind.values else ""


def _outcomes(told: Told) -> Iterable[str]:
    decided: Mapping[str, str] = told.event.data.get("claims") or {}
    alone = len(told.claims) == 1
    for ordinal, _text in told.claims:
        if outcome := decided.get(f"c{ordinal}"):
            form = _ALONE if alone else _ONE_OF
            yield form[told.script].format(labels.OUTCOMES[outcome], n=ordinal)


def _numbered(claims: Sequence[tuple[int, str]]) -> list[str]:
    if len(claims) == 1:
        return [claims[0][1]]
    return [f"{ordinal}. {text}" for ordinal, text in claims]


def _article(told: Told) -> str:
    """The article that the event stands on; a matter not accepted again rests on that of the re-review."""
    article = str(told.pack.article("rereview")) if told.kind == "not_again" else told.event.article
    known = {str(one): one for one in told.pack.articles.values()}
    return known[article].text(law_language(told.script)) if article in known else article


def _stamp(told: Told, event: RecordedEvent) -> str:
    return told.named(event.organ.name) if event.organ else ""


def _channels() -> list[tuple[str, Any]]:
    from xinqiao.matters.models import Channel

    return list(Channel.choices)


def _day(value: str | None) -> str:
    return chinese_day(date.fromisoformat(value)) if value else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
