"""The map of reach of a help request, and its candidates side by side."""

from collections.abc import Set
from string import ascii_uppercase

from flask import Blueprint, flash, redirect, render_template, request, url_for

from matcher.actions.proposals.proposing import explain_barred
from matcher.lifecycle import pairing
from matcher.matching.offers import Bar, Barred
from matcher.records.database import db
from matcher.records.pages.candidates import CandidateView
from matcher.records.pages.coordinator_pages import read_request
from matcher.records.pages.coordinator_people import read_shown_names
from matcher.records.pages.whereabouts import read_bases, read_venue
from matcher.web.areas import within_areas
from matcher.web.context import live_index
from matcher.web.coordinator.map_drawing import Mark, draw_map
from matcher.web.showing import Page
from matcher.web.signed_in import readers_too, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_map", __name__, url_prefix="/coordinator/requests")
#: Whoever has one of these bars would come if it were nearer.
TOO_FAR = (Bar.TOO_FAR, Bar.TOO_LONG)
MOST_BEYOND = 12
FEWEST_COMPARED, MOST_COMPARED = 2, 3
GONE = frozenset(pairing.State) - pairing.OPEN - pairing.HOLDS_PLACE


@blueprint.get("/<int:request_id>/map")
@readers_too
@within_areas
def show(request_id: int) -> str:
    """Show where the candidates are, and the nearest of those for whom it is too far."""
    view = read_request(db.session(), request_id, signed_in_occasion().now)
    shown = [each for each in view.candidates if each.state not in GONE]
    others = _beyond(request_id, {each.volunteer_id for each in shown})
    session, shown_ids = db.session(), [each.volunteer_id for each in shown]
    bases = read_bases(session, [*shown_ids, *(int(each.offer_id) for each in others)])
    # Whoever is of no area that the coordinator sees is not on their map.
    beyond = [each for each in others if int(each.offer_id) in bases][:MOST_BEYOND]
    ids = [int(each.offer_id) for each in beyond]
    marks = [
        Mark(str(number), bases[each.volunteer_id], within=True)
        for number, each in enumerate(shown, start=1)
    ]
    marks += [
        Mark(letter, bases[each], within=False)
        for letter, each in zip(ascii_uppercase, ids, strict=False)
    ]
    return render_template(
        "coordinator/map.html",
        view=view,
        shown=shown,
        beyond=beyond,
        letters=ascii_uppercase,
        bases=bases,
        names=read_shown_names(session, ids),
        drawn=draw_map(read_venue(session, request_id), marks),
    )


def _beyond(request_id: int, shown: Set[int]) -> list[Barred]:
    """Return the nearest for whom it is too far; who is met at an event is shown already."""
    found = explain_barred(live_index(), request_id, signed_in_occasion(), *TOO_FAR)
    others = [each for each in found.people if int(each.offer_id) not in shown]
    return sorted(others, key=lambda each: (each.journey.distance_km or 0.0, each.offer_id))


@blueprint.get("/<int:request_id>/compare")
@readers_too
@within_areas
def compare(request_id: int) -> Page:
    """Show up to three candidates side by side."""
    view = read_request(db.session(), request_id, signed_in_occasion().now)
    wanted = set(request.args.getlist("pairing", type=int))
    chosen: list[CandidateView] = [each for each in view.candidates if each.pairing_id in wanted]
    if len(chosen) < FEWEST_COMPARED:
        flash(_("Tick two or three candidates to compare them."))
        return redirect(url_for("coordinator_requests.one", request_id=request_id), 303)
    left_out = max(0, len(chosen) - MOST_COMPARED)
    chosen = chosen[:MOST_COMPARED]
    return render_template("coordinator/compare.html", view=view, chosen=chosen, left_out=left_out)
