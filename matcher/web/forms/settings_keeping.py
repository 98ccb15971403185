"""Settings of the programme itself: its name, its reminders, what it keeps, its limits."""

from matcher.web.forms.setting import Kind, Section, Setting
from matcher.web.words import lazy_gettext as _

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
DECISIONS = Section(
    "decisions",
    _("Requests and visits"),
    _("When people are reminded, and when a coordinator is told that somebody has not answered."),
    (
        (
            _("While a coordinator looks"),
            (
                Setting(
                    "review_working_days",
                    _("A request in review goes to the deputy after"),
                    unit=_("working days"),
                    least=1,
                    most=20,
                ),
                Setting(
                    "question_reminder_days",
                    _("Requesters are reminded of a question after"),
                    unit=_("days"),
                    least=1,
                    most=60,
                ),
                Setting(
                    "question_days",
                    _("Requests whose question was not answered are closed after"),
                    unit=_("days"),
                    least=3,
                    most=90,
                ),
            ),
        ),
        (
            _("When a volunteer has said yes"),
            (
                Setting(
                    "confirm_reminder_working_days",
                    _("The requester is reminded to confirm after"),
                    unit=_("working days"),
                    least=1,
                    most=20,
                ),
                Setting(
                    "confirm_task_working_days",
                    _("A coordinator is told after"),
                    unit=_("working days"),
                    least=1,
                    most=20,
                ),
                Setting(
                    "confirm_release_working_days",
                    _("The volunteer is released, with an apology, after"),
                    unit=_("working days"),
                    least=1,
                    most=40,
                ),
            ),
        ),
        (
            _("Visits"),
            (
                Setting(
                    "reschedule_working_days",
                    _("Time to say yes again to a new date"),
                    unit=_("working days"),
                    least=1,
                    most=20,
                ),
                Setting(
                    "reconfirm_days",
                    _("Both are asked before the visit whether it stands, this long before"),
                    unit=_("days"),
                    least=1,
                    most=60,
                ),
                Setting(
                    "reconfirm_if_agreed_days",
                    _("They are asked only where the visit was agreed ahead by at least"),
                    unit=_("days"),
                    least=1,
                    most=120,
                ),
                Setting(
                    "undated_visit_days",
                    _("Where no date is known, they are asked how it went after"),
                    unit=_("days"),
                    least=7,
                    most=180,
                ),
                Setting(
                    "outcome_again_days",
                    _("Those who have not said how it went are asked again after"),
                    unit=_("days"),
                    least=1,
                    most=60,
                ),
                Setting(
                    "outcome_task_days",
                    _("A coordinator is told after"),
                    unit=_("days"),
                    least=1,
                    most=90,
                ),
            ),
        ),
        (
            _("The same need sent twice"),
            (
                Setting(
                    "duplicate_days",
                    _("Requests are compared with those of the same organisation of the last"),
                    unit=_("days"),
                    least=1,
                    most=365,
                ),
                Setting(
                    "duplicate_likeness",
                    _("They are taken for the same from a likeness of"),
                    kind=Kind.PER_CENT,
                    least=10,
                ),
                Setting(
                    "least_score",
                    _("After a change of a request, a coordinator looks at matches below"),
                    kind=Kind.PER_CENT,
                    most=90,
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
                    "supplied_days",
                    _("Details that coordinators brought in and nobody confirmed are erased after"),
                    unit=_("days"),
                    least=7,
                    most=60,
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
                Setting(
                    "email_months",
                    _("The words of sent emails are deleted after"),
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
