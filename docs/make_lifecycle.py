"""Draws the state tables as they stand in the code into docs/lifecycle.md.

    python docs/make_lifecycle.py

A house test compares the file with what this would write.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.lifecycle import hello, help_request, pairing, peer_question, visit, volunteer
from matcher.lifecycle.tables import Actor, Step, Table
from matcher.mail.catalogue import CATALOGUE, IfBounced

DRAWN = Path(__file__).with_name("lifecycle.md")
HEAD = """# What may happen next

Every state, every event that is possible in it, who may cause it, where it leads and which emails
it causes. Drawn from the tables in `matcher/lifecycle` by `python docs/make_lifecycle.py`; a test
keeps the two equal. Whatever is not here is refused, whoever tries it.
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One table; what is possible in all states of ``group`` is drawn once, from ``any``."""

    title: str
    table: Table[Any, Any]
    first: str
    group: frozenset[str]
    any: str


PICTURES = (
    Picture("Help request", help_request.TABLE, "unconfirmed", help_request.OPEN, "any_open"),
    Picture("Pairing", pairing.TABLE, "proposed", pairing.OPEN, "any_open"),
    Picture("Visit", visit.TABLE, "dates_offered", visit.COMING, "any_coming"),
    Picture(
        "Question before a visit",
        peer_question.TABLE,
        "open",
        peer_question.TAKES_ANSWERS,
        "any_taking_answers",
    ),
    Picture("Who is asked a question", peer_question.ASKS, "chosen", frozenset(), ""),
    Picture("Hello", hello.TABLE, "sent", hello.OPEN, "any_open"),
    Picture("Volunteer", volunteer.TABLE, "unconfirmed", volunteer.MEMBERS, "any_member"),
)


def arrows(picture: Picture) -> dict[tuple[str, str], list[str]]:
    """Return the events on each arrow; what all states of the group share is one arrow."""
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for step in picture.table:
        sources[step.event, step.to].add(step.state)
    drawn: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (event, to), states in sources.items():
        if states == picture.group and to not in picture.group:
            drawn[picture.any, to].append(event)
            continue
        for state in states:
            drawn[state, to].append(event)
    return drawn


def mermaid(picture: Picture) -> Iterator[str]:
    """Give the lines of a state diagram."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {picture.first}"
    if picture.group:
        yield f"    {picture.any}: {picture.any.replace('_', ' ')}"
    for (state, to), events in sorted(arrows(picture).items()):
        yield f"    {state} --> {to}: {', '.join(sorted(events))}"
    yield "```"


def rows(picture: Picture) -> Iterator[str]:
    """Give the lines of a table of all steps."""
    yield "| in | event | by | leads to | emails |"
    yield "|---|---|---|---|---|"
    for step in sorted(picture.table, key=lambda step: (step.state, step.event)):
        cells = step.state, step.event, _who(step), step.to, ", ".join(step.emails)
        yield f"| {' | '.join(cells)} |"


def _who(step: Step[Any, Any]) -> str:
    if step.actors == frozenset(Actor):
        return "anybody"
    return ", ".join(actor for actor in Actor if actor in step.actors)


def bounces() -> Iterator[str]:
    """Give the lines of a table of what happens when an email cannot be delivered."""
    yield "## Emails that cannot be delivered"
    yield ""
    yield "Whether the mail server refuses them or they come back later (`matcher bounces`)."
    yield ""
    yield "| what happens | emails |"
    yield "|---|---|"
    for then in IfBounced:
        names = [name for name, entry in CATALOGUE.items() if entry.if_bounced == then]
        yield f"| {then} | {', '.join(names)} |"
    yield ""


def draw() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for picture in PICTURES:
        lines = [f"## {picture.title}", "", *mermaid(picture), "", *rows(picture), ""]
        parts.append("\n".join(lines))
    return "\n".join([*parts, "\n".join(bounces())])


if __name__ == "__main__":
    DRAWN.write_text(draw(), encoding="utf-8")
