"""Small forms for the one limit that a no was about, and for topics that are not for somebody."""

from collections.abc import Iterable

from wtforms.form import BaseForm

from matcher.matching.topics import topic_of
from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.distances import FARTHEST_MILES
from matcher.web.forms.fields import Line
from matcher.web.forms.numbers import WholeNumber
from matcher.web.forms.volunteer import MOST_ASKS, UNTIL_A_DAY, UNTIL_BACK, PauseForm
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

SELDOMER = "seldomer"
TOPIC_LIMIT = 80


class LessFarForm(Form):
    """How far, after "it is too far"."""

    miles = WholeNumber(
        _("How many miles would you go, at most?"),
        noun=_("The number of miles"),
        hint=_("In a straight line."),
        enter=_("Enter how many miles you would go"),
        least=1,
        most=FARTHEST_MILES,
        unit="miles",
    )


class LessOftenForm(PauseForm):
    """How often, or not for a while, after "I am too busy"."""

    how_long = Choice(
        _("What would suit you?"),
        enter=_("Select what would suit you"),
        options=(
            Option(SELDOMER, _("Ask me less often")),
            Option(UNTIL_A_DAY, _("Pause my invitations until a date")),
            Option(UNTIL_BACK, _("Pause them until I say I am back")),
        ),
    )
    asks = WholeNumber(
        _("How often may we ask you, at most, in three months?"),
        noun=_("How often we may ask"),
        enter=_("Enter how often we may ask you in three months"),
        least=1,
        most=MOST_ASKS,
        unit="times",
    )

    def unasked(self) -> Iterable[AnyField]:
        """Only the question that belongs to the answer counts."""
        return (*super().unasked(), *(() if self.how_long.data == SELDOMER else (self.asks,)))


class TopicLine(Line):
    """A topic that the matcher can meet in a request."""

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where no word of it could ever be met."""
        problem = super().find_problem(form)
        if problem or topic_of(self.data):
            return problem
        return gettext("Enter a topic in one or a few words, like parking permits")


class TopicForm(Form):
    """A topic about which a volunteer wants to be asked nothing."""

    topic = TopicLine(
        _("Which topic is not for you?"),
        noun=_("The topic"),
        hint=_(
            "One or a few words, like parking permits. We ask you about no request in which these "
            "words stand next to each other."
        ),
        enter=_("Enter the topic that is not for you"),
        limit=TOPIC_LIMIT,
    )
