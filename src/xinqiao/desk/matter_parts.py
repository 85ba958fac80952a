"""From a matter, its record and its papers to the parts that show them. Nothing here decides who may see what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.components.accounts import act_part, clock_part
from xinqiao.components.dates import desk_day
from xinqiao.components.parts import Act, Claim, Clock, Entry, FileRow
from xinqiao.components.states import state_words
from xinqiao.components.surfaces import DESK, current_language
from xinqiao.desk.words import comma, duty_words, event_words, short_name
from xinqiao.documents.labels import PaperState
from xinqiao.documents.models import Paper
from xinqiao.documents.template_texts import KINDS as TYPESET
from xinqiao.matters.acting import Acting
from xinqiao.matters.language import law_language
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import Entry as RecordEntry
from xinqiao.matters.selectors import claims_of, list_title, organ_names, timeline
from xinqiao.organs.lookup import organs_named
from xinqiao.procedure import Clock as LawClock
from xinqiao.procedure import Pack
from xinqiao.procedure.names import CLOCKS
from xinqiao.record import RecordedEvent
from xinqiao.reviews.choices import Choice

Texts = Mapping[tuple[int, str], str]
OPEN = ("running", "paused", "missed")
#: Refusals of acts for which there is simply no occasion: no objection to decide, no hearing to close.
NOTHING_THERE = frozenset(
    {
        "hearing-not-open",
        "no-objection-pending",
        "no-review-pending",
        "not-ended",
        "not-simplified",
        "not-withdrawn",
    }
)
#: Texts of the record that name a person: for those who may know who petitions.
NAMING = frozenset({"evidence", "signed_paper", "waiver"})
#: The act that answers each duty, so that the page can put it first.
ANSWERS = {
    "K02": ("transfer", "assign"),
    "K03": ("accept",),
    "K04": ("accept",),
    "K06": ("decide_objection", "transfer", "assign"),
    "K08": ("reply",),
    "K10": ("report",),
    "K12": ("review",),
    "K14": ("rereview",),
    "K15": ("accept",),
    "K16": ("reply",),
}


def matter_title(matter: Matter, texts: Texts) -> str:
    """The own title, which shows after entering."""
    return texts.get((1, "title"), "") or list_title(matter)


def claim_parts(matter: Matter, texts: Texts) -> list[Claim]:
    """What is asked, with what was decided on each."""
    rows = claims_of(matter, texts)
    return [Claim(title=row.text, outcome=row.outcome) for row in rows]


def claims_words(count: int) -> str:
    """How many claims, and that each is answered."""
    if count < 2:
        return ""
    return ngettext("%(n)d claim, to be answered", "%(n)d claims, each to be answered", count) % {"n": count}


def badge_words(clock: LawClock, stage: str) -> str:
    """``12-21 周一前出具处理意见书，剩 28 日``: what is due first, beside the title."""
    state = state_words(clock.state, surface=DESK, days_left=clock.days_left)
    day = desk_day(clock.legal_due, current_language(), within=clock.today.year)
    return _("%(what)s by %(day)s, %(state)s") % {"what": duty_words(clock.id, stage), "day": day, "state": state}


def readable(texts: Texts, *, with_names: bool) -> Texts:
    """The texts of the record, without those that name a person for whoever may not know it."""
    return texts if with_names else {key: text for key, text in texts.items() if key[1] not in NAMING}


def entry_parts(recorded: Sequence[RecordedEvent], texts: Texts, pack: Pack) -> list[Entry]:
    """The record in plain words, newest first."""
    entries = timeline(recorded, texts)
    acting = {event.seq: event.organ.code for event in recorded if event.organ}
    named = [entry.facts.get(name) for entry in entries for name in ("to", "organ")]
    organs = organ_names([*acting.values(), *named])
    articles = _articles(pack)
    return [
        Entry(
            title=event_words(entry, organs),
            when=entry.on,
            meta=[piece for piece in (_organ_then(entry, acting, organs), entry.post) if piece],
            law=articles.get(entry.article, entry.article),
            text="\n".join(_text(label, text) for label, text in entry.texts if entry.seq > 1),
        )
        for entry in entries
    ]


def _organ_then(entry: RecordEntry, acting: Mapping[int, str], organs: Mapping[str, str]) -> str:
    """The organ by the name it had then; in another language by the one it has now."""
    if current_language() == "zh-hans":
        return entry.organ
    return organs.get(acting.get(entry.seq, ""), entry.organ)


def _articles(pack: Pack) -> dict[str, str]:
    """The articles of an edition, as a record holds them, in the reader's language."""
    known = [*pack.articles.values(), *(rule.article for rule in pack.clocks.values())]
    return {str(article): article.text(law_language()) for article in known}


def _text(label: str, text: str) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def with_next(entries: list[Entry], act: Acting) -> list[Entry]:
    """The newest marked, and before it what is owed next."""
    marked = [replace(entry, kind="now") if i == 0 else entry for i, entry in enumerate(entries)]
    duty = next_clock(act)
    if duty is None:
        return marked
    organ = organ_names([duty.organ]).get(duty.organ or "", "")
    what = duty_words(duty.id, act.case.stage)
    owed = Entry(title=what, when=duty.legal_due, kind="next", meta=[organ] if organ else [])
    return [owed, *marked]


def open_duties(act: Acting) -> list[LawClock]:
    """What is owed, what is due first before the rest; a right is nobody's duty."""
    duties = [c for c in act.case.clocks if c.state in OPEN and not CLOCKS[c.id].is_right]
    return sorted(duties, key=lambda c: (c.legal_due, c.id))


def next_clock(act: Acting) -> LawClock | None:
    """The duty that is due first."""
    return next(iter(open_duties(act)), None)


def right_words(act: Acting) -> str:
    """Until when the petitioner may ask for the review that is open to him; nothing where none is."""
    rights = [clock for clock in act.case.clocks if clock.state == "running" and clock.id in ("K11", "K13")]
    if not rights:
        return ""
    last = max(rights, key=lambda clock: clock.legal_due)
    words = {"what": duty_words(last.id), "day": desk_day(last.legal_due, current_language())}
    return _("The petitioner: %(what)s until %(day)s") % words


def next_words(act: Acting) -> str:
    """What the actor's organ has to do next, or where it owes nothing whoever does; else what the petitioner may."""
    owed = [(one.organ or "", one.legal_due, duty_words(one.id, act.case.stage)) for one in open_duties(act)]
    owed += [
        (paper.organ.code, paper.service_due_on, _("serve the %(paper)s") % {"paper": str(paper.get_kind_display())})
        for paper in act.to_serve
        if paper.service_due_on
    ]
    if not owed:
        return right_words(act)
    organ, due, what = min(owed, key=lambda one: (one[0] != act.actor.organ_code, one[1]))
    return _next(what, organ_names([organ]).get(organ, ""), due, act.today)


def _next(what: str, organ: str, due: date, today: date) -> str:
    facts = {"what": what, "organ": organ, "day": desk_day(due, current_language())}
    if due < today:
        return _("Next: %(organ)s, %(what)s; it was due on %(day)s.") % facts
    if not organ:
        return _("Next: %(what)s, by %(day)s.") % facts
    return _("Next: %(organ)s, %(what)s, by %(day)s.") % facts


def clock_parts(act: Acting) -> list[Clock]:
    """Every clock, those that run first by their day; whose it is where several organs or petitioners have one."""
    clocks = list(act.case.clocks)
    names = {code: short_name(organ) for code, organ in organs_named(clock.organ for clock in clocks).items()}
    open_ones = sorted((c for c in clocks if c.state in OPEN), key=lambda c: (CLOCKS[c.id].is_right, c.legal_due))
    ended = [c for c in reversed(clocks) if c.state not in OPEN]
    return [_named(clock, clocks, names) for clock in [*open_ones, *ended]]


def _named(clock: LawClock, clocks: Sequence[LawClock], names: Mapping[str, str]) -> Clock:
    part = clock_part(clock)
    alike = [one for one in clocks if one.id == clock.id and one is not clock]
    if clock.petitioner and any(one.petitioner != clock.petitioner for one in alike):
        whose = _("petitioner %(n)s") % {"n": clock.petitioner}
    elif clock.organ and any(one.organ != clock.organ for one in alike):
        whose = names.get(clock.organ, "")
    else:
        return part
    return replace(part, title=f"{part.title}{comma()}{whose}")


def act_parts(found: Sequence[Choice], matter: Matter, main: str, icons: Mapping[str, tuple[str, str]]) -> list[Act]:
    """The acts as doors; the one that answers the own next duty first, as the main one."""
    ordered = sorted(found, key=lambda choice: (choice.refusal is not None, choice.verb != main))
    parts = []
    for choice in ordered:
        icon, key = icons.get(choice.verb, ("document-text", ""))
        url = reverse("desk:act", args=[matter.number, choice.verb])
        is_main = choice.verb == main and choice.refusal is None
        parts.append(act_part(choice.verb, choice.label, url, choice.refusal, icon=icon, key=key, main=is_main))
    return parts


def main_verb(act: Acting, found: Sequence[Choice], *, unserved: bool) -> str:
    """The act that the own organ owes next; serving a paper where nothing else is due."""
    possible = {choice.verb for choice in found if choice.refusal is None}
    own = [c for c in act.case.clocks if c.state in OPEN and c.organ == act.organ]
    for clock in sorted(own, key=lambda c: c.legal_due):
        for verb in ANSWERS.get(clock.id, ()):
            if verb in possible:
                return verb
    return "serve" if unserved and "serve" in possible else ""


def paper_rows(papers: Iterable[Paper], number: str) -> list[FileRow]:
    """The papers with their day, whose they are and how far their service is."""
    return [
        FileRow(
            title="　".join(piece for piece in (str(paper.get_kind_display()), paper.number or "") if piece),
            url=_paper_url("desk:paper", number, paper) if paper.kind in TYPESET else "",
            icon="document-check" if paper.state == PaperState.SERVED else "document-text",
            meta=[
                desk_day(paper.issued_on, current_language()),
                paper.organ.label,
                _service(paper),
                *_slip(number, paper),
            ],
        )
        for paper in papers
    ]


def _paper_url(name: str, number: str, paper: Paper) -> str:
    url = reverse(name, args=[number, paper.pk])
    return f"{url}?script=zh-hant" if current_language() == "zh-hant" else url


def _slip(number: str, paper: Paper) -> list[SafeString]:
    """The form that is signed at service, beside the paper that it belongs to."""
    if not paper.must_be_served or paper.kind not in TYPESET:
        return []
    return [format_html('<a href="{}">{}</a>', _paper_url("desk:slip", number, paper), _("certificate of service"))]


def _service(paper: Paper) -> str:
    if not paper.must_be_served:
        return _("between organs")
    if paper.state == PaperState.SERVED:
        last = max(paper.deliveries.all(), key=lambda delivery: delivery.served_on)
        return _("served on %(day)s") % {"day": desk_day(last.served_on, current_language())}
    if paper.state in (PaperState.ISSUED, PaperState.FAILED) and paper.service_due_on:
        return _("to be served by %(day)s") % {"day": desk_day(paper.service_due_on, current_language())}
    return str(paper.get_state_display())


def people_words(count: int) -> str:
    """How many petition."""
    return ngettext("%(n)d person", "%(n)d persons", count) % {"n": count}
