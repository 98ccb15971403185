"""The forms with which administrators say who has access, and to what."""

from collections.abc import Mapping, Sequence

from matcher.lifecycle.access import Role, Sight
from matcher.web.forms.areas import AreaNames, area_words, authorities_in
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


class Limited(Form):
    """What somebody may do, and in which areas."""

    role = Choice(_("What may they do?"), options=ROLES, enter=_("Select what they may do"))
    areas = AreaNames(
        _("Only in these areas (optional)"),
        noun=_("The areas"),
        hint=_(
            "Councils, counties, regions or nations, with commas between them, for example “South "
            "West” or “Kent, Medway”. They see requests there and whoever may help with them. "
            "Leave this empty for everything."
        ),
    )

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check the form; areas must limit something, and no administrator is limited."""
        valid = super().validate(extra_validators)
        if not self.areas.data or self.areas.errors:
            return valid
        if self.role.data == Role.ADMINISTRATOR:
            self.areas.refuse(
                _("An administrator sees everything. Leave the areas empty, or select another role")
            )
            return False
        if not self.areas.councils:
            self.areas.refuse(_("Enter the name of an area, such as Kent"))
            return False
        return valid

    @property
    def sight(self) -> Sight:
        """What they will see, once the form is valid."""
        if not self.areas.data:
            return Sight()
        councils = tuple(sorted({*self.areas.councils, *authorities_in(self.areas.councils)}))
        return Sight(councils, area_words(councils))


class InviteForm(Limited):
    """Whom to invite, and as what."""

    name = PersonName(_("Their name"), enter=_("Enter their name"))
    email = Email(_("Their work email address"), enter=_("Enter their work email address"))
