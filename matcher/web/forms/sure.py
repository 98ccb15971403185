"""The press that keeps a change whose effect was shown."""

from wtforms import HiddenField

from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Tick


class SureForm(Form):
    """``sure`` is the press; ``based_on`` the version with which the effect was shown.

    ``again`` goes back from the effect to what was typed.
    """

    based_on = HiddenField()
    sure = Tick("")
    again = Tick("")

    def confirms(self, version: int) -> bool:
        """Return whether this is the press that keeps what was shown with this version."""
        return self.is_submitted() and self.sure.data and self.based_on.data == str(version)

    def overtaken(self, version: int) -> bool:
        """Return whether it was the press, but somebody else has changed something since."""
        return self.sure.data and not self.confirms(version)
