"""What a coordinator decides beyond the proposals: ask, pair by hand, open a request again."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.exceptions import NotFound as PageNotFound

from matcher.actions.coordinator.pairing_by_hand import pair_by_hand, reopen_request
from matcher.actions.coordinator.writing_down import write_down
from matcher.actions.requester.questions import ask_question
from matcher.actions.visit.outcomes import settle
from matcher.actions.visit.visiting import find_visit
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import Outcome
from matcher.lifecycle.pairing import Told
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import db
from matcher.records.pages.coordinator_lists import list_volunteers
from matcher.records.pages.coordinator_pages import RequestView, read_request
from matcher.web.areas import within_areas
from matcher.web.forms.answer import day_options
from matcher.web.forms.choosing import Option
from matcher.web.forms.deciding import (
    TOLD_WORDS,
    ByHandForm,
    OutcomeForm,
    QuestionForm,
    ReopenForm,
    WriteDownForm,
)
from matcher.web.listing import asked_for
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_deciding", __name__, url_prefix="/coordinator/requests")


def _read(request_id: int) -> RequestView:
    return read_request(db.session(), request_id, signed_in_occasion().now)


def _back(request_id: int) -> Page:
    return redirect(url_for("coordinator_requests.one", request_id=request_id), 303)


@blueprint.route("/<int:request_id>/question", methods=["GET", "POST"])
@coordinators_only
@within_areas
def question(request_id: int) -> Page:
    """Ask the requester something before anybody is asked."""
    view, form = _read(request_id), QuestionForm()
    if form.validate_on_submit():
        ask_question(request_id, form.question.data, signed_in_occasion())
        flash(_("Your question is on its way to the requester."), "success")
        return _back(request_id)
    return show_form("coordinator/question.html", form, view=view)


@blueprint.route("/<int:request_id>/reopen", methods=["GET", "POST"])
@coordinators_only
@within_areas
def reopen(request_id: int) -> Page:
    """Ask why, then open an ended request again."""
    view, form = _read(request_id), ReopenForm()
    if form.validate_on_submit():
        reopen_request(request_id, form.reason.data, signed_in_occasion())
        flash(_("The request is open again, and volunteers are looked for."), "success")
        return _back(request_id)
    return show_form("coordinator/reopen.html", form, view=view)


@blueprint.route("/<int:request_id>/candidates/<int:pairing_id>/outcome", methods=["GET", "POST"])
@coordinators_only
@within_areas
def outcome(request_id: int, pairing_id: int) -> Page:
    """Record what came of a visit, where nobody told or the two told differently."""
    view, form = _read(request_id), OutcomeForm()
    chosen = view.get_candidate(pairing_id)
    begun = find_visit(db.session(), pairing_id)
    if begun is None:
        raise PageNotFound
    if form.validate_on_submit():
        settle(begun.id, Outcome(form.outcome.data), form.note.data, signed_in_occasion())
        flash(_("What came of the visit is kept."), "success")
        return _back(request_id)
    return show_form("coordinator/outcome.html", form, view=view, chosen=chosen)


@blueprint.route("/<int:request_id>/candidates/<int:pairing_id>/told", methods=["GET", "POST"])
@coordinators_only
@within_areas
def told(request_id: int, pairing_id: int) -> Page:
    """Write down what either side said by phone, and have it done."""
    view, form, acting = _read(request_id), WriteDownForm(), signed_in_occasion()
    chosen = view.get_candidate(pairing_id)
    if not (view.open and chosen.may_be_told):
        flash(_("There is nothing to write down for %(name)s now.", name=chosen.shown_as))
        return _back(request_id)
    form.told.options = tuple(Option(each, TOLD_WORDS[each]) for each in chosen.may_be_told)
    form.on.options = day_options([day for day in view.dates if day >= acting.today])
    if form.validate_on_submit():
        write_down(pairing_id, Told(form.told.data), form.how.data, acting, on=form.day)
        flash(_("It is written down, and they are told by email."), "success")
        return _back(request_id)
    return show_form("coordinator/told.html", form, view=view, chosen=chosen)


@blueprint.route("/<int:request_id>/by-hand", methods=["GET", "POST"])
@coordinators_only
@within_areas
def by_hand(request_id: int) -> Page:
    """Find a volunteer by words, then propose them with a written reason."""
    view, asked, form = _read(request_id), asked_for(), ByHandForm()
    found = _find(asked.words)
    form.volunteer.options = found
    if form.validate_on_submit() and _paired(request_id, form):
        flash(_("They are proposed now. Nothing is sent until you approve them."), "success")
        return _back(request_id)
    return show_form("coordinator/by_hand.html", form, view=view, asked=asked, found=found)


def _paired(request_id: int, form: ByHandForm) -> bool:
    """Pair the two; where that may not be, say why at the field and return False."""
    try:
        chosen = int(form.volunteer.data)
        pair_by_hand(request_id, chosen, form.reason.data, signed_in_occasion())
    except NotAllowed:
        words = _(
            "This volunteer cannot be proposed: they were paired with this request before, are of "
            "the same organisation, or cannot be asked now"
        )
        form.volunteer.refuse(words)
        return False
    return True


def _find(words: str) -> tuple[Option, ...]:
    """Return the first active volunteers who have these words."""
    if not words:
        return ()
    page = list_volunteers(db.session(), state=standing.State.ACTIVE, words=words)
    return tuple(
        Option(str(row.volunteer_id), f"{row.shown_as}, {row.organisation}", row.job_title)
        for row in page.rows
    )
