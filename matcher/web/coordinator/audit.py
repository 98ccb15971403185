"""The log of the desk: what was done and looked at, by whom; narrowed, page by page, as a file."""

from datetime import date

from flask import Blueprint, Response, render_template, request

from matcher.records.database import db
from matcher.records.pages.audit import (
    HEADINGS,
    AuditKind,
    Wanted,
    list_audit,
    list_audit_people,
    read_audit,
)
from matcher.web.files import csv_file
from matcher.web.forms.cleaning import clean_line
from matcher.web.listing import LONGEST_WORDS, page_number
from matcher.web.signed_in import administrators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_audit", __name__, url_prefix="/coordinator/audit")
DAYS = ("first", "last")


@blueprint.get("")
@administrators_only
def every() -> str:
    """Show the log, the newest first."""
    wanted = _wanted()
    return render_template(
        "coordinator/audit.html",
        page=list_audit(db.session(), wanted, page_number()),
        people=list_audit_people(db.session()),
        kinds=list(AuditKind),
        wanted=wanted,
        typed={name: _typed(name) for name in DAYS},
        problem=_problem(wanted),
    )


@blueprint.get("/log.csv")
@administrators_only
def table() -> Response:
    """Give the log as a file for spreadsheets, narrowed in the same way."""
    name = f"log-{signed_in_occasion().today.isoformat()}.csv"
    return csv_file(name, HEADINGS, read_audit(db.session(), _wanted()))


def _wanted() -> Wanted:
    given = request.args
    return Wanted(
        person_id=given.get("person", type=_row_id),
        about=clean_line(given.get("about", "")).words[:LONGEST_WORDS],
        kind=given.get("kind", ""),
        first_on=_day("first"),
        last_on=_day("last"),
    )


def _row_id(typed: str) -> int:
    """Return an id that a row can have. Raises ValueError."""
    if typed.isascii() and typed.isdigit() and len(typed) < len("2147483648"):
        return int(typed)
    raise ValueError("no id")


def _typed(name: str) -> str:
    return request.args.get(name, "").strip()[:10]


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(_typed(name))
    except ValueError:
        return None


def _problem(wanted: Wanted) -> str:
    if any(_typed(name) and _day(name) is None for name in DAYS):
        return _("Enter days such as 2026-04-01")
    if wanted.first_on and wanted.last_on and wanted.last_on < wanted.first_on:
        return _("The last day must not be before the first")
    return ""
