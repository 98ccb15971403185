"""The forms of a coordinator: signing in, setting aside, closing, letting in."""

from matcher.lifecycle.choices import CloseReason, DismissReason
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Option, Tick
from matcher.web.forms.fields import Email, LongText
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

DISMISS_REASONS = (
    Option(DismissReason.NOT_A_FIT, _("Not a fit for this request")),
    Option(DismissReason.TOO_FAR, _("Too far")),
    Option(DismissReason.ASKED_OFTEN, _("Was asked often of late")),
    Option(DismissReason.KNOWN_CONFLICT, _("A conflict that we know of")),
    Option(DismissReason.OTHER, _("Another reason")),
)
CLOSE_REASONS = (
    Option(CloseReason.OUT_OF_SCOPE, _("Not something this service is for")),
    Option(CloseReason.DUPLICATE, _("The same as another request")),
    Option(CloseReason.UNMET, _("We could not find anybody")),
    Option(CloseReason.HANDED_OVER, _("Handed over to somebody else")),
    Option(CloseReason.OTHER, _("Another reason")),
)


class CoordinatorSignInForm(Form):
    """The address to which a sign-in link goes."""

    email = Email(
        _("Your email address"),
        enter=_("Enter your email address"),
        hint=_("The one at which you were invited as a coordinator."),
    )


class DismissForm(Form):
    """Why a proposal is set aside."""

    reason = Choice(
        _("Why is this volunteer not right for this request?"),
        options=DISMISS_REASONS,
        enter=_("Select why this volunteer is not right"),
    )
    note = LongText(_("Note (optional)"), hint=_("Only coordinators see it."), limit=1000)


class CloseForm(Form):
    """Why a request is closed."""

    reason = Choice(
        _("Why are you closing this request?"),
        options=CLOSE_REASONS,
        enter=_("Select why you are closing this request"),
    )
    note = LongText(_("Note (optional)"), hint=_("Only coordinators see it."), limit=1000)


class LetInForm(Form):
    """Letting a volunteer in whose address is not at a known domain."""

    trust_domain = Tick("")

    def know(self, domain: str, organisation: str) -> None:
        """Name the domain and the organisation that would belong together."""
        words = gettext(
            "Also trust addresses at %(domain)s for %(organisation)s",
            domain=domain,
            organisation=organisation,
        )
        self.trust_domain.label.text = words
