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


class ReportForm(Form):
    """What is wrong with what somebody wrote."""

    why = LongText(
        _("What is wrong?"),
        noun=_("What is wrong"),
        enter=_("Enter what is wrong"),
        hint=_("Only the coordinators read this."),
        limit=LONGEST,
    )
