"""What is kept about a person, for that person: read it, save it, correct it, erase it."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from matcher.actions.occasion import Occasion
from matcher.actions.privacy.correcting import ask_for_address, correct, use_address
from matcher.actions.privacy.erasing import erase, still_coordinates
from matcher.actions.privacy.new_links import end_links
from matcher.actions.privacy.own_data import address_of, send_data_link
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.exporting import PersonalCopy, as_words, read_copy
from matcher.records.links import Link
from matcher.records.pages.own_requests import read_own_requests
from matcher.records.person import find_person
from matcher.web.context import link_keys, network, occasion
from matcher.web.forms.base import Form
from matcher.web.forms.own_data import (
    AnyNewAddressForm,
    CorrectNameForm,
    NewAddressForm,
    YourAddressForm,
)
from matcher.web.limits import FORMS, SIGN_IN, limiter
from matcher.web.opening import address_of_link, open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import forget_session, open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("your_data", __name__)
blueprint.add_app_template_filter(as_words, "plain_words")


@blueprint.route("/your-data", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("anybody")
def ask() -> Page:
    """Ask for the address; the answer is the same whether or not anything is kept about it."""
    form = YourAddressForm()
    if form.validate_on_submit():
        send_data_link(form.email.data, network(), occasion(Actor.CLOCK))
        return redirect(url_for(".sent"), 303)
    return show_form("your_data/ask.html", form)


@blueprint.get("/your-data/sent")
@open_to("anybody")
def sent() -> str:
    """Ask to look for the email."""
    return render_template("your_data/sent.html")


def _address(token: str) -> str:
    return address_of(db.session(), open_link(Purpose.YOUR_DATA, token))


def _copy(token: str) -> PersonalCopy:
    session = db.session()
    return read_copy(session, find_person(session, _address(token)), occasion(Actor.CLOCK).now)


@blueprint.get("/t/your_data/<token>")
@open_to("link")
def show(token: str) -> str:
    """Show everything that is kept, with what it is kept for."""
    session = db.session()
    person = find_person(session, _address(token))
    return render_template(
        "your_data/copy.html",
        copy=_copy(token),
        token=token,
        person=person,
        requests=read_own_requests(session, person, occasion(Actor.CLOCK).now),
        address_of_link=address_of_link,
    )


@blueprint.get("/t/your_data/<token>/copy.json")
@open_to("link")
def save(token: str) -> Response:
    """Return the same as a file."""
    return as_file(_copy(token))


def as_file(copy: PersonalCopy) -> Response:
    """Return a person's copy as a file that the browser saves."""
    answer = make_response(copy.as_json())
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="your-data.json"'
    return answer


@blueprint.route("/t/your_data/<token>/name", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def change_name(token: str) -> Page:
    """Ask for the right name, and write it wherever the old one stands."""
    address, form = _address(token), CorrectNameForm()
    if form.validate_on_submit():
        correct(address, occasion(Actor.CLOCK), name=form.name.data)
        flash(_("Your name is changed."), "success")
        return redirect(url_for(".show", token=token), 303)
    return show_form("your_data/name.html", form, token=token)


@blueprint.route("/t/your_data/<token>/address", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def change_address(token: str) -> Page:
    """Ask for the new address, and send the link that proves it."""
    address, form = _address(token), NewAddressForm()
    if form.validate_on_submit() and link_is_sent(address, form, occasion(Actor.CLOCK)):
        flash(_("Open the email that we sent to your new address, and press the link in it."))
        return redirect(url_for(".show", token=token), 303)
    return show_form("your_data/address.html", form, token=token, address=address)


@blueprint.route("/t/new_address/<token>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def prove_address(token: str) -> Page:
    """Say what the press does; it puts the new address in the place of the old one."""
    link, form = open_link(Purpose.NEW_ADDRESS, token), Form()
    if form.validate_on_submit():
        try:
            page = use_address(link.id, occasion(Actor.CLOCK))
        except NotAllowed:
            db.session.rollback()
            return show_form("your_data/address_taken.html", form, address=link.new_address)
        flash(
            _("From now on we write to your new address. Links in earlier emails have ended."),
            "success",
        )
        return _to_own_page(page)
    return show_form("your_data/prove_address.html", form, address=link.new_address)


def link_is_sent(address: str, form: AnyNewAddressForm, acting: Occasion) -> bool:
    """Send the link to the address that was typed, or say at the field that it is the old one."""
    try:
        ask_for_address(address, form.email.data, network(), acting)
    except NotAllowed:
        form.email.refuse(_("This is the address that we write to now: enter the new one"))
        return False
    return True


def _to_own_page(link_id: str) -> AnyResponse:
    """Go to what is kept, for someone who has just proved that it is theirs."""
    return redirect(address_of_link(db.session.get_one(Link, link_id)), 303)


@blueprint.route("/t/your_data/<token>/new-links", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def new_links(token: str) -> Page:
    """Say what it ends; the press ends every link in earlier emails and sends another."""
    address, form = _address(token), Form()
    if form.validate_on_submit():
        page = end_links(address, occasion(Actor.CLOCK))
        forget_session()
        flash(_("The links in earlier emails have ended."), "success")
        return _to_own_page(page)
    return show_form("your_data/new_links.html", form, token=token)


@blueprint.route("/t/your_data/<token>/erase", methods=["GET", "POST"])
@open_to("link")
def erase_all(token: str) -> Page | AnyResponse:
    """Say what erasure ends; the press does it."""
    session, address = db.session(), _address(token)
    person, form = find_person(session, address), Form()
    coordinates = still_coordinates(session, person)
    if form.validate_on_submit() and not coordinates:
        side = Actor.VOLUNTEER if person.volunteers else Actor.REQUESTER
        erase(address, link_keys(), occasion(side))
        forget_session()
        flash(_("Everything about you is erased."), "success")
        return redirect(url_for("public.start"), 303)
    shown = {"person": person, "token": token, "coordinates": coordinates}
    return show_form("your_data/erase.html", form, **shown)
