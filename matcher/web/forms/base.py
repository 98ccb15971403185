"""The form that all others extend: forged ones are refused, machines are caught, drafts are kept.

A page writes ``{% call form_page(form, submit=_("Continue")) %}`` (templates/parts/form.html)
around its fields.
"""

from collections.abc import Mapping, Sequence

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field

from matcher.web.forms.basis import AnyField
from matcher.web.words import gettext as _


class Trap(Field):
    """A box that people neither see nor reach; whoever fills it in is likely a machine."""

    data: str

    def process_data(self, _value: object) -> None:
        """Begin empty, always."""
        self.data = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent."""
        self.data = valuelist[0] if valuelist else ""

    def __call__(self) -> Markup:  # type: ignore[override]
        """Return the markup: empty, off the screen, out of the tab order, silent."""
        return Markup(
            '<div class="app-aside" aria-hidden="true"><label for="{id}">{words}</label>'
            '<input id="{id}" name="{name}" type="text" value="" tabindex="-1" autocomplete="off">'
            "</div>"
        ).format(id=self.id, name=self.name, words=_("Leave this box empty"))


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A form of our fields. In views: ``if form.validate_on_submit(): ...`` on a POST."""

    more = Trap("")

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Only fields sent as a form count: no JSON, no files under the name of a text."""

        def wrap_formdata(self, _form: object, formdata: object) -> object:
            """Return what was sent, or nothing on a GET."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return request.form if request.method == "POST" else None

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check every field, then the trap: a person who fell into it presses again."""
        valid: bool = super().validate(extra_validators)
        if self.more.data:
            self.form_errors.append(
                _("We could not tell that a person sent this. Press the button again to send it")
            )
        return valid and not self.more.data

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 where it came back with problems."""
        return 422 if self.is_submitted() else 200

    def kept(self) -> dict[str, object]:
        """Return what was typed, for a draft; a form made with it as ``data`` shows the same."""
        return {name: field.kept for name, field in self._fields.items() if _is_ours(field)}

    def problems(self) -> list[dict[str, str]]:
        """Return each field's first problem and the address of its input, in the form's order."""
        whole = [{"text": str(error)} for error in self.form_errors]
        ours = [field for field in self if _is_ours(field) and field.errors]
        return whole + [
            {"text": str(field.errors[0]), "href": f"#{field.anchor}"} for field in ours
        ]


def _is_ours(field: Field) -> bool:
    return isinstance(field, AnyField)
