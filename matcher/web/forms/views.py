"""The form with which a view of a list is saved or changed."""

from matcher.records.saved_views import LONGEST_NAME
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Tick
from matcher.web.forms.fields import Line
from matcher.web.words import lazy_gettext as _


class ViewForm(Form):
    """What a view is called, and who may open it."""

    name = Line(
        _("Name of the view"),
        noun=_("The name"),
        enter=_("Enter a name for the view"),
        limit=LONGEST_NAME,
    )
    is_shared = Tick(_("Share it with everybody at the desk, who can also rename and delete it"))


class NewViewForm(ViewForm):
    """A view that is saved now."""

    opens = Tick(_("Open it whenever I sign in"))
