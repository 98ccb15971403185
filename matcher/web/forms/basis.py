"""What every field is built on.

``noun`` begins the messages ("What you need must be 4,000 characters or fewer"); ``enter`` is the
message where nothing was given, and a field without it may be left empty. Templates write
``{{ form.need(size="l") }}``; ``page_heading=True`` makes the label the page's h1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypedDict, Unpack

from markupsafe import Markup
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from matcher.web.forms.markup import Params, label, render
from matcher.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Look:
    """How a text box of one line looks; ``width`` is in characters (2, 3, 4, 5, 10, 20, 30)."""

    width: int | None = None
    type: str = "text"
    autocomplete: str = "off"
    inputmode: str = ""
    spellcheck: bool | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


class Given(TypedDict, total=False):
    """Keywords of every field: ours, then those with which WTForms binds one to its form."""

    noun: str
    enter: str
    hint: str
    name: str
    _form: BaseForm
    _prefix: str
    _translations: object
    _meta: object


class BoxGiven(Given, total=False):
    """Keywords of a text box of one line."""

    look: Look


class AnyField(Field):
    """What all our fields share: the message where nothing is given, and how a check runs."""

    def __init__(
        self,
        question: str,
        *,
        noun: str = "",
        enter: str = "",
        hint: str = "",
        **bound: object,
    ) -> None:
        super().__init__(question, description=hint, **bound)  # type: ignore[arg-type]
        self.noun = noun or question
        self.enter = enter

    @property
    def empty(self) -> bool:
        """Whether nothing was given."""
        return not self.data

    @property
    def anchor(self) -> str:
        """The id of the input that a link in the error summary goes to."""
        return self.id

    @property
    def kept(self) -> object:
        """The data as JSON can carry it; a form made with it as ``data`` shows the same."""
        return self.data

    def pre_validate(self, form: BaseForm) -> None:
        """Check the field; the first problem is the only one told."""
        if self.process_errors:
            raise StopValidation
        problem = str(self.enter) if self.empty else self.find_problem(form)
        if problem or self.empty:
            raise StopValidation(problem)

    def find_problem(self, _form: BaseForm) -> str:
        """Return what is wrong with what was given, as a sentence; empty if nothing is."""
        return ""

    def refuse(self, problem: str) -> None:
        """Add a problem that only the view can know, such as a place that nobody can find."""
        self.errors = [*self.errors, problem]

    def describe(self) -> Params:
        """Return what all components take: name, hint and error."""
        params: Params = {"name": self.name}
        if self.description:
            params["hint"] = {"text": str(self.description)}
        if self.errors:
            text = str(self.errors[0])
            params["errorMessage"] = {"text": text, "visuallyHiddenText": _("Error")}
        return params


class Box(AnyField):
    """A text box of one line, whatever is made of what is typed into it."""

    default_look: ClassVar[Look] = Look()

    def __init__(self, question: str, *, look: Look | None = None, **given: Unpack[Given]) -> None:
        super().__init__(question, **given)
        self.look = look or self.default_look

    @property
    def typed(self) -> str:
        """What the box shows."""
        return str(self.data or "")

    def __call__(self, *, size: str = "", page_heading: bool = False) -> Markup:  # type: ignore[override]
        """Return the markup."""
        look = self.look
        params: Params = {
            "id": self.id,
            "value": self.typed,
            "type": look.type,
            "classes": f"govuk-input--width-{look.width}" if look.width else "",
            "autocomplete": look.autocomplete,
            "spellcheck": look.spellcheck,
            "inputmode": look.inputmode,
            "attributes": dict(look.attributes),
        }
        named = label(self.label.text, size, page_heading=page_heading)
        return render("input", "govukInput", self.describe() | params | named)
