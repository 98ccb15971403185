"""The forms of a request's own page."""

from matcher.web.forms.base import Form
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
