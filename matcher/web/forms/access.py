"""The forms with which administrators say who has access, and to what."""

from matcher.lifecycle.access import Role
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.fields import Email, PersonName
from matcher.web.words import lazy_gettext as _

ROLES = (
    Option(
        Role.COORDINATOR,
        _("Coordinator"),
        _("Does the daily work: reviews requests, approves, pairs, and sees contact details."),
    ),
    Option(
        Role.READER,
        _("Reader"),
        _("Sees requests, volunteers and statistics. Changes nothing and sees no contact details."),
    ),
    Option(
        Role.ADMINISTRATOR,
        _("Administrator"),
        _("Does what coordinators do, and changes settings, texts and who has access."),
    ),
)


class InviteForm(Form):
    """Whom to invite, and as what."""

    name = PersonName(_("Their name"), enter=_("Enter their name"))
    email = Email(_("Their work email address"), enter=_("Enter their work email address"))
    role = Choice(_("What may they do?"), options=ROLES, enter=_("Select what they may do"))


class RoleForm(Form):
    """Another role for somebody."""

    role = Choice(_("What may they do?"), options=ROLES, enter=_("Select what they may do"))
