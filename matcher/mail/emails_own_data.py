"""The emails to anybody who asks what is kept about them, or corrects it."""

from matcher.mail.emails import Email, compose
from matcher.mail.links import LIFETIMES, Purpose, minutes_of


def your_data(*, page: str) -> Email:
    """The link to what is kept about an address; it proves whose the address is."""
    hours = minutes_of(LIFETIMES[Purpose.YOUR_DATA]) // 60
    return compose("your_data", {"page": page}, hours=hours)


def new_address(*, proof: str) -> Email:
    """The link that proves a new address before it takes the place of the old one."""
    hours = minutes_of(LIFETIMES[Purpose.NEW_ADDRESS]) // 60
    return compose("new_address", {"proof": proof}, hours=hours)


def address_changed() -> Email:
    """To the address of before: from now on emails go to another one."""
    return compose("address_changed", {})


def new_links(*, page: str) -> Email:
    """The links in every earlier email have ended: one to all that is the person's."""
    hours = minutes_of(LIFETIMES[Purpose.YOUR_DATA]) // 60
    return compose("new_links", {"page": page}, hours=hours)
