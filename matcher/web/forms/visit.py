"""The forms of a visit's page."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from matcher.lifecycle.choices import MissedReason, Outcome
from matcher.lifecycle.working_days import LONDON
from matcher.web.forms.answer import day_options
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Email, Line, LongText
from matcher.web.forms.requester import WHO_PAYS
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

FURTHEST_DAYS = 730
NONE_WILL_DO = "none"
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?", re.IGNORECASE)
NOON = 12


class TimeOfDay(Line):
    """A time as people write it: 14:00, 2pm, 2.30pm. ``moment`` is None where none was given."""

    usual_limit = 10

    @property
    def moment(self) -> time | None:
        """The time of the day, once the form is valid."""
        return _read_time(self.data)

    def find_problem(self, _form: object) -> str:
        """Return a message where this is no time."""
        if self.data and _read_time(self.data) is None:
            return gettext("Enter a time like 2pm or 14:00")
        return ""


def _read_time(words: str) -> time | None:
    found = CLOCK.fullmatch(words.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0) if 1 <= hour <= NOON else -1
    try:
        return time(hour, minute)
    except ValueError:
        return None


class ChooseDateForm(Form):
    """One of the dates that the other side offers."""

    day = Choice(_("Which date can you do?"), enter=_("Select a date, or say that none will do"))

    def offer(self, days: Sequence[date]) -> None:
        """Show these dates."""
        none = Option(NONE_WILL_DO, gettext("None of these: I offer others"))
        self.day.options = (*day_options(days), none)


class OfferDatesForm(Form):
    """Up to three dates for the other side to choose from."""

    first = Day(_("Date"), noun=_("Date"), enter=_("Enter a date"))
    second = Day(_("Another date that would do (optional)"), noun=_("The second date"))
    third = Day(_("A third date (optional)"), noun=_("The third date"))

    def __init__(self, *given: object, **named: object) -> None:
        """Take dates after today, for two years."""
        super().__init__(*given, **named)
        today = datetime.now(LONDON).date()
        for day in (self.first, self.second, self.third):
            day.earliest = today + timedelta(days=1)
            day.latest = today + timedelta(days=FURTHEST_DAYS)

    def dates(self) -> tuple[date, ...]:
        """Return the dates in order, each once."""
        given = (self.first.data, self.second.data, self.third.data)
        return tuple(sorted({day for day in given if day is not None}))


class DetailsForm(Form):
    """When on the day, where exactly, what for, and who pays."""

    begins = TimeOfDay(_("When does it begin?"), hint=_("For example 2pm or 14:00."))
    ends = TimeOfDay(_("When does it end?"), hint=_("For example 4:30pm or 16:30."))
    venue = Line(
        _("Where exactly?"),
        hint=_("The building and the room, for example “Council Chamber, Market Street”."),
        limit=300,
    )
    access = LongText(
        _("Getting in, and access needs"),
        hint=_("For example parking, step-free access, a hearing loop, security at the door."),
        limit=1000,
    )
    contact_on_day = Line(
        _("How can they reach you on the day?"),
        noun=_("How they can reach you"),
        hint=_("A phone number, or whoever is at reception. Only the person who comes sees it."),
        limit=200,
    )
    agenda = LongText(
        _("Agenda"),
        hint=_("What happens when, and who is in the room."),
        limit=2000,
    )
    who_pays = Choice(
        _("Who pays for the volunteer’s travel?"),
        options=WHO_PAYS,
        enter=_("Select who pays for the volunteer’s travel"),
    )
    expenses = Line(
        _("Expenses"),
        hint=_("Up to how much, how it is claimed, and who bears tickets if the visit is off."),
        limit=500,
    )

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check the fields, then that the visit ends after it begins."""
        valid = super().validate(extra_validators)
        begins, ends = self.begins.moment, self.ends.moment
        if ends and not begins:
            self.begins.refuse(gettext("Enter when it begins, too"))
        if begins and ends and ends <= begins:
            self.ends.refuse(gettext("The end must be after the beginning"))
        return valid and not self.begins.errors and not self.ends.errors


class CallOffForm(Form):
    """Why the requester calls a visit off."""

    reason = LongText(
        _("Why? (optional)"),
        hint=_("Only coordinators see this."),
        limit=1000,
    )


MISSED_REASONS = (
    Option(MissedReason.ILLNESS, _("Illness")),
    Option(MissedReason.TRAVEL, _("Travel, such as a cancelled train")),
    Option(MissedReason.DIARY, _("A diary that changed at short notice")),
    Option(MissedReason.MISUNDERSTANDING, _("A misunderstanding about the day or the place")),
    Option(MissedReason.NOT_KNOWN, _("I do not know, or would rather not say")),
)


class MissedForm(Form):
    """Why a visit did not take place, without blame."""

    because = Choice(
        _("Why did it not take place?"),
        options=MISSED_REASONS,
        enter=_("Select why it did not take place"),
    )


class WordsForm(Form):
    """The requester's own words of thanks."""

    words = LongText(
        _("Your words of thanks"),
        enter=_("Enter your words of thanks"),
        hint=_("For example what you do differently now. We send them to the volunteer."),
        limit=1000,
    )


class TeachForm(Form):
    """The one box with which somebody who was helped takes part."""

    offer = LongText(
        _("What could others learn from you?"),
        noun=_("What others could learn from you"),
        enter=_("Enter what others could learn from you"),
        hint=_("In your own words: what you have done, also what went wrong at first."),
    )


class ManagerForm(Form):
    """Where the volunteer's manager can be thanked."""

    email = Email(
        _("Your manager’s work email address"),
        enter=_("Enter your manager’s work email address"),
        hint=_("We write there once, say where you went and that it helped, and nothing else."),
    )


#: What the buttons of the outcome page send.
PRESSES = {
    "helped": (Outcome.HELD, True),
    "held": (Outcome.HELD, False),
    "remote": (Outcome.HELD_REMOTE, True),
}
