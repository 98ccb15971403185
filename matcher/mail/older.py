"""Emails queued by an older release: facts that it did not know are taken as not said.

So a fact that is added to ``facts`` needs a default, and what waited in the outbox during an
upgrade can still be written.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields

from matcher.mail.emails import Plain, plain
from matcher.mail.facts import About, Asked, Found, Journey, Meeting, More, Person, WhyYou

#: The facts that emails hold, by the name under which templates know them.
HELD: Mapping[str, type] = {
    "about": About,
    "asked": Asked,
    "found": Found,
    "journey": Journey,
    "meeting": Meeting,
    "more": More,
    "other": Person,
    "why_you": WhyYou,
}
NOT_SAID: Mapping[str, Mapping[str, Plain]] = {
    name: {part.name: plain(part.default) for part in fields(kind) if part.default is not MISSING}
    for name, kind in HELD.items()
}


def completed(context: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return the values of an email with every fact of this release."""
    return {
        name: {**NOT_SAID.get(name, {}), **held} if isinstance(held, dict) else held
        for name, held in context.items()
    }
