"""What the two regulations ask, article by article, in plain words of our own. The published text is the law, not this.

A table and nothing else: what days the office works by stands in its procedure pack.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from xinqiao.matters.language import law_language
from xinqiao.portal.office import short_article
from xinqiao.procedure import Article, load_pack
from xinqiao.procedure.articles import Names


@dataclass(frozen=True, kw_only=True)
class Part:
    """One subject: articles by number, each with what it asks."""

    heading: Any
    articles: tuple[tuple[int, Any], ...]


REGULATIONS: dict[str, tuple[Part, ...]] = {
    "CN-2022": (
        Part(
            heading=_("Handing something in"),
            articles=(
                (
                    17,
                    _(
                        "Anybody, also an enterprise or an organisation, may turn to any organ: online, by letter, "
                        "telephone or fax, or in person. The organ must deal with it by the rules."
                    ),
                ),
                (
                    18,
                    _(
                        "Each organ publishes its addresses, telephones, places and times of reception, how to look a"
                        " matter up, the rules and the procedure. Leading officials read letters and receive "
                        "visitors. Nobody may take revenge on those who petition."
                    ),
                ),
                (
                    19,
                    _(
                        "In writing, with name, address, what is asked for, facts and reasons; what is said is "
                        "written down as it was said. It must be true. While a matter is being handled, a higher "
                        "organ does not take up the same matter."
                    ),
                ),
                (
                    20,
                    _(
                        "In person: at the reception place of the organ in charge or of the one above it. Several "
                        "people choose at most five to speak."
                    ),
                ),
                (
                    21,
                    _(
                        "Each matter is entered into one system, whichever way it came, so that it can be looked up "
                        "and rated."
                    ),
                ),
                (
                    26,
                    _(
                        "Whoever petitions keeps the law: no blocking, no threats, no violence, no dangerous things, "
                        "nobody helpless left behind, nobody pressed or paid to petition."
                    ),
                ),
            ),
        ),
        Part(
            heading=_("Receiving it"),
            articles=(
                (
                    22,
                    _(
                        "The petition office registers it and passes it on within 15 days. Of an important matter it "
                        "demands a report on the result."
                    ),
                ),
                (
                    23,
                    _(
                        "The organ in charge tells you in writing within 15 days that it has it and how it goes on. "
                        "What is not its task it hands back within 5 working days, with reasons, if the sender "
                        "agrees."
                    ),
                ),
                (
                    24,
                    _(
                        "Several organs agree who takes it; otherwise the organ above them decides. Where an organ no"
                        " longer exists, its successor takes it."
                    ),
                ),
                (25, _("What is grave and urgent is reported to the Party committee and the government at once.")),
            ),
        ),
        Part(
            heading=_("Handling it"),
            articles=(
                (
                    28,
                    _(
                        "Facts are established, nobody pushes it away or drags it out. Whoever has a stake in it does"
                        " not deal with it. What belongs to a court goes to the court."
                    ),
                ),
                (
                    29,
                    _(
                        "A proposal is studied; what is sound and can be done is adopted wholly or in part, and you "
                        "are answered."
                    ),
                ),
                (30, _("A report of misconduct is never passed or told to those who are reported.")),
                (
                    31,
                    _(
                        "What has a procedure of its own (court, arbitration, reconsideration, permits, penalties) is"
                        " led there. Everything else is investigated and answered with a written opinion; a hearing "
                        "may be held."
                    ),
                ),
                (
                    32,
                    _(
                        "The opinion states what you ask, facts and reasons, decision and law: supported, explained, "
                        "or not supported. What is supported must be carried out."
                    ),
                ),
                (33, _("Both sides may agree with the help of the organ; the agreement is put in writing.")),
                (
                    34,
                    _(
                        "It ends within 60 days of acceptance. A complicated matter may be extended once, by at most "
                        "30 days, with the head's approval; you are told why."
                    ),
                ),
                (37, _("Whoever is in need is told how to apply for relief, and helped to do so.")),
            ),
        ),
        Part(
            heading=_("If you do not agree"),
            articles=(
                (
                    35,
                    _(
                        "Within 30 days of receiving the answer you may ask the organ above for a review; it answers "
                        "in writing within 30 days."
                    ),
                ),
                (
                    36,
                    _(
                        "Within 30 days of receiving the review opinion you may ask the organ above that one for a "
                        "re-review; it gives its opinion within 30 days, a hearing not counted. After that the same "
                        "facts and reasons are not taken up again."
                    ),
                ),
            ),
        ),
        Part(
            heading=_("If an organ does not do its duty"),
            articles=(
                (
                    40,
                    _(
                        "The petition office urges an organ that breaks the rules, pushes away, drags out, deceives "
                        "or does not carry out an opinion, and proposes improvements. In grave cases it proposes to "
                        "hold somebody to account. The organ answers in writing."
                    ),
                ),
                (
                    43,
                    _(
                        "A petition office that does not register, pass on or urge is corrected by the organ above; "
                        "in grave cases those responsible are punished."
                    ),
                ),
                (
                    44,
                    _(
                        "The same holds for an organ that does not register, does not accept what is its task, or "
                        "does not tell in writing in time."
                    ),
                ),
                (
                    45,
                    _(
                        "The same holds for an organ that drags out, does not end in time, or does not support a "
                        "clear and lawful request."
                    ),
                ),
                (
                    46,
                    _(
                        "The same holds for rudeness, taking advantage, passing on a report, and revenge; if it is a "
                        "crime, it is prosecuted."
                    ),
                ),
                (
                    47,
                    _(
                        "Whoever breaks Articles 20 or 26 is first talked to; disturbing public order or false "
                        "accusation is dealt with by the police."
                    ),
                ),
            ),
        ),
    ),
    "CN-2005": (
        Part(
            heading=_("Matters received before 1 May 2022"),
            articles=(
                (
                    9,
                    _(
                        "Addresses, telephones, places and times of reception, how to look a matter up, laws and "
                        "procedure are published."
                    ),
                ),
                (12, _("With the receipt of acceptance anybody may ask how far his matter is.")),
                (
                    17,
                    _(
                        "In writing, with name, address, what is asked for, facts and reasons; what is said is "
                        "written down."
                    ),
                ),
                (18, _("In person at the reception place; several people choose at most five to speak.")),
                (
                    21,
                    _(
                        "The petition office registers it and passes it on within 15 days. The organ decides within "
                        "15 days whether it accepts it and tells you in writing."
                    ),
                ),
                (23, _("A report of misconduct is never passed or told to those who are reported.")),
                (30, _("Whoever has a stake in it does not deal with it.")),
                (32, _("The answer is given in writing: supported, explained, or not supported.")),
                (
                    33,
                    _(
                        "It ends within 60 days of acceptance; a complicated matter may be extended once, by at most "
                        "30 days, and you are told why."
                    ),
                ),
                (34, _("Review: 30 days to ask, 30 days to answer.")),
                (
                    35,
                    _(
                        "Re-review: 30 days to ask, 30 days to answer, a hearing not counted. After that the same "
                        "facts and reasons are not taken up again."
                    ),
                ),
                (
                    36,
                    _(
                        "The petition office urges an organ that is late, drags out or does not carry out an opinion;"
                        " the organ answers its proposals within 30 days."
                    ),
                ),
            ),
        ),
    ),
}


def regulations() -> list[dict[str, Any]]:
    """Both regulations with their articles cited in the reader's language, the one in force first."""
    return [_regulation(pack_id, parts) for pack_id, parts in REGULATIONS.items()]


def _regulation(pack_id: str, parts: tuple[Part, ...]) -> dict[str, Any]:
    pack = load_pack(pack_id)
    instrument = pack.articles["review"].instrument
    return {
        "id": pack_id.lower(),
        "title": pack.title.text(law_language()),
        "source": pack.source,
        "checked_on": pack.checked_on,
        "parts": [(part.heading, [(_cited(instrument, n), said) for n, said in part.articles]) for part in parts],
    }


def _cited(instrument: Names, number: int) -> str:
    """The article without the name of its regulation, which stands above."""
    return short_article(Article(instrument, number))
