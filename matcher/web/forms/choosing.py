"""Fields for choosing: one of several, any of several, yes or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from markupsafe import Markup
from wtforms.form import BaseForm

from matcher.web.forms.basis import AnyField, Given
from matcher.web.forms.markup import Params, legend, render
from matcher.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the value that is sent, the words for it, and a hint under them.

    An ``alone`` checkbox goes with no other; those stand last.
    """

    value: str
    label: str
    hint: str = ""
    alone: bool = False


class Choice(AnyField):
    """Radio buttons. ``data`` is the value of the chosen option, or empty.

    A view may set ``options`` where they are not known before.
    """

    data: str

    def __init__(
        self, question: str, *, options: Sequence[Option] = (), **given: Unpack[Given]
    ) -> None:
        super().__init__(question, **given)
        self.options = tuple(options)

    def process_data(self, value: object) -> None:
        """Take a value from a row or a draft."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the first value that was sent."""
        self.data = valuelist[0] if valuelist else ""

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where the value is none of the options."""
        if self.data in {option.value for option in self.options}:
            return ""
        self.data = ""
        return str(self.enter) or _("Select one of the answers")

    def __call__(  # type: ignore[override]
        self,
        *,
        size: str = "",
        page_heading: bool = False,
        inline: bool = False,
        conditional: Mapping[str, str] | None = None,
    ) -> Markup:
        """Return the markup; ``conditional`` is markup by value, shown where that is chosen."""
        params: Params = {
            "idPrefix": self.id,
            "items": _items(self.options, {self.data}, conditional or {}),
            "classes": "govuk-radios--inline" if inline else "",
        }
        named = legend(self.label.text, size, page_heading=page_heading)
        return render("radios", "govukRadios", self.describe() | params | named)


class Choices(AnyField):
    """Checkboxes. ``data`` is the list of chosen values, in the order of the options."""

    data: list[str]

    def __init__(
        self, question: str, *, options: Sequence[Option] = (), **given: Unpack[Given]
    ) -> None:
        super().__init__(question, **given)
        self.options = tuple(options)

    def process_data(self, value: Sequence[str] | None) -> None:
        """Take values from a row or a draft."""
        self.data = [str(each) for each in value or ()]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take all values that were sent."""
        self.data = list(valuelist)

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where a value is none of the options."""
        known = [option.value for option in self.options]
        stranger = bool(set(self.data) - set(known))
        self.data = [value for value in known if value in self.data]
        if stranger:
            return str(self.enter) or _("Select from the answers")
        alone = [option for option in self.options if option.alone and option.value in self.data]
        if alone and len(self.data) > 1:
            return _("Select “%(alone)s”, or others, not both", alone=alone[0].label)
        return ""

    def __call__(  # type: ignore[override]
        self,
        *,
        size: str = "",
        page_heading: bool = False,
        conditional: Mapping[str, str] | None = None,
    ) -> Markup:
        """Return the markup; ``conditional`` is markup by value, shown where that is chosen."""
        params: Params = {
            "idPrefix": self.id,
            "items": _items(self.options, set(self.data), conditional or {}),
        }
        named = legend(self.label.text, size, page_heading=page_heading)
        return render("checkboxes", "govukCheckboxes", self.describe() | params | named)


class Tick(AnyField):
    """One checkbox, its question beside it. ``data`` is whether it is ticked."""

    data: bool

    def process_data(self, value: object) -> None:
        """Take yes or no from a row or a draft."""
        self.data = bool(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Browsers send nothing for a box that is not ticked."""
        self.data = bool(valuelist and valuelist[0])

    def __call__(self) -> Markup:  # type: ignore[override]
        """Return the markup."""
        item: Params = {"value": "yes", "text": str(self.label.text), "checked": self.data}
        params = self.describe() | {"idPrefix": self.id}
        if "hint" in params:
            item["hint"] = params.pop("hint")
        return render("checkboxes", "govukCheckboxes", params | {"items": [item]})


def _items(
    options: Sequence[Option], chosen: set[str], conditional: Mapping[str, str]
) -> list[Params]:
    items: list[Params] = []
    for option in options:
        if option.alone and not any("divider" in item for item in items):
            items.append({"divider": _("or")})
        items.append(_item(option, chosen, conditional))
    return items


def _item(option: Option, chosen: set[str], conditional: Mapping[str, str]) -> Params:
    return {
        "value": option.value,
        "text": str(option.label),
        "hint": {"text": str(option.hint)},
        "checked": option.value in chosen,
        "conditional": {"html": conditional.get(option.value, "")},
        "behaviour": "exclusive" if option.alone else "",
    }
