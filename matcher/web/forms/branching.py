"""Forms in which an answer decides which further questions count."""

from collections.abc import Iterable, Mapping, Sequence

from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField


class BranchingForm(Form):
    """A form some of whose questions were not asked, because of what was answered to another.

    What stands in those does no harm and is not lost.
    """

    def unasked(self) -> Iterable[AnyField]:
        """Return the fields that do not count."""
        return ()

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check the form, then forget what is wrong with questions that were not asked."""
        super().validate(extra_validators)
        for field in self.unasked():
            field.errors = ()
        return not self.errors
