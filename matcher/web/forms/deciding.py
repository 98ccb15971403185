"""The forms with which a coordinator asks, pairs by hand, reopens, and keeps notes."""

from matcher.lifecycle.choices import Outcome
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.fields import LongText
from matcher.web.words import lazy_gettext as _


class QuestionForm(Form):
    """A question to the requester."""

    question = LongText(
        _("What do you need to know?"),
        noun=_("Your question"),
        hint=_("The requester gets this by email and answers on the page of their request."),
        enter=_("Enter your question"),
        limit=1000,
    )


class ReopenForm(Form):
    """Why an ended request is opened again."""

    reason = LongText(
        _("Why are you opening it again?"),
        noun=_("The reason"),
        hint=_("Only coordinators see it."),
        enter=_("Enter why you are opening it again"),
        limit=1000,
    )


OUTCOMES = (
    Option(Outcome.HELD, _("They met")),
    Option(Outcome.HELD_REMOTE, _("They met by video")),
    Option(Outcome.MISSED, _("They did not meet")),
)


class OutcomeForm(Form):
    """What a coordinator found out about a visit."""

    outcome = Choice(
        _("What came of the visit?"),
        options=OUTCOMES,
        enter=_("Select what came of the visit"),
    )
    note = LongText(_("Note (optional)"), hint=_("Only coordinators see it."), limit=1000)


class ByHandForm(Form):
    """A volunteer for a request, and why; the view sets who can be chosen."""

    volunteer = Choice(_("Who is it?"), enter=_("Select a volunteer"))
    reason = LongText(
        _("Why this volunteer?"),
        noun=_("The reason"),
        hint=_("It is kept with the proposal, for coordinators."),
        enter=_("Enter why this volunteer"),
        limit=1000,
    )


class NoteForm(Form):
    """A private note about a volunteer."""

    words = LongText(
        _("A note about this volunteer"),
        noun=_("The note"),
        hint=_("Only coordinators see it, and the volunteer if they ask for their data."),
        enter=_("Enter the note"),
        limit=1000,
    )
