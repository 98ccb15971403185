"""Why everyone else was not proposed for a help request, and what would change it most cheaply."""

from flask import Blueprint, render_template, request

from matcher.actions.proposals.proposing import BARRED_ON_A_PAGE, explain_barred
from matcher.matching.offers import Bar
from matcher.records.database import db
from matcher.records.pages.coordinator_pages import read_request
from matcher.records.pages.coordinator_people import read_shown_names
from matcher.web.areas import within_areas
from matcher.web.context import live_index
from matcher.web.listing import page_number
from matcher.web.signed_in import readers_too, signed_in_occasion

blueprint = Blueprint("coordinator_why_not", __name__)
MOST_PAGES = 100_000


@blueprint.get("/coordinator/requests/<int:request_id>/why-not")
@readers_too
@within_areas
def show(request_id: int) -> str:
    """Count those who are barred by reason; with ?bar=, name the people behind one count."""
    acting = signed_in_occasion()
    wanted, number = request.args.get("bar", ""), min(page_number(), MOST_PAGES)
    bar = Bar(wanted) if wanted in set(Bar) else None
    offset = (number - 1) * BARRED_ON_A_PAGE
    bars = () if bar is None else (bar,)
    found = explain_barred(live_index(), request_id, acting, *bars, offset=offset)
    behind = next((each.how_many for each in found.counts if each.bar == bar), 0)
    return render_template(
        "coordinator/why_not.html",
        view=read_request(db.session(), request_id, acting.now),
        found=found,
        bar=bar,
        number=number,
        pages=max(1, -(-behind // BARRED_ON_A_PAGE)),
        names=read_shown_names(db.session(), [int(each.offer_id) for each in found.people]),
    )
