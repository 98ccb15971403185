"""The emails to coordinators."""

from collections.abc import Sequence

from matcher.mail.emails import Email, compose
from matcher.mail.facts import Gathering, Task
from matcher.mail.links import LIFETIMES, Purpose, days_of, minutes_of


def coordinator_invited(*, join: str, role: str, by: str) -> Email:
    """Somebody was invited to the desk, in a role; ``by`` is empty where the operator did it."""
    days = days_of(LIFETIMES[Purpose.COORDINATOR_INVITED])
    return compose("coordinator_invited", {"join": join}, role=role, by=by, days=days)


def coordinator_sign_in(*, sign_in: str) -> Email:
    """The link that signs a coordinator in."""
    minutes = minutes_of(LIFETIMES[Purpose.SIGN_IN_COORDINATOR])
    return compose("coordinator_sign_in", {"sign_in": sign_in}, minutes=minutes)


def coordinator_digest(tasks: Sequence[Task], events: Sequence[Gathering] = ()) -> Email:
    """What needs a coordinator today, and events that have come near.

    Raises ValueError where there is neither: then none is sent.
    """
    if not tasks and not events:
        raise ValueError("a digest is sent only when something needs doing")
    return compose("coordinator_digest", {}, tasks=list(tasks), events=list(events))
