"""The page of a visit for each of its two sides: the date, the details, and what came of it."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.occasion import Occasion
from matcher.actions.visit.calling_off import call_off
from matcher.actions.visit.dates import choose_date, offer_dates, reconfirm
from matcher.actions.visit.details import VisitDetails, write_details
from matcher.actions.volunteer.answering import decline
from matcher.lifecycle.choices import DeclineReason, WhoPays
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.visits import VisitPage, read_visit, takes_part
from matcher.web.context import occasion
from matcher.web.forms.answer import WithdrawForm
from matcher.web.forms.base import Form
from matcher.web.forms.visit import (
    NONE_WILL_DO,
    CallOffForm,
    ChooseDateForm,
    DetailsForm,
    OfferDatesForm,
)
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("visits", __name__)


def own_visit(token: str) -> VisitPage:
    """Return the visit that a link belongs to, as its side sees it. Raises LinkRefused."""
    link = open_link(Purpose.VISIT, token)
    side = Actor.REQUESTER if link.volunteer_id is None else Actor.VOLUNTEER
    return read_visit(db.session(), link.pairing_id, side)


def acting(page: VisitPage) -> Occasion:
    """Return this moment, with the side of the visit that a link belongs to as who acts."""
    return occasion(page.side, page.volunteer_id if page.side == Actor.VOLUNTEER else None)


def how_it_stands(token: str) -> Response:
    """Return the way to the visit's page."""
    return redirect(url_for("visits.show", token=token), 303)


@blueprint.get("/t/visit/<token>")
@open_to("link")
def show(token: str) -> str:
    """Show the visit as it stands, with what this side may do."""
    page = own_visit(token)
    return _render(page, token, _dates_form(page))


def _render(page: VisitPage, token: str, form: ChooseDateForm) -> str:
    today: date = acting(page).today
    known = {"takes_part": takes_part(db.session(), page.request_id), "today": today}
    return render_template("visit/visit.html", page=page, token=token, form=form, **known)


def _dates_form(page: VisitPage) -> ChooseDateForm:
    form = ChooseDateForm()
    form.offer([day for day in page.offered if day >= acting(page).today])
    return form


@blueprint.post("/t/visit/<token>")
@limiter.limit(FORMS)
@open_to("link")
def choose(token: str) -> Page:
    """Agree to one of the dates that the other side offers."""
    page = own_visit(token)
    form = _dates_form(page)
    if not page.may_choose:
        return how_it_stands(token)
    if not form.validate():
        return _render(page, token, form), 422
    if form.day.data == NONE_WILL_DO:
        return redirect(url_for(".offer", token=token), 303)
    choose_date(page.visit_id, date.fromisoformat(form.day.data), acting(page))
    flash(_("Agreed. You both get it for your calendars."), "success")
    return how_it_stands(token)


@blueprint.route("/t/visit/<token>/dates", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def offer(token: str) -> Page:
    """Offer the other side other dates; the agreed one is given up."""
    page = own_visit(token)
    if not page.may_offer:
        return how_it_stands(token)
    form = OfferDatesForm()
    if not form.validate_on_submit():
        return show_form("visit/dates.html", form, page=page, token=token)
    offer_dates(page.visit_id, form.dates(), acting(page))
    flash(_("The other side is asked. We write to you as soon as they answer."), "success")
    return how_it_stands(token)


@blueprint.post("/t/visit/<token>/still-on")
@limiter.limit(FORMS)
@open_to("link")
def still_on(token: str) -> Response:
    """Say that the visit is still on; a second press changes nothing."""
    page = own_visit(token)
    if page.may_reconfirm and Form().validate_on_submit():
        reconfirm(page.visit_id, acting(page))
        flash(_("Thank you. The visit is on."), "success")
    return how_it_stands(token)


@blueprint.route("/t/visit/<token>/details", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def details(token: str) -> Page:
    """Let the requester say when on the day, where exactly, what for and who pays."""
    page = own_visit(token)
    if page.side != Actor.REQUESTER or not page.coming:
        return how_it_stands(token)
    form = DetailsForm(data=_typed(page))
    if not form.validate_on_submit():
        return show_form("visit/details.html", form, page=page, token=token)
    changed = write_details(page.visit_id, _given(form), acting(page))
    told = _("Saved. The volunteer is told what is new.") if changed else _("Nothing was changed.")
    flash(told, "success")
    return how_it_stands(token)


def _typed(page: VisitPage) -> dict[str, object]:
    names = ("venue", "access", "contact_on_day", "agenda", "who_pays", "expenses")
    times = {"begins": page.begins, "ends": page.ends}
    shown = {name: moment.isoformat("minutes") if moment else "" for name, moment in times.items()}
    return {name: getattr(page, name) for name in names} | shown


def _given(form: DetailsForm) -> VisitDetails:
    return VisitDetails(
        begins=form.begins.moment,
        ends=form.ends.moment,
        venue=form.venue.data,
        access=form.access.data,
        contact_on_day=form.contact_on_day.data,
        agenda=form.agenda.data,
        who_pays=WhoPays(form.who_pays.data),
        expenses=form.expenses.data,
    )


@blueprint.route("/t/visit/<token>/call-off", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def end(token: str) -> Page:
    """Call the visit off: say what that means, then do it and tell the other side."""
    page = own_visit(token)
    if not page.may_call_off:
        return how_it_stands(token)
    form = CallOffForm() if page.side == Actor.REQUESTER else WithdrawForm()
    if not form.validate_on_submit():
        return show_form("visit/call_off.html", form, page=page, token=token)
    if isinstance(form, WithdrawForm):
        reason = DeclineReason(form.reason.data)
        decline(page.pairing_id, reason, form.note.data, acting(page))
    else:
        call_off(page.pairing_id, form.reason.data, acting(page))
    flash(_("The visit is called off. The other side is told straight away."), "success")
    return how_it_stands(token)


@blueprint.get("/t/visit/<token>/host-pack")
@open_to("link")
def host_pack(token: str) -> str:
    """Show everything about the visit on one sheet, to print. Raises NotFound for the volunteer."""
    page = own_visit(token)
    if page.side != Actor.REQUESTER or not page.introduced:
        raise NotFound("there is no host pack")
    return render_template("visit/host_pack.html", page=page, token=token)


@blueprint.get("/t/visit/<token>/certificate")
@open_to("link")
def certificate(token: str) -> str:
    """Show what a volunteer may print and keep. Raises NotAllowed before the visit took place."""
    page = own_visit(token)
    if not page.took_place or not page.guest:
        raise NotAllowed(_("The certificate is here as soon as the visit has taken place."))
    return render_template("visit/certificate.html", page=page, token=token)


def pressed() -> str:
    """Return which of several buttons was pressed."""
    return request.form.get("press", "")
