"""The forms behind an invitation: the answer, taking a yes back, passing on, taking over."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from matcher.lifecycle.choices import DeclineReason
from matcher.records.pages.answers import Ask
from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField
from matcher.web.forms.branching import BranchingForm
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Email, LongText, PersonName
from matcher.web.forms.volunteer import UNTIL_A_DAY, UNTIL_BACK, PauseForm
from matcher.web.wording import date_words
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

NOTE_LIMIT = 1000

REASONS = (
    Option(DeclineReason.DATES, _("The dates do not suit me")),
    Option(DeclineReason.TOO_FAR, _("It is too far for me")),
    Option(DeclineReason.NOT_MY_SUBJECT, _("It is not my subject")),
    Option(DeclineReason.TOO_BUSY, _("I am too busy at the moment")),
    Option(DeclineReason.MANAGER, _("My manager does not agree")),
    Option(DeclineReason.CONFLICT, _("There is a conflict of interest")),
    Option(DeclineReason.OTHER, _("Another reason")),
)


class Answer(StrEnum):
    """What may be answered to an invitation."""

    YES = "yes"
    MANAGER = "manager"
    NO = "no"
    PASS_ON = "pass_on"
    PAUSE = "pause"


WORDS = {
    Answer.YES: _("Yes, I can come"),
    Answer.MANAGER: _("I must ask my manager first"),
    Answer.NO: _("No, not this time"),
    Answer.PASS_ON: _("A colleague could go instead"),
    Answer.PAUSE: _("Pause my invitations"),
}


HINTS = {
    Answer.MANAGER: _("You get more time, once, and words that you can send them."),
}


class AnswerForm(BranchingForm):
    """One answer, with what belongs to it; questions of the other answers do not count."""

    answer = Choice(_("Your answer"), enter=_("Select your answer"))
    chosen_on = Choice(_("Which date can you do?"), enter=_("Select a date you can do"))
    accepted_as = PersonName(
        _("Your name"),
        hint=_("The name of the person who would come."),
        enter=_("Enter the name of the person who would come"),
    )
    note = LongText(
        _("Anything they should know (optional)"),
        noun=_("Your note"),
        hint=_("For example what you would need on the day."),
        limit=NOTE_LIMIT,
    )
    interest = LongText(
        _("Do you have a connection with them that you should declare? (optional)"),
        noun=_("The connection you declare"),
        hint=_(
            "For example somebody close to you works there, or your organisation sells to them. "
            "They and a coordinator see it before they say yes."
        ),
        limit=NOTE_LIMIT,
    )
    reason = Choice(_("Why not this time?"), enter=_("Select why you cannot come"), options=REASONS)
    why = LongText(_("Anything to add (optional)"), noun=_("What you add"), limit=NOTE_LIMIT)
    colleague_name = PersonName(_("Your colleague's name"), enter=_("Enter your colleague's name"))
    colleague_email = Email(
        _("Your colleague's work email address"),
        hint=_("We ask them whether they would like to answer. Nothing else is sent there."),
        enter=_("Enter your colleague's work email address"),
    )
    until = Day(
        _("Until when? (optional)"),
        noun=_("The date from which we may ask again"),
        hint=_("Leave it empty to pause until you say that you are back."),
    )

    def unasked(self) -> Iterable[AnyField]:
        """Return the questions of the other answers."""
        parts: dict[str, tuple[AnyField, ...]] = {
            Answer.YES: (self.chosen_on, self.accepted_as, self.note, self.interest),
            Answer.MANAGER: (),
            Answer.NO: (self.reason, self.why),
            Answer.PASS_ON: (self.colleague_name, self.colleague_email),
            Answer.PAUSE: (self.until,),
        }
        others = [
            field for answer in parts if answer != self.answer.data for field in parts[answer]
        ]
        return others if self.chosen_on.options else (*others, self.chosen_on)

    @property
    def chosen_day(self) -> date | None:
        """The offered date that was chosen, if dates were offered."""
        return date.fromisoformat(self.chosen_on.data) if self.chosen_on.options else None


def answer_form(ask: Ask, today: date) -> AnswerForm:
    """Return the form of one invitation, offering only what is possible now."""
    form = AnswerForm(data={"accepted_as": ask.addressee})
    form.answer.options = tuple(
        Option(each, WORDS[each], HINTS.get(each, "")) for each in possible_answers(ask)
    )
    form.chosen_on.options = day_options([day for day in ask.asked.dates if day >= today])
    form.until.earliest = today + timedelta(days=1)
    form.chosen_on.data = form.chosen_on.data or _only(form.chosen_on.options)
    return form


def possible_answers(ask: Ask) -> tuple[Answer, ...]:
    """Return the answers that the invitation allows as it stands."""
    possible = {
        Answer.YES: ask.may_accept,
        Answer.MANAGER: ask.may_ask_manager,
        Answer.NO: ask.may_decline,
        Answer.PASS_ON: ask.may_pass_on,
        Answer.PAUSE: ask.may_pause and ask.may_decline,
    }
    return tuple(answer for answer in Answer if possible[answer])


def day_options(days: Sequence[date]) -> tuple[Option, ...]:
    """Return one radio button for each date."""
    return tuple(Option(day.isoformat(), date_words(day)) for day in days)


def _only(options: Sequence[Option]) -> str:
    return options[0].value if len(options) == 1 else ""


class WithdrawForm(Form):
    """Taking a yes back."""

    reason = Choice(
        _("Why can you no longer come?"),
        enter=_("Select why you can no longer come"),
        options=REASONS,
    )
    note = LongText(_("Anything to add (optional)"), noun=_("What you add"), limit=NOTE_LIMIT)


class SomeoneElseForm(Form):
    """Somebody to whom an invitation was forwarded."""

    name = PersonName(_("Your full name"), enter=_("Enter your full name"))
    email = Email(
        _("Your work email address"),
        hint=_("We send a link there to check that it is yours."),
        enter=_("Enter your work email address"),
    )


class TakeOverForm(Form):
    """What a colleague says of themselves when they take an invitation over."""

    name = PersonName(_("Full name"), enter=_("Enter your full name"))
    offer = LongText(
        _("What could others learn from you?"),
        noun=_("What others could learn from you"),
        hint=_("In your own words. It is shown to whoever asks for help, if you say yes."),
        enter=_("Enter what others could learn from you"),
    )


STOP = "stop"


class UnsubscribeForm(PauseForm):
    """Fewer emails: a pause, or none ever again."""

    how_long = Choice(
        _("What would you like?"),
        enter=_("Select what you would like"),
        options=(
            Option(UNTIL_A_DAY, _("Pause my invitations until a date")),
            Option(UNTIL_BACK, _("Pause them until I say I am back")),
            Option(
                STOP,
                _("Stop them for good"),
                _("You leave, your page is closed, and visits you agreed to are given to others."),
            ),
        ),
    )


def own_address_words() -> str:
    """Return the message where somebody passes an invitation on to themselves."""
    return gettext("Enter the address of a colleague. This is the address the invitation went to")
