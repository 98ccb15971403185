"""How the programme goes: pictures, each with its table and its CSV file, for a time of choice."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, abort, render_template, request

from matcher.records.database import db
from matcher.records.pages.statistics import Period, read_statistics
from matcher.records.pages.unmet import read_unmet
from matcher.web.areas import within_areas
from matcher.web.coordinator.figures import Figure, list_figures
from matcher.web.coordinator.pictures import draw_bars
from matcher.web.files import csv_file
from matcher.web.signed_in import readers_too, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_statistics", __name__, url_prefix="/coordinator/statistics")
#: Days back from today, by the name that stands in an address; nought is everything.
SPANS = {"month": 30, "quarter": 91, "year": 365, "all": 0}
USUAL = "year"
DAYS = ("first", "last")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: one of the usual times, or days of one's own; what could not be read."""

    span: str
    first: str
    last: str
    period: Period
    problem: str

    @property
    def address(self) -> dict[str, str]:
        """What stands in an address for the same time."""
        return {"span": self.span, "first": self.first, "last": self.last}


@blueprint.get("")
@readers_too
@within_areas
def page() -> str:
    """Show every figure."""
    wanted = _wanted()
    figures = _figures(wanted)
    drawn = {each.name: draw_bars(each.bars) for each in figures if each.drawn and each.rows}
    return render_template(
        "coordinator/statistics.html", wanted=wanted, figures=figures, drawn=drawn
    )


@blueprint.get("/<name>.csv")
@readers_too
@within_areas
def table(name: str) -> Response:
    """Give one figure as a file for spreadsheets."""
    figure = {each.name: each for each in _figures(_wanted())}.get(name)
    if figure is None:
        abort(404)
    return csv_file(f"{figure.name}.csv", figure.headings, figure.rows)


def _figures(wanted: Wanted) -> tuple[Figure, ...]:
    session = db.session()
    return list_figures(read_statistics(session, wanted.period), read_unmet(session, wanted.period))


def _wanted() -> Wanted:
    asked = request.args.get("span", USUAL)
    span = asked if asked in SPANS else USUAL
    typed_first, typed_last = (request.args.get(name, "").strip()[:10] for name in DAYS)
    first, last = _day(typed_first), _day(typed_last)
    problem = ""
    if (typed_first and not first) or (typed_last and not last):
        problem = _("Enter days such as 2026-04-01")
    elif first and last and last < first:
        problem = _("The last day must be the first day or later")
    if problem or not (first or last):
        first, last = _days_back(SPANS.get(span, SPANS[USUAL])), None
    return Wanted(
        span if span in SPANS else USUAL, typed_first, typed_last, Period(first, last), problem
    )


def _days_back(days: int) -> date | None:
    return signed_in_occasion().today - timedelta(days=days) if days else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
