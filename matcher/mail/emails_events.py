"""The emails about events: new ones to those who want to hear of them, and those called off."""

from matcher.mail.emails import Email, compose
from matcher.mail.facts import Gathering


def event_news(event: Gathering, *, unsubscribe: str) -> Email:
    """A new event, to a volunteer who asked to be told."""
    return compose("event_news", {"unsubscribe": unsubscribe}, event=event)


def event_called_off(event: Gathering) -> Email:
    """An event will not happen: to everybody who said that they would be there."""
    return compose("event_called_off", {}, event=event)


def event_reminder(event: Gathering) -> Email:
    """An event is near: to who goes and asked to be reminded."""
    return compose("event_reminder", {}, event=event)
