"""The page after a no: the one limit that it was about can be changed at once, by the same link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.actions.occasion import Occasion
from matcher.actions.volunteer.adjusting import (
    TooManyTopics,
    avoid_topic,
    be_asked_less,
    be_away,
    go_less_far,
)
from matcher.actions.volunteer.volunteering import pause
from matcher.lifecycle.choices import DeclineReason
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.answers import Ask, read_ask
from matcher.web.context import occasion
from matcher.web.forms.adjusting import SELDOMER, LessFarForm, LessOftenForm, TopicForm
from matcher.web.forms.base import Form
from matcher.web.forms.volunteer import AwayForm
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("adjusting", __name__)
KM_PER_MILE = 1.609344


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The form that fits a reason, and what it does with what was said."""

    make_form: Callable[[Ask, Occasion], Form]
    act: Callable[[int, Form, Occasion], None]


def _far_form(ask: Ask, _occasion: Occasion) -> Form:
    """Offer a little less than this ask was away."""
    return LessFarForm(data={"miles": max(1, int(ask.journey.distance_km / KM_PER_MILE) - 1)})


def _go_less_far(volunteer_id: int, form: Form, acting: Occasion) -> None:
    go_less_far(volunteer_id, form.miles.data, acting)


def _often_form(_ask: Ask, acting: Occasion) -> Form:
    form = LessOftenForm()
    form.until.earliest = acting.today + timedelta(days=1)
    return form


def _ask_less(volunteer_id: int, form: Form, acting: Occasion) -> None:
    if form.how_long.data == SELDOMER:
        be_asked_less(volunteer_id, form.asks.data, acting)
    else:
        pause(volunteer_id, form.chosen_until, acting)


def _topic_form(_ask: Ask, _occasion: Occasion) -> Form:
    return TopicForm()


def _avoid_topic(volunteer_id: int, form: Form, acting: Occasion) -> None:
    avoid_topic(volunteer_id, form.topic.data, acting)


def _away_form(_ask: Ask, acting: Occasion) -> Form:
    form = AwayForm()
    form.last.earliest = acting.today
    return form


def _be_away(volunteer_id: int, form: Form, acting: Occasion) -> None:
    first_on, last_on = form.span
    be_away(volunteer_id, first_on, last_on, acting)


#: Whoever is too busy, or whose manager does not agree, may want to be asked less often.
LESS_OFTEN = Adjustment(_often_form, _ask_less)
ADJUSTMENTS: Mapping[str, Adjustment] = {
    DeclineReason.TOO_FAR: Adjustment(_far_form, _go_less_far),
    DeclineReason.TOO_BUSY: LESS_OFTEN,
    DeclineReason.MANAGER: LESS_OFTEN,
    DeclineReason.NOT_MY_SUBJECT: Adjustment(_topic_form, _avoid_topic),
    DeclineReason.DATES: Adjustment(_away_form, _be_away),
}


@blueprint.route("/t/answer/<token>/settings", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def settings(token: str) -> Page:
    """Offer the change that fits the reason of a no; the press makes it."""
    ask = read_ask(db.session(), open_link(Purpose.ANSWER, token).pairing_id or 0)
    fitting = ADJUSTMENTS.get(ask.answer_reason) if ask.may_adjust else None
    if fitting is None:
        return _back(token)
    acting = occasion(Actor.VOLUNTEER, ask.volunteer_id)
    form = fitting.make_form(ask, acting)
    if not form.validate_on_submit():
        return show_form("volunteer/adjust.html", form, ask=ask, token=token)
    return _change(fitting, ask, form, acting, token)


def _change(fitting: Adjustment, ask: Ask, form: Form, acting: Occasion, token: str) -> Page:
    try:
        fitting.act(ask.volunteer_id, form, acting)
    except TooManyTopics:
        db.session.rollback()
        form.topic.refuse(too_many_words())
        return show_form("volunteer/adjust.html", form, ask=ask, token=token)
    except Refused:
        db.session.rollback()
    else:
        flash(_("Your change is saved. Thank you: the next ask will fit better."), "success")
    return _back(token)


def too_many_words() -> str:
    """Return the message where no further topic can be kept."""
    return _("Your list of topics is full. Take one out on your page first")


def _back(token: str) -> Response:
    return redirect(url_for("answers.show", token=token), 303)
