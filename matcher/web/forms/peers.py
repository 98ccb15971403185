"""The forms of hellos: a few words, and a report."""

from matcher.web.forms.base import Form
from matcher.web.forms.fields import LongText
from matcher.web.words import lazy_gettext as _

LONGEST = 500


class HelloForm(Form):
    """A few words to somebody who does the same work."""

    words = LongText(
        _("What would you like to say?"),
        noun=_("What you say"),
        enter=_("Enter what you would like to say"),
        hint=_("We pass it on by email as it is. Your address goes with it only if you write it."),
        limit=LONGEST,
    )


class QuestionForm(Form):
    """A short question, before anybody is asked to come."""

    words = LongText(
        _("What would you like to know?"),
        noun=_("Your question"),
        enter=_("Enter your question"),
        hint=_("One question that can be answered in a few sentences."),
        limit=LONGEST,
    )


class AnswerForm(Form):
    """An answer to somebody's question."""

    words = LongText(
        _("Your answer"),
        noun=_("Your answer"),
        enter=_("Enter your answer, or press “No, thank you”"),
        hint=_("Two or three sentences will do. Your name and address do not go with it."),
        limit=2000,
    )


class ReportForm(Form):
    """What is wrong with what somebody wrote."""

    why = LongText(
        _("What is wrong?"),
        noun=_("What is wrong"),
        enter=_("Enter what is wrong"),
        hint=_("Only the coordinators read this."),
        limit=LONGEST,
    )
