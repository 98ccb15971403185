"""The email to anybody who asks what is kept about them."""

from matcher.mail.emails import Email, compose
from matcher.mail.links import LIFETIMES, Purpose, minutes_of


def your_data(*, page: str) -> Email:
    """The link to what is kept about an address; it proves whose the address is."""
    hours = minutes_of(LIFETIMES[Purpose.YOUR_DATA]) // 60
    return compose("your_data", {"page": page}, hours=hours)
