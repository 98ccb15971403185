"""Pages on which a volunteer changes what they say of themselves, one part at a time."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.handed_in import OfferPage
from matcher.actions.volunteer.volunteering import change_page
from matcher.lifecycle.choices import Kind
from matcher.records.database import db
from matcher.records.pages.volunteer import read_offer, read_standing
from matcher.web.forms.known_as import SeenAsForm
from matcher.web.forms.travelling import typed as typed_travel
from matcher.web.forms.volunteer import AwayForm, ReachForm, WordsForm
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import signed_in_id, signed_in_occasion, volunteers_only
from matcher.web.words import gettext as _

blueprint = Blueprint("offer_page", __name__)


@blueprint.route("/volunteer/offer", methods=["GET", "POST"])
@volunteers_only
def words() -> Page:
    """Change what the matcher reads."""
    offer = read_offer(db.session(), signed_in_id())
    typed = {
        "offer": offer.offer,
        "job_title": offer.job_title,
        "skills": "\n".join(offer.skills),
        "experience": "\n\n".join(offer.experience),
        "kinds": offer.kinds,
    }
    form = WordsForm(data=typed)
    if form.validate_on_submit():
        change_page(signed_in_id(), lambda before: _with_words(before, form), signed_in_occasion())
        return _saved()
    return show_form("volunteer/words.html", form)


def _with_words(before: OfferPage, form: WordsForm) -> OfferPage:
    return replace(
        before,
        offer=form.offer.data,
        job_title=form.job_title.data,
        skills=form.skills.tags,
        experience=form.paragraphs,
        kinds=tuple(Kind(kind) for kind in form.kinds.data),
    )


def _saved() -> Response:
    flash(_("Your changes are saved."), "success")
    return redirect(url_for("volunteer.page"), 303)


@blueprint.route("/volunteer/name", methods=["GET", "POST"])
@volunteers_only
def seen_as() -> Page:
    """Change what others see before an introduction: the name, the organisation, where else."""
    standing = read_standing(db.session(), signed_in_id())
    offer = read_offer(db.session(), signed_in_id())
    typed = {
        "display_name": offer.display_name,
        "hides_organisation": offer.hides_organisation,
        "handles": "\n".join(offer.handles),
    }
    form = SeenAsForm(data=typed)
    if form.validate_on_submit():
        change_page(signed_in_id(), lambda before: _seen_as(before, form), signed_in_occasion())
        return _saved()
    return show_form("volunteer/seen_as.html", form, standing=standing)


def _seen_as(before: OfferPage, form: SeenAsForm) -> OfferPage:
    return replace(
        before,
        display_name=form.display_name.data,
        hides_organisation=form.hides_organisation.data,
        handles=form.handles.addresses,
    )


@blueprint.route("/volunteer/reach", methods=["GET", "POST"])
@volunteers_only
def reach() -> Page:
    """Change where from, how far and how often."""
    offer = read_offer(db.session(), signed_in_id())
    typed = {
        "where": {"words": offer.place_label, "which": offer.place_id},
        **typed_travel(offer.travel),
        "asks_per_quarter": offer.asks_per_quarter,
    }
    form = ReachForm(data=typed)
    if form.validate_on_submit():
        change_page(signed_in_id(), lambda before: _with_reach(before, form), signed_in_occasion())
        return _saved()
    return show_form("volunteer/reach.html", form)


def _with_reach(before: OfferPage, form: ReachForm) -> OfferPage:
    return replace(
        before,
        where=form.where.whereabouts,
        travel=form.travel,
        asks_per_quarter=form.chosen_asks,
    )


@blueprint.route("/volunteer/away", methods=["GET", "POST"])
@volunteers_only
def away() -> Page:
    """Show the days away, and add some."""
    form = AwayForm()
    form.last.earliest = signed_in_occasion().today
    if form.validate_on_submit():
        span = form.span
        change_page(
            signed_in_id(),
            lambda before: replace(before, away=tuple(sorted({*before.away, span}))),
            signed_in_occasion(),
        )
        flash(_("The days are added. We will not ask you to come on any of them."), "success")
        return redirect(url_for(".away"), 303)
    offer = read_offer(db.session(), signed_in_id())
    return show_form("volunteer/away.html", form, away=offer.away)


@blueprint.post("/volunteer/away/remove")
@volunteers_only
def remove_away() -> Response:
    """Take days away back out; pressed twice, nothing more."""
    unwanted = request.form.get("span", "")
    change_page(
        signed_in_id(),
        lambda before: replace(
            before,
            away=tuple(span for span in before.away if f"{span[0]}/{span[1]}" != unwanted),
        ),
        signed_in_occasion(),
    )
    flash(_("The days are removed."), "success")
    return redirect(url_for(".away"), 303)
