"""Settings of how volunteers are proposed and asked."""

from matcher.web.forms.setting import Kind, Section, Setting
from matcher.web.words import lazy_gettext as _


def _wave(number: int) -> tuple[Setting, ...]:
    at = f"waves.{number}"
    last = _("The last wave begins at 0.") if number == 2 else ""
    return (
        Setting(
            f"{at}.from_days",
            _("Used when the first wanted date is at least so many days away"),
            last,
            unit=_("days"),
            most=365,
        ),
        Setting(
            f"{at}.extra_asks",
            _("Asked at the same time beyond the places that are free"),
            most=20,
        ),
        *_wave_answers(at),
    )


def _wave_answers(at: str) -> tuple[Setting, ...]:
    days = _("working days")
    return (
        Setting(f"{at}.answer_working_days", _("Time to answer"), unit=days, least=1, most=20),
        Setting(
            f"{at}.reminder_working_days",
            _("Reminded after (optional)"),
            _("Leave it empty for no reminder."),
            unit=days,
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
