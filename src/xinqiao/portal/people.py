"""Who petitions, out of what was written on the portal: two lists with a person a line."""

import re
from typing import Any

from xinqiao.matters.submission import Person

CONTACT = ("telephone", "email", "address")
# A telephone number at the end of a line, however it is set apart from the name.
_TELEPHONE = re.compile(r"^(?P<name>.*?)[\s,，:：、（(]*(?P<telephone>[+＋]?\d[\d\s－—–-]{4,}\d)?[)）]?\s*$")
_BETWEEN = re.compile(r"[\r\n、，,；;]+")


def persons_of(said: dict[str, Any]) -> tuple[Person, ...]:
    """Who petitions: the one who writes with the ways to reach him, then who else speaks, then the others by name."""
    who = said.get("who")
    if not who:
        return ()
    contact = {name: said.get(name, "") for name in CONTACT}
    if who == "anonymous":
        return (Person(**contact),) if any(contact.values()) else ()
    first = Person(
        name=said.get("name", ""), is_organisation=who == "organisation", is_speaker=who == "several", **contact
    )
    return (first, *speakers_of(said), *others_of(said)) if who == "several" else (first,)


def speakers_of(said: dict[str, Any]) -> list[Person]:
    """Who speaks for the others beside the one who writes: a name a line, with a telephone where one was given."""
    found = [_TELEPHONE.match(line) for line in lines_of(said.get("speakers", ""))]
    return [
        Person(name=match["name"].strip(), telephone=(match["telephone"] or "").strip(), is_speaker=True)
        for match in found
        if match
    ]


def others_of(said: dict[str, Any]) -> list[Person]:
    """Those who are with them, by name alone: nothing else of theirs is asked."""
    return [Person(name=name.strip()) for name in _BETWEEN.split(said.get("others", "")) if name.strip()]


def named_twice(said: dict[str, Any]) -> tuple[str, str]:
    """The list and the first name in it that was written before, in either list or as the own one; else empty.

    Each name counts as a person, so one that stands twice would make one person too many.
    """
    before = {_together(said.get("name", ""))}
    for where, people in (("speakers", speakers_of(said)), ("others", others_of(said))):
        for name in (person.name for person in people if person.name):
            if _together(name) in before:
                return where, name
            before.add(_together(name))
    return "", ""


def _together(name: str) -> str:
    """A name without the spaces that some put between its letters."""
    return "".join(name.split())


def lines_of(text: str) -> list[str]:
    """One entry a line; empty lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]
