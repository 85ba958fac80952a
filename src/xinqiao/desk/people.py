"""Who petitions, and where the matter is: terms and values of two cards. Names only for those who may know them."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.components.cells import day_html, prose_html
from xinqiao.components.dates import desk_day
from xinqiao.components.surfaces import DESK, current_language
from xinqiao.desk.matter_parts import open_duties, people_words, right_words
from xinqiao.desk.words import comma, duty_words
from xinqiao.matters.acting import Acting
from xinqiao.matters.models import Matter, Petition, Petitioner
from xinqiao.matters.selectors import PersonView, organ_names, petitioners_of
from xinqiao.organs.classes import class_label
from xinqiao.organs.models import Organ
from xinqiao.procedure import Clock as LawClock

Pairs = list[tuple[str, object]]
CONTACT = ("telephone", "email", "address", "id_number")


def who_pairs(matter: Matter, actor: Actor, *, with_contact: bool) -> Pairs:
    """How many, and for those who may know it who; contact data only where it was asked for.

    Of a sealed matter the names too are contact data: they show after the look is on record.
    """
    petition = _first_petition(matter)
    pairs = _counts(petition) if petition else []
    if matter.is_anonymous:
        return [(_("Petitioner"), _("without a name")), *pairs]
    if actor.may(Permission.MATTER_READ_IDENTITY) and (with_contact or not matter.is_sealed):
        people = petitioners_of(matter, with_contact=with_contact)
        return [*(pair for person in people for pair in _person(person)), *pairs]
    return pairs


def find_people(matter: Matter) -> None:
    """Ask for everybody who petitions, with their petitions, at once."""
    prefetch_related_objects([matter], Prefetch("petitioners", Petitioner.objects.select_related("petition")))


def _first_petition(matter: Matter) -> Petition | None:
    """The contact with which the matter began; nobody is named in an anonymous one."""
    people = matter.petitioners.all()
    return people[0].petition if people else matter.petitions.order_by("id").first()


def _counts(petition: Petition) -> Pairs:
    persons = people_words(petition.persons)
    if petition.involved != petition.persons:
        persons = _("%(persons)s, %(involved)s concerned") % {
            "persons": persons,
            "involved": people_words(petition.involved),
        }
    return [(_("Persons"), persons), (_("Channel"), str(petition.get_channel_display()))]


def _person(person: PersonView) -> Pairs:
    term = (
        _("Representative") if person.is_speaker else _("Organisation") if person.is_organisation else _("Petitioner")
    )
    words = {
        "telephone": _("Telephone"),
        "email": _("E-mail"),
        "address": _("Address"),
        "id_number": _("Identity number"),
    }
    return [(term, person.name), *((words[name], getattr(person, name)) for name in CONTACT if getattr(person, name))]


def where_pairs(act: Acting, texts: Mapping[tuple[int, str], str]) -> Pairs:
    """Who has it since when, who sent it with which day for the report, whose turn it is, where it happened."""
    matter = act.matter
    pairs: Pairs = [(_("Held by"), _holder(act))]
    if sent := next((e for e in reversed(act.recorded) if e.type in ("transferred", "assigned")), None):
        term = _("Assigned by") if sent.type == "assigned" else _("Transferred by")
        sender = sent.organ.code if sent.organ else ""
        pairs.append((term, _with_day(organ_names([sender]).get(sender, ""), sent.on)))
    pairs.append((_("Received by"), _with_day(matter.received_by.label, matter.received_on)))
    pairs.append((_("Whose turn"), turn_words(act)))
    if place := matter.place or texts.get((1, "place"), ""):
        pairs.append((_("Place"), place))
    if accused := accused_words(matter):
        pairs.append((_("Complained of"), accused))
    if matter.class_code:
        pairs.append((_("Class"), _class_words(matter)))
    return pairs


def _class_words(matter: Matter) -> str:
    """The class as the matter keeps it; in another language as the office's table has it."""
    if current_language() == "zh-hans":
        return matter.class_code
    return class_label(matter.root_organ_id, matter.class_code)


def turn_words(act: Acting) -> str:
    """Each organ that has to act, and what first; or that the petitioner may, or that nobody must."""
    owed = [*_duties_in_words(act), *_service_in_words(act)] or [right_words(act) or _("Nobody has to act now")]
    return SafeString("<br>".join(prose_html(one) for one in owed))


def _duties_in_words(act: Acting) -> list[str]:
    first: dict[str | None, LawClock] = {}
    for duty in open_duties(act):
        first.setdefault(duty.organ, duty)
    names = organ_names(first) if first else {}
    found = []
    for code, duty in first.items():
        what = duty_words(duty.id, act.case.stage)
        organ = names.get(code or "", "")
        found.append(_("%(organ)s: %(what)s") % {"organ": organ, "what": what} if organ else what)
    return found


def _service_in_words(act: Acting) -> list[str]:
    found = []
    for paper in act.to_serve:
        words = {"organ": paper.organ.label, "paper": str(paper.get_kind_display())}
        day = desk_day(paper.service_due_on or paper.issued_on, current_language())
        found.append(_("%(organ)s: serve the %(paper)s by %(day)s") % (words | {"day": day}))
    return found


def accused_words(matter: Matter) -> str:
    """Whom the matter complains of."""
    rows = matter.accused.select_related("organ", "user").order_by("id")
    names = [row.organ.label if row.organ else row.user.name if row.user else "" for row in rows]
    return comma().join(name for name in names if name)


def _holder(act: Acting) -> SafeString:
    holder: Organ = act.matter.holder
    since = next((e.on for e in reversed(act.recorded) if e.data.get("to") == holder.code), act.matter.received_on)
    days = (act.today - since).days + 1
    nth = ngettext("day %(n)d", "day %(n)d", days) % {"n": days}
    return format_html("<b>{}</b>{}{}{}{}", holder.label, comma(), _since(since), comma(), nth)


def _since(day: date) -> SafeString:
    return format_html(_("since {}"), day_html(day, surface=DESK))


def _with_day(name: str, day: date) -> SafeString:
    return format_html("{}{}{}", name, comma(), day_html(day, surface=DESK))
