"""How people are seen before an introduction: under which name, and where on the web."""

from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Tick
from matcher.web.forms.fields import Line
from matcher.web.forms.handles import Handles
from matcher.web.words import lazy_gettext as _


class KnownAsForm(Form):
    """What a requester shows to those who are asked."""

    display_name = Line(
        _("Name shown (optional)"),
        noun=_("The name shown"),
        hint=_("A name you are known by, or any other. Leave it empty to show none."),
        limit=100,
    )
    handles = Handles(
        _("Where you can be found on the web (optional)"),
        noun=_("Where you can be found"),
        hint=_(
            "One address on each line: Mastodon, Bluesky, LinkedIn, X, a blog. We check only how "
            "they are written, and open none of them. They may say who you are."
        ),
    )


class SeenAsForm(KnownAsForm):
    """How others see a volunteer before an introduction."""

    display_name = Line(
        _("Name shown to others (optional)"),
        noun=_("The name shown to others"),
        hint=_(
            "It may be another name than your own. Leave it empty if your full name may be shown."
        ),
        limit=100,
    )
    hides_organisation = Tick(
        _("Keep my organisation to myself until I am introduced"),
        hint=_(
            "Whoever asks for help then hears from a coordinator that you are who you say. Until a "
            "coordinator has vouched for you, we ask you nothing."
        ),
    )
