"""The emails about notes of advice: to their authors, and to the other side of the visit."""

from matcher.mail.emails import Email, compose
from matcher.mail.facts import Advice


def advice_agree(note: Advice, *, organisation: str, advice: str, of_answer: bool = False) -> Email:
    """The other side of a visit, or whoever had an answer, wrote a note: may it be published?"""
    links = {"advice": advice}
    return compose(
        "advice_agree", links, written=note, organisation=organisation, of_answer=of_answer
    )


def advice_published(note: Advice, *, advice: str) -> Email:
    """The note can be read by everybody."""
    return compose("advice_published", {"advice": advice}, written=note)


def advice_refused(note: Advice, *, reason: str, by_other_side: bool, advice: str) -> Email:
    """The note is not published; why, and what its author can do."""
    links = {"advice": advice}
    return compose(
        "advice_refused", links, written=note, reason=reason, by_other_side=by_other_side
    )


def advice_holds(note: Advice, *, answered: int, advice: str) -> Email:
    """A year has gone: does the note still hold? ``answered`` requests ended with it."""
    return compose("advice_holds", {"advice": advice}, written=note, answered=answered)
