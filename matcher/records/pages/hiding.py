"""What others may see of a volunteer before an introduction: no name, no address, and no more.

Who chose another name to be known by, or keeps their organisation to themselves, may have written
either into their own words: there it is taken out, wherever those words are shown to others.
"""

import re
from dataclasses import dataclass

from matcher.records.volunteers import Volunteer

#: What stands where a name was taken out.
TAKEN_OUT = "[…]"
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
WEB = r"(?:https?://|www\.)\S+"
#: Ten digits or more, however they are set: years, sums and dates are shorter.
PHONE = r"(?:\+|\b)\(?\d(?:[\s().-]{0,2}\d){8,14}\b"
#: A shorter part of a name is more often another word.
SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A volunteer as others see them before an introduction.

    ``known_as`` is empty where they chose no other name, ``organisation`` where they keep it to
    themselves; then ``vouched`` says whether a coordinator stands for them.
    """

    known_as: str
    organisation: str
    vouched: bool
    job_title: str
    offer: str
    skills: tuple[str, ...]
    experience: tuple[str, ...]
    handles: tuple[str, ...]


def before_introduction(volunteer: Volunteer) -> Shown:
    """Return what may be shown of a volunteer to whoever has not been introduced."""
    return Shown(
        known_as=volunteer.display_name,
        organisation="" if volunteer.hides_organisation else volunteer.organisation.name,
        vouched=volunteer.vouched_at is not None,
        job_title=without_names(volunteer, volunteer.job_title),
        offer=without_names(volunteer, volunteer.offer),
        skills=tuple(without_names(volunteer, each) for each in volunteer.skills),
        experience=tuple(without_names(volunteer, each) for each in volunteer.experience),
        handles=tuple(volunteer.handles),
    )


def without_names(volunteer: Volunteer, words: str) -> str:
    """Return words of theirs with what they keep to themselves taken out."""
    patterns = [*_of_person(volunteer), *_of_organisation(volunteer)]
    if not patterns or not words:
        return words
    return re.sub("|".join(patterns), TAKEN_OUT, words)


def without_contacts(volunteer: Volunteer, words: str) -> str:
    """Return words from an email of theirs, which may end in a signature, without name or contact.

    Also where they keep nothing to themselves: nobody has been introduced yet.
    """
    parts = [part for part in re.split(r"[\s-]+", volunteer.name) if len(part) >= SHORTEST_PART]
    names = [rf"\b{re.escape(each)}\b" for each in (volunteer.name, *parts) if each]
    hidden = re.sub("|".join([EMAIL, WEB, PHONE]), TAKEN_OUT, without_names(volunteer, words))
    return re.sub("|".join(names), TAKEN_OUT, hidden) if names else hidden


def _of_person(volunteer: Volunteer) -> list[str]:
    """Return patterns of the name: whole in any case, its parts as names are written."""
    if not volunteer.display_name or volunteer.display_name == volunteer.name:
        return []
    parts = [part for part in re.split(r"[\s-]+", volunteer.name) if len(part) >= SHORTEST_PART]
    written = [form for part in parts for form in (part, part.upper())]
    whole = rf"(?i:\b{re.escape(volunteer.name)}\b)"
    return [EMAIL, whole, *(rf"\b{re.escape(form)}\b" for form in written)]


def _of_organisation(volunteer: Volunteer) -> list[str]:
    if not volunteer.hides_organisation:
        return []
    organisation = volunteer.organisation
    domains = [volunteer.email.rpartition("@")[2], *(each.domain for each in organisation.domains)]
    named = [each for each in (organisation.name, organisation.short_name, *domains) if each]
    longest_first = sorted(named, key=len, reverse=True)
    return [EMAIL, *(rf"(?i:\b{re.escape(each)}\b)" for each in longest_first)]
