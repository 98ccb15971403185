"""The forms with which a coordinator asks, pairs by hand, reopens, and keeps notes."""

from collections.abc import Iterable, Sequence
from datetime import date

from matcher.actions.requester.asking_twice import Same
from matcher.lifecycle.choices import Outcome
from matcher.lifecycle.pairing import Told
from matcher.web.forms.asking_twice import ANOTHER
from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField
from matcher.web.forms.branching import BranchingForm
from matcher.web.forms.choosing import Choice, Option, Tick
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Line, LongText
from matcher.web.wording import date_words
from matcher.web.words import gettext
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


class HoldForm(Form):
    """Until when a request waits, and why; the view sets the first day that may be."""

    until = Day(
        _("When do you look again?"),
        noun=_("The day you look again"),
        enter=_("Enter the day you look again"),
    )
    because = LongText(
        _("Why does it wait?"),
        noun=_("The reason"),
        hint=_("Coordinators see it. The requester can read it in a copy of their data."),
        enter=_("Enter why it waits"),
        limit=500,
    )
    is_told = Tick(_("Show the reason to the requester, on the page of their request"))


class MergeForm(BranchingForm):
    """Which request goes on in the place of one that is there twice."""

    into = Choice(_("Which request goes on?"), enter=_("Select the request that goes on"))
    reference = Line(
        _("Reference of the request that goes on"),
        noun=_("The reference"),
        hint=_("For example, H-1003."),
        enter=_("Enter the reference of the request that goes on"),
        limit=20,
    )
    note = LongText(_("Note (optional)"), hint=_("Only coordinators see it."), limit=500)

    def offer(self, found: Sequence[Same]) -> None:
        """Show these requests, and the way to name another."""
        self.into.options = (*(_same(each) for each in found), Option(ANOTHER, gettext("Another")))

    def unasked(self) -> Iterable[AnyField]:
        """Return the reference, unless another request is meant than those shown."""
        return () if self.into.data == ANOTHER else (self.reference,)


def _same(same: Same) -> Option:
    day = date_words(same.sent_at.date())
    hint = gettext("Sent on %(day)s. Both say: %(both)s.", day=day, both=", ".join(same.words))
    return Option(same.reference, same.reference, hint)


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


TOLD_WORDS = {
    Told.VOLUNTEER_YES: _("The volunteer can come"),
    Told.VOLUNTEER_NO: _("The volunteer cannot come"),
    Told.REQUESTER_YES: _("The requester says yes to this person"),
    Told.REQUESTER_NO: _("The requester says no to this person"),
}


class WriteDownForm(BranchingForm):
    """What somebody told a coordinator; the view sets what may be told, and the offered dates."""

    told = Choice(_("What did they say?"), enter=_("Select what they said"))
    on = Choice(_("On which date?"), enter=_("Select the date on which they can come"))
    how = LongText(
        _("How did they tell you?"),
        noun=_("How they told you"),
        hint=_("For example “by phone, this morning”. It is kept in the history."),
        enter=_("Enter how they told you"),
        limit=300,
    )

    def unasked(self) -> Iterable[AnyField]:
        """Return the date, except for a yes where dates were offered."""
        asked = self.told.data == Told.VOLUNTEER_YES and self.on.options
        return () if asked else (self.on,)

    @property
    def day(self) -> date | None:
        """The offered date of a yes, if dates were offered."""
        return None if self.on in self.unasked() else date.fromisoformat(self.on.data)


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
