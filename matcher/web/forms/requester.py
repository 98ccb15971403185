"""The forms of a requester: the help form's pages, and those of the request's own page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from matcher.actions.handed_in import SentForm
from matcher.lifecycle.choices import Kind, WhoPays, WithdrawReason
from matcher.lifecycle.working_days import LONDON
from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField
from matcher.web.forms.branching import BranchingForm
from matcher.web.forms.choosing import Choice, Option, Tick
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Email, Line, LongText, OrganisationName, PersonName
from matcher.web.forms.places import PlaceName
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

FURTHEST_DAYS = 730
MOST_UNWANTED = 20
FLEXIBLE = "flexible"
ON_DATES = "on_dates"

WHO_PAYS = (
    Option(WhoPays.REQUESTER, _("My organisation pays")),
    Option(WhoPays.VOLUNTEER_ORGANISATION, _("The volunteer’s own organisation pays")),
    Option(WhoPays.TO_BE_AGREED, _("To be agreed with whoever comes")),
)
KINDS = (
    Option(Kind.BRIEF_LEADERS, _("Brief leaders, such as a chief executive or councillors")),
    Option(Kind.WORKSHOP, _("Run a workshop")),
    Option(Kind.DAY_WITH_TEAM, _("Spend a day with a team")),
    Option(Kind.ONE_TO_ONE, _("Talk with one person")),
    Option(Kind.REVIEW, _("Look at our work and say what they see")),
    Option(Kind.SOMETHING_ELSE, _("Something else")),
)
PLACES = (Option("1", _("1 person")), Option("2", _("2 people")), Option("3", _("3 people")))
WITHDRAW_REASONS = (
    Option(WithdrawReason.FOUND_HELP, _("We found help another way")),
    Option(WithdrawReason.NOT_NEEDED, _("We no longer need it")),
    Option(WithdrawReason.DATES_CHANGED, _("Our dates have changed")),
    Option(WithdrawReason.OTHER, _("Another reason")),
)
YES, NO = "yes", "no"


class NeedForm(Form):
    """What is needed, in the requester's own words."""

    need = LongText(
        _("What do you need help with?"),
        noun=_("What you need help with"),
        enter=_("Enter what you need help with"),
        hint=_(
            "Say it as you would to a colleague: what you are trying to do, who will be there, "
            "and what you hope to take away."
        ),
    )


class WhereForm(Form):
    """Where the volunteer would come to."""

    place = PlaceName(
        _("Where should they come to?"),
        enter=_("Enter a postcode, or the name of a town or council"),
        hint=_("A postcode, town or council, for example RG14 5LD, Newbury or West Berkshire."),
        keep_sector=True,
    )


class WhenForm(BranchingForm):
    """Up to three dates, or none."""

    when = Choice(
        _("When do you need them?"),
        options=(
            Option(FLEXIBLE, _("Our dates are flexible")),
            Option(ON_DATES, _("On a certain date"), _("You can give two alternatives.")),
        ),
        enter=_("Select whether your dates are flexible"),
    )
    first = Day(
        _("Date"), noun=_("Date"), enter=_("Enter the date, or say that your dates are flexible")
    )
    second = Day(_("Another date that would do (optional)"), noun=_("The second date"))
    third = Day(_("A third date (optional)"), noun=_("The third date"))
    note = Line(
        _("Anything else about the time (optional)"),
        noun=_("What you say about the time"),
        hint=_("For example “mornings are best” or “not in the Easter holidays”."),
        limit=500,
    )

    def __init__(self, *given: object, **named: object) -> None:
        """Take dates after today, for two years."""
        super().__init__(*given, **named)
        today = datetime.now(LONDON).date()
        for day in (self.first, self.second, self.third):
            day.earliest = today + timedelta(days=1)
            day.latest = today + timedelta(days=FURTHEST_DAYS)

    def dates(self) -> tuple[date, ...]:
        """Return the dates in order, each once; none where they are flexible."""
        if self.when.data != ON_DATES:
            return ()
        given = (self.first.data, self.second.data, self.third.data)
        return tuple(sorted({day for day in given if day is not None}))

    def unasked(self) -> Iterable[AnyField]:
        """Dates count only where certain ones were announced."""
        return () if self.when.data == ON_DATES else (self.first, self.second, self.third)


class CostsForm(Form):
    """Who pays the volunteer's travel."""

    who_pays = Choice(
        _("Who pays for the volunteer’s travel?"),
        options=WHO_PAYS,
        enter=_("Select who pays for the volunteer’s travel"),
    )


class YouForm(Form):
    """Who asks."""

    name = PersonName(_("Your name"), enter=_("Enter your name"))
    email = Email(
        _("Your work email address"),
        noun=_("Your work email address"),
        enter=_("Enter your work email address"),
        hint=_("We send a link there to make sure that it is yours."),
    )
    organisation = OrganisationName(
        _("Your organisation"),
        enter=_("Enter your organisation"),
        hint=_("Start to type, then choose your council, or enter another public body’s name."),
    )


def handed_in(
    need: NeedForm,
    where: WhereForm,
    when: WhenForm,
    costs: CostsForm,
    you: YouForm,
    *,
    form_key: str,
    network: str,
) -> SentForm:
    """Return the five pages, each valid, as one form."""
    return SentForm(
        form_key=form_key,
        network=network,
        need=need.need.data,
        where=where.place.whereabouts,
        wanted_dates=when.dates(),
        dates_note=when.note.data,
        who_pays=WhoPays(costs.who_pays.data),
        name=you.name.data,
        email=you.email.data,
        organisation=you.organisation.data,
    )


class DetailsForm(Form):
    """What helps to find the right person, all of it optional."""

    title = Line(
        _("A title for your request"),
        hint=_("For example “Social media for leaders”."),
        limit=120,
    )
    kind = Choice(_("What kind of help is it?"), options=KINDS)
    audience = Line(
        _("Who will be in the room?"),
        hint=_("For example “The chief executive, four directors and ten councillors”."),
        limit=500,
    )
    places = Choice(
        _("How many people do you need?"), options=PLACES, enter=_("Select how many people")
    )
    apart = Tick(_("If several come, they should be from different organisations"))
    how_long = Line(_("How long for?"), hint=_("For example “an hour and a half”."), limit=100)
    remote_too = Tick(_("A video call would do if nobody can come"))
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
    unwanted = LongText(
        _("Organisations you would rather not have"),
        noun=_("The organisations"),
        hint=_("One on each line. Only coordinators see this; volunteers never do."),
        limit=1000,
    )

    def unwanted_names(self) -> tuple[str, ...]:
        """Return the organisations named, one a line."""
        lines = (line.strip() for line in self.unwanted.data.splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check the fields, then that the list of organisations is one a person could mean."""
        valid = super().validate(extra_validators)
        names = self.unwanted_names()
        if len(names) > MOST_UNWANTED:
            most = str(MOST_UNWANTED)
            self.unwanted.refuse(gettext("Enter %(most)s organisations or fewer", most=most))
        if any(len(name) > OrganisationName.usual_limit for name in names):
            self.unwanted.refuse(gettext("Put each organisation on a line of its own"))
        return valid and not self.unwanted.errors


class WithdrawForm(Form):
    """Why help is no longer needed."""

    reason = Choice(
        _("Why do you no longer need help?"),
        options=WITHDRAW_REASONS,
        enter=_("Select why you no longer need help"),
    )
    note = LongText(_("Anything you would like us to know (optional)"), limit=1000)


class PersonForm(Form):
    """Yes or no to the volunteer who was found."""

    answer = Choice(
        _("Would you like this person to come?"),
        options=(
            Option(YES, _("Yes, introduce us")),
            Option(NO, _("No, please look for somebody else")),
        ),
        enter=_("Select whether you would like this person to come"),
    )
    note = LongText(
        _("Why not? (optional)"),
        hint=_("Only coordinators see this. It helps them to find somebody who fits."),
        limit=1000,
    )
