"""The form that asks whether a request was sent before."""

from collections.abc import Sequence

from matcher.actions.requester.asking_twice import Same
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Option
from matcher.web.wording import date_words
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

ANOTHER = "another"


class SameForm(Form):
    """Which of some requests it is, or none of them."""

    which = Choice(_("Is it one of these?"), enter=_("Select whether it is one of these"))

    def offer(self, found: Sequence[Same]) -> None:
        """Show these requests, by reference and day, with the words that both have."""
        another = Option(ANOTHER, gettext("No, this is another need: send it"))
        self.which.options = (*(_option(each) for each in found), another)


def _option(same: Same) -> Option:
    words = gettext("Yes, it is %(reference)s", reference=same.reference)
    day = date_words(same.sent_at.date())
    hint = gettext("Sent on %(day)s. Both say: %(both)s.", day=day, both=", ".join(same.words))
    return Option(str(same.request_id), words, hint)
