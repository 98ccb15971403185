"""What a list was asked for: which queue or state, which words, which page."""

from dataclasses import dataclass

from flask import request

from matcher.web.forms.cleaning import clean_line

LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of a list that somebody wants to see."""

    queue: str
    state: str
    words: str
    number: int

    @property
    def narrowed(self) -> bool:
        """Whether not everything is asked for."""
        return bool(self.queue or self.state or self.words)


def asked_for() -> Asked:
    """Return what the address of this page asks for; what cannot be read is left out."""
    given = request.args
    return Asked(
        queue=given.get("queue", ""),
        state=given.get("state", ""),
        words=clean_line(given.get("words", "")).words[:LONGEST_WORDS],
        number=page_number(),
    )


def page_number(name: str = "page") -> int:
    """Return the number of the page that is asked for, at least 1."""
    return max(1, request.args.get(name, 1, type=int))
