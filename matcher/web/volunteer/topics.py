"""The page of topics about which a volunteer wants to be asked nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.volunteer.adjusting import TooManyTopics, allow_topic, avoid_topic
from matcher.records.database import db
from matcher.records.pages.volunteer import read_offer
from matcher.web.forms.adjusting import TopicForm
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import signed_in_id, signed_in_occasion, volunteers_only
from matcher.web.volunteer.adjusting import too_many_words
from matcher.web.words import gettext as _

blueprint = Blueprint("topics", __name__)


@blueprint.route("/volunteer/topics", methods=["GET", "POST"])
@volunteers_only
def topics() -> Page:
    """Show the topics that are not for this volunteer, and add one."""
    form = TopicForm()
    if form.validate_on_submit():
        try:
            avoid_topic(signed_in_id(), form.topic.data, signed_in_occasion())
        except TooManyTopics:
            db.session.rollback()
            form.topic.refuse(too_many_words())
        else:
            flash(_("The topic is added. We ask you nothing about it."), "success")
            return redirect(url_for(".topics"), 303)
    offer = read_offer(db.session(), signed_in_id())
    return show_form("volunteer/topics.html", form, topics=offer.not_for_me)


@blueprint.post("/volunteer/topics/remove")
@volunteers_only
def remove() -> Response:
    """Take a topic out; pressed twice, nothing more."""
    allow_topic(signed_in_id(), request.form.get("topic", ""), signed_in_occasion())
    flash(_("The topic is removed. We may ask you about it again."), "success")
    return redirect(url_for(".topics"), 303)
