"""One email: its name, the values of its templates, and its links by role.

Each email has a function in ``emails_requester``, ``emails_volunteer`` or ``emails_coordinator``.
Values are plain JSON and never hold an address that works: links are ids of rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from matcher.mail.catalogue import CATALOGUE

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Email:
    """One email: its name, the values of its templates, its link ids by role."""

    name: str
    context: Mapping[str, Plain] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def compose(name: str, links: Mapping[str, str], **values: object) -> Email:
    """Return the email of this name.

    Raises ValueError where the links are not those that the catalogue gives the email.
    """
    wanted = CATALOGUE[name].links
    if set(links) != set(wanted):
        raise ValueError(f"{name} carries the links {sorted(wanted)}, not {sorted(links)}")
    return Email(name, {key: plain(value) for key, value in values.items()}, dict(links))


def plain(value: object) -> Plain:
    """Return the value as JSON can hold it: days and moments as ISO texts, facts as objects.

    Raises TypeError for anything that is no fact.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    raise TypeError(f"an email cannot hold a {type(value).__name__}")
