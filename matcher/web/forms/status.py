"""The forms of a request's own page: answers to coordinators, changes, and what is decided."""

from matcher.lifecycle.choices import OneAlone
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.fields import LongText
from matcher.web.words import lazy_gettext as _


class AnswerQuestionForm(Form):
    """The answer to a coordinator's question."""

    answer = LongText(
        _("Your answer"),
        enter=_("Enter your answer"),
        hint=_("Only coordinators read it. Leave out names and anything confidential."),
        limit=2000,
    )


class FewerForm(Form):
    """Whether fewer people than were wanted may come."""

    answer = Choice(
        _("Shall the visit go ahead with those who are found?"),
        options=(
            Option(OneAlone.AGREED, _("Yes, go ahead with those who are found")),
            Option(OneAlone.REFUSED, _("No, go on looking")),
        ),
        enter=_("Select whether the visit shall go ahead"),
    )
