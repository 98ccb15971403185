"""The figures of the statistics page in words: each a table, most of them a picture as well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.lifecycle.pairing import State
from matcher.records.pages.statistics import Spread, Statistics, Step
from matcher.records.pages.unmet import Unmet
from matcher.web.wording import duration_words
from matcher.web.words import gettext as _
from matcher.web.words import lazy_gettext, ngettext

Cell = str | int
#: The first yes came within so many hours: a day, two, five, ten.
WITHIN_HOURS = (24, 48, 120, 240)
MINUTES_PER_HOUR = 60
#: From so many asks on, people are counted together.
MANY_ASKS = 6
STEP_WORDS = {
    State.INVITED: lazy_gettext("Asked"),
    State.ACCEPTED: lazy_gettext("Said yes"),
    State.CONFIRMED: lazy_gettext("Confirmed"),
    State.VISITED: lazy_gettext("Visit took place"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``drawn``: its rows are a label and a number, and a picture shows them."""

    name: str
    title: str
    intro: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawn: bool = False

    @property
    def bars(self) -> list[tuple[str, int]]:
        """The bars of its picture."""
        return [(str(row[0]), int(row[1])) for row in self.rows]


def list_figures(statistics: Statistics, unmet: Unmet) -> tuple[Figure, ...]:
    """Return every figure, in the order of the page."""
    return (
        _requests(statistics),
        _asks(statistics),
        _waiting(statistics),
        _load(statistics.load),
        _organisations(statistics),
        _routes(statistics),
        _regions(unmet),
        _unmet_words(unmet),
        _unmet_needs(unmet),
    )


def _requests(statistics: Statistics) -> Figure:
    sent = (_("Sent, address proved"), statistics.requests)
    share = round(100 * statistics.filled / statistics.requests) if statistics.requests else 0
    return Figure(
        "requests",
        _("How far requests came"),
        _("%(share)s in 100 requests are filled or done.", share=share),
        (_("Step"), _("Requests")),
        (sent, *((str(STEP_WORDS[each.state]), each.requests) for each in statistics.steps)),
        drawn=True,
    )


def _asks(statistics: Statistics) -> Figure:
    asked = statistics.steps[0].asks
    return Figure(
        "asks",
        _("What came of asking"),
        _asks_per_visit(asked, statistics.steps[-1]),
        (_("Step"), _("Volunteers")),
        tuple((str(STEP_WORDS[each.state]), each.asks) for each in statistics.steps),
        drawn=True,
    )


def _asks_per_visit(asked: int, visited: Step) -> str:
    if not visited.asks:
        return _("No visit of this time has taken place yet.")
    return _("%(asks)s invitations for each visit.", asks=f"{asked / visited.asks:.1f}")


def _waiting(statistics: Statistics) -> Figure:
    hours = statistics.median_hours
    intro = _("Nobody has said yes yet.")
    if hours is not None:
        said = duration_words(round(hours * MINUTES_PER_HOUR)) if hours < WITHIN_HOURS[1] else ""
        said = said or ngettext("%(num)s day", "%(num)s days", round(hours / 24))
        intro = _("Half of the requests had their first yes within %(time)s.", time=said)
    return Figure(
        "first-yes",
        _("Time to the first yes"),
        intro,
        (_("From the proved address"), _("Requests")),
        tuple(_time_rows(statistics.first_yes_hours)),
        drawn=True,
    )


def _time_rows(hours: Sequence[float]) -> Iterator[tuple[str, int]]:
    edges = (0, *WITHIN_HOURS)
    for low, high in pairwise(edges):
        many = sum(low <= each < high for each in hours)
        days = high // 24
        yield ngettext("Within a day", "Within %(num)s days", days), many
    yield _("Later"), sum(each >= edges[-1] for each in hours)


def _load(load: Spread) -> Figure:
    often = sum(people for asks, people in load.counts if asks >= MANY_ASKS)
    rows = [(_times(asks), people) for asks, people in load.counts if asks < MANY_ASKS]
    if often:
        rows.append((_("%(num)s times or more", num=MANY_ASKS), often))
    return Figure(
        "load",
        _("How often volunteers were asked"),
        _evenness(load.gini),
        (_("Asked"), _("Volunteers")),
        tuple(rows),
        drawn=True,
    )


def _times(asks: int) -> str:
    return ngettext("Once", "%(num)s times", asks) if asks else _("Never")


def _evenness(gini: float) -> str:
    return _(
        "How unevenly asks are spread (Gini): %(gini)s. At 0 all are asked alike; near 1 one is "
        "asked for everything.",
        gini=f"{gini:.2f}",
    )


def _organisations(statistics: Statistics) -> Figure:
    return Figure(
        "organisations",
        _("Who gives their people’s time"),
        _evenness(statistics.load_of_organisations.gini),
        (_("Organisation"), _("Volunteers asked"), _("Times asked"), _("Introduced")),
        tuple(
            (each.organisation, each.people, each.asks, each.confirmed)
            for each in statistics.organisations
        ),
    )


def _routes(statistics: Statistics) -> Figure:
    return Figure(
        "routes",
        _("Who helped whom"),
        _("Introductions from one organisation to another, the most frequent first."),
        (_("From"), _("To"), _("Introductions")),
        tuple((each.helper, each.helped, each.introductions) for each in statistics.routes),
    )


def _regions(unmet: Unmet) -> Figure:
    return Figure(
        "unmet-regions",
        _("Where nobody was found"),
        ngettext("%(num)s request found nobody.", "%(num)s requests found nobody.", unmet.count),
        (_("Region or nation"), _("Requests")),
        unmet.regions,
        drawn=True,
    )


def _unmet_words(unmet: Unmet) -> Figure:
    return Figure(
        "unmet-words",
        _("What nobody was found for"),
        _("Words of those requests that others seldom use: whom to look for."),
        (_("Words"), _("Requests")),
        unmet.words,
        drawn=True,
    )


def _unmet_needs(unmet: Unmet) -> Figure:
    return Figure(
        "unmet-requests",
        _("The latest requests that found nobody"),
        _("Whoever could do one of these near there would be of use."),
        (_("Request"), _("What they ask"), _("Where"), _("Volunteers asked")),
        tuple((each.reference, each.heading, each.place, each.asked) for each in unmet.needs),
    )
