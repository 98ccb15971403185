"""Every setting of a programme in plain words, by the page on which it stands.

A setting that is added to ``ProgrammeSettings`` is named here, or among those that no page shows.
"""

from dataclasses import dataclass
from enum import StrEnum

from matcher.web.words import lazy_gettext as _


class Kind(StrEnum):
    """How a setting is written. A per cent is kept as a share of 1."""

    NUMBER = "number"
    PER_CENT = "per_cent"
    WORDS = "words"
    EMAIL = "email"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its path in ``ProgrammeSettings``, the question, and what may be answered."""

    path: str
    question: str
    hint: str = ""
    kind: Kind = Kind.NUMBER
    unit: str = ""
    least: int = 0
    most: int = 100
    optional: bool = False

    @property
    def name(self) -> str:
        """The name of its box."""
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that stand on one page; ``parts`` are their headings, with the settings below."""

    name: str
    title: str
    intro: str
    parts: tuple[tuple[str, tuple[Setting, ...]], ...]

    @property
    def settings(self) -> tuple[Setting, ...]:
        """All settings of the page, in order."""
        return tuple(setting for _heading, part in self.parts for setting in part)


def _wave(number: int) -> tuple[Setting, ...]:
    at = f"waves.{number}"
    last = number == 2
    return (
        Setting(
            f"{at}.from_days",
            _("Used when the first wanted date is at least so many days away"),
            _("The last wave begins at 0.") if last else "",
            unit=_("days"),
            most=365,
        ),
        Setting(
            f"{at}.extra_asks",
            _("Asked at the same time beyond the places that are free"),
            most=20,
        ),
        Setting(
            f"{at}.answer_working_days",
            _("Time to answer"),
            unit=_("working days"),
            least=1,
            most=20,
        ),
        Setting(
            f"{at}.reminder_working_days",
            _("Reminded after (optional)"),
            _("Leave it empty for no reminder."),
            unit=_("working days"),
            least=1,
            most=20,
            optional=True,
        ),
        Setting(
            f"{at}.chance",
            _("How sure a wave shall be to fill every free place"),
            _("Counts once it is known how many say yes: see below."),
            Kind.PER_CENT,
            least=10,
            most=99,
        ),
    )


PROGRAMME = Section(
    "programme",
    _("The programme"),
    _("Named in emails and on the privacy page."),
    (
        (
            "",
            (
                Setting("name", _("Name of the programme"), kind=Kind.WORDS, most=100),
                Setting(
                    "controller",
                    _("Who is responsible for the data"),
                    _("The public body that runs the programme, as named in privacy notices."),
                    Kind.WORDS,
                    most=200,
                ),
                Setting(
                    "contact_email",
                    _("Address for questions"),
                    _("Shown to everybody who writes or reads."),
                    Kind.EMAIL,
                ),
            ),
        ),
    ),
)
WAVES = Section(
    "waves",
    _("Invitations and waves"),
    _(
        "A few volunteers are asked at the same time. The nearer the date, the more and the "
        "quicker."
    ),
    (
        (_("Plenty of time, or no date"), _wave(0)),
        (_("Some weeks"), _wave(1)),
        (_("Soon"), _wave(2)),
        (
            _("How many say yes"),
            (
                Setting(
                    "waves_follow_yes_rate",
                    _("Size waves by how many people say yes, once that is known"),
                    kind=Kind.YES,
                ),
                Setting(
                    "yes_rate_after_asks",
                    _("It is known after so many answered invitations"),
                    least=10,
                    most=1000,
                ),
            ),
        ),
        (
            _("When somebody must ask their manager"),
            (
                Setting(
                    "manager_working_days",
                    _("Further time"),
                    unit=_("working days"),
                    least=1,
                    most=20,
                ),
                Setting(
                    "manager_reminder_working_days",
                    _("Reminded after"),
                    unit=_("working days"),
                    least=1,
                    most=20,
                ),
            ),
        ),
    ),
)
HOURS = Section(
    "hours",
    _("Hours"),
    _("Times of the day in London, as whole hours from 0 to 24."),
    (
        (
            "",
            (
                Setting(
                    "asking_hours.first_hour",
                    _("Invitations go out from"),
                    _("8 is eight in the morning."),
                    most=23,
                ),
                Setting(
                    "asking_hours.last_hour",
                    _("Invitations go out until"),
                    _("18 is six in the evening."),
                    least=1,
                    most=24,
                ),
                Setting("asking_hours.due_hour", _("Answers fall due at"), most=23),
                Setting(
                    "asking_hours.every_day",
                    _("Also at weekends and on bank holidays"),
                    kind=Kind.YES,
                ),
            ),
        ),
    ),
)
PROPOSALS = Section(
    "proposals",
    _("Proposals and approval"),
    _("How many volunteers are proposed, and whether a coordinator always decides."),
    (
        (
            "",
            (
                Setting(
                    "proposals", _("Volunteers proposed for a request, at most"), least=3, most=50
                ),
                Setting(
                    "auto_approve",
                    _("Start asking without a coordinator where the match is good enough"),
                    _("Only where enough have the score below. Thin matches never count."),
                    Kind.YES,
                ),
                Setting(
                    "auto_approve_score",
                    _("Good enough is a score of at least"),
                    _("Of 100. Good matches often have 20 to 50: look at past requests first."),
                    least=10,
                    most=100,
                ),
                Setting(
                    "phone_within_days",
                    _("Withdrawals become a phone task when the visit is no further off than"),
                    unit=_("days"),
                    most=14,
                ),
            ),
        ),
    ),
)
TIMES = Section(
    "times",
    _("How long things are kept"),
    _("When the service forgets, closes or erases by itself."),
    (
        (
            "",
            (
                Setting(
                    "unconfirmed_days",
                    _("Forms whose address was not proved are erased after"),
                    unit=_("days"),
                    least=1,
                    most=30,
                ),
                Setting(
                    "question_days",
                    _("Requests whose question was not answered are closed after"),
                    unit=_("days"),
                    least=3,
                    most=90,
                ),
                Setting(
                    "draft_hours",
                    _("Half-filled forms are deleted after"),
                    unit=_("hours"),
                    least=1,
                    most=72,
                ),
                Setting(
                    "answer_days_after",
                    _("Links to answer work after the last wanted date for"),
                    unit=_("days"),
                    least=1,
                    most=180,
                ),
                Setting(
                    "retention_months",
                    _("Details are made anonymous after the end of a request after"),
                    unit=_("months"),
                    least=1,
                    most=84,
                ),
            ),
        ),
    ),
)
LIMITS = Section(
    "limits",
    _("Limits on emails"),
    _("So that nobody can have the service send emails to strangers."),
    (
        (
            _("Emails that ask to prove an address"),
            (
                Setting(
                    "confirmations_hours", _("Counted over"), unit=_("hours"), least=1, most=168
                ),
                Setting(
                    "confirmations_per_address", _("To one address, at most"), least=1, most=50
                ),
                Setting(
                    "confirmations_per_network",
                    _("From one network, at most"),
                    _("A council’s whole staff may share one network."),
                    least=1,
                    most=10_000,
                ),
                Setting("confirmations_in_all", _("In all, at most"), least=10, most=100_000),
            ),
        ),
        (
            _("Links to sign in"),
            (
                Setting("sign_ins_per_address", _("To one address, at most"), least=3, most=200),
                Setting(
                    "sign_ins_per_network", _("From one network, at most"), least=3, most=10_000
                ),
            ),
        ),
    ),
)
MATCHING = Section(
    "matching",
    _("What counts in a match"),
    _(
        "Words make the score; the journey, recent asks and days away take some of it off. "
        "You see what a change does to open and past requests before you keep it."
    ),
    (
        (
            _("Taken off the score"),
            (
                Setting(
                    "weights.travel", _("For the journey, at most"), kind=Kind.PER_CENT, most=60
                ),
                Setting(
                    "weights.travel_minutes",
                    _("Half of that is taken off at a journey of"),
                    unit=_("minutes"),
                    least=15,
                    most=480,
                ),
                Setting(
                    "weights.over",
                    _("For passing a stated limit a little"),
                    kind=Kind.PER_CENT,
                    most=50,
                ),
                Setting(
                    "weights.load",
                    _("For having been asked of late, at most"),
                    _("The higher, the more evenly people are asked."),
                    Kind.PER_CENT,
                    most=60,
                ),
                Setting(
                    "weights.load_asks",
                    _("Half of that is taken off after so many asks"),
                    least=1,
                    most=20,
                ),
                Setting(
                    "weights.dates",
                    _("For being away on some of the wanted dates, at most"),
                    kind=Kind.PER_CENT,
                    most=60,
                ),
            ),
        ),
        (
            _("How words are weighed against each other"),
            (
                Setting("weights.whole", _("The whole of what somebody wrote"), kind=Kind.PER_CENT),
                Setting("weights.items", _("Single things they did"), kind=Kind.PER_CENT),
                Setting("weights.bm25", _("Rare words, however long the text"), kind=Kind.PER_CENT),
            ),
        ),
        (
            _("What is read into a request"),
            (
                Setting(
                    "weights.additions.thesaurus",
                    _("Words that mean nearly the same, by the thesaurus"),
                    kind=Kind.YES,
                ),
                Setting(
                    "weights.additions.acronyms", _("Abbreviations, such as SEND"), kind=Kind.YES
                ),
                Setting("weights.additions.spelling", _("Words that are misspelt"), kind=Kind.YES),
                Setting(
                    "weights.additions.neighbours",
                    _("Similar words, for short requests"),
                    kind=Kind.YES,
                ),
                Setting(
                    "weights.additions.negation",
                    _("What is said not to be wanted counts less"),
                    kind=Kind.YES,
                ),
                Setting(
                    "weights.additions.boilerplate",
                    _("Phrases that only say that one asks count less"),
                    kind=Kind.YES,
                ),
            ),
        ),
    ),
)
SECTIONS = {
    each.name: each for each in (PROGRAMME, PROPOSALS, WAVES, HOURS, MATCHING, TIMES, LIMITS)
}
#: Measured once and for all, or a bar rather than a preference: no page changes them.
NOT_ON_A_PAGE = frozenset(
    {
        "weights.a_little_over",
        "weights.acronym",
        "weights.audience",
        "weights.bm25_b",
        "weights.bm25_k1",
        "weights.boilerplate",
        "weights.inside_phrase",
        "weights.neighbour",
        "weights.short_need",
        "weights.spelling",
        "weights.travel_km",
        "weights.unwanted",
    }
)


def setting_of(path: str) -> Setting | None:
    """Return the setting of a path; None where no page shows it."""
    every = (setting for section in SECTIONS.values() for setting in section.settings)
    return next((setting for setting in every if setting.path == path), None)


def heading_of(setting: Setting) -> str:
    """Return the heading under which a setting stands, or the title of its page."""
    for section in SECTIONS.values():
        for heading, settings in section.parts:
            if setting in settings:
                return heading or section.title
    return ""
