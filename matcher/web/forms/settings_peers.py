"""Settings of what people write to each other before anybody meets."""

from matcher.web.forms.setting import Section, Setting
from matcher.web.words import lazy_gettext as _

PEERS = Section(
    "peers",
    _("Questions, events and hellos"),
    _("What people write to each other before anybody travels; we pass it on."),
    (
        (
            _("Questions before a visit"),
            (
                Setting(
                    "question_to",
                    _("A question goes to, at most"),
                    unit=_("volunteers"),
                    least=1,
                    most=10,
                ),
                Setting(
                    "question_working_days",
                    _("Time to answer"),
                    unit=_("working days"),
                    least=1,
                    most=20,
                ),
            ),
        ),
        (
            _("Events"),
            (
                Setting(
                    "event_reminder_days",
                    _("Who goes and wishes it is reminded before"),
                    unit=_("days"),
                    least=1,
                    most=30,
                ),
            ),
        ),
        (
            _("Hellos"),
            (
                Setting("peers_shown", _("People shown to each other, at most"), least=1, most=20),
                Setting(
                    "hellos_per_week", _("One person may say hello in 7 days to"), least=0, most=50
                ),
                Setting(
                    "hellos_received_per_week",
                    _("One person may be sent hellos in 7 days by"),
                    least=0,
                    most=50,
                ),
                Setting(
                    "hello_words_per_day",
                    _("One person may write in 24 hours, at most"),
                    _("Hellos count, too."),
                    unit=_("times"),
                    least=1,
                    most=50,
                ),
                Setting(
                    "hello_days",
                    _("A hello is left unanswered after"),
                    unit=_("days"),
                    least=1,
                    most=365,
                ),
            ),
        ),
    ),
)
