"""A place by the name people use: known ones are found, ambiguous ones asked about.

Without script: where the name may mean several places, the page comes back with one radio button
for each, told apart by its district; where nobody knows it, with the names that come close.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Unpack

from markupsafe import Markup
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from matcher.actions.handed_in import Whereabouts
from matcher.places.gazetteer import Gazetteer
from matcher.places.place import Place
from matcher.web.forms.basis import BoxGiven, Look
from matcher.web.forms.cleaning import clean_line
from matcher.web.forms.fields import Line
from matcher.web.forms.markup import Params, legend, render
from matcher.web.words import gettext as _


@cache
def gazetteer() -> Gazetteer:
    """Return the one gazetteer of this process."""
    return Gazetteer.load()


def whereabouts(place: Place) -> Whereabouts:
    """Return a place as it is kept."""
    return Whereabouts(
        place_id=place.id,
        place_label=place.label,
        latitude=place.latitude,
        longitude=place.longitude,
        outcode=place.outcode,
        nation=place.nation,
        council_gss=place.council_gss,
    )


class PlaceName(Line):
    """A postcode, town or council. ``place`` is what was found; None where it is not settled.

    ``keep_sector`` is for public buildings; of a postcode that may be a home only the first half
    is kept. The radio buttons are sent as ``<name>-which``.
    """

    default_look = Look(width=20, spellcheck=False)
    usual_limit = 100

    def __init__(
        self, question: str, *, keep_sector: bool = False, **given: Unpack[BoxGiven]
    ) -> None:
        super().__init__(question, **given)
        self.keep_sector = keep_sector
        self.which = ""
        self.place: Place | None = None
        self.choices: tuple[Place, ...] = ()

    @property
    def whereabouts(self) -> Whereabouts:
        """The place as it is kept, once the form is valid. Raises ValueError before."""
        if self.place is None:
            raise ValueError("a place that is not settled")
        return whereabouts(self.place)

    @property
    def kept(self) -> dict[str, str]:
        """What was typed, and the place that was chosen."""
        return {"words": self.data, "which": self.place.id if self.place else self.which}

    @property
    def anchor(self) -> str:
        """The first place to choose from, or the box."""
        return f"{self.id}-which" if self.choices else self.id

    def process(
        self,
        formdata: Any,  # noqa: ANN401  as WTForms has it
        data: object = unset_value,
        extra_filters: Any = None,  # noqa: ANN401
    ) -> None:
        """Read the box and the radio buttons."""
        super().process(formdata, data, extra_filters)
        if formdata is not None and self.name in formdata:
            self.which = clean_line(formdata.get(f"{self.name}-which", "")).words
        self._settle()

    def process_data(self, value: object) -> None:
        """Take a label from a row, or what was typed from a draft."""
        known = value if isinstance(value, Mapping) else {"words": value or ""}
        super().process_data(known.get("words", ""))
        self.which = str(known.get("which", ""))

    def _settle(self) -> None:
        """Find the place; where there are several, the one whose button was pressed."""
        if not self.data or len(self.data) > self.limit:
            return
        found = gazetteer().find(self.data, keep_sector=self.keep_sector)
        offered = found or gazetteer().suggest(self.data)
        chosen = [place for place in offered if place.id == self.which]
        self.place = next(iter(chosen or (found if len(found) == 1 else ())), None)
        self.choices = () if self.place else offered

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where the place is not settled."""
        too_long = super().find_problem(form)
        if too_long or self.place:
            return too_long
        if not self.choices:
            return _(
                "We do not know this place. Enter a postcode, or the name of a town or council"
            )
        if gazetteer().find(self.data, keep_sector=self.keep_sector):
            return _("More than one place has this name. Select which one you mean")
        return _("We do not know this place. Select one with a similar name, or enter another")

    def __call__(self, *, size: str = "", page_heading: bool = False) -> Markup:  # type: ignore[override]
        """Return the markup: the box, and the places to choose from where there are any."""
        box = super().__call__(size=size, page_heading=page_heading)
        return box + self._radios() if self.choices else box

    def _radios(self) -> Markup:
        items = [
            {"value": place.id, "text": place.label, "hint": {"text": _kind_words(place)}}
            for place in self.choices
        ]
        params: Params = {
            "name": f"{self.name}-which",
            "idPrefix": f"{self.id}-which",
            "items": items,
        }
        question = _("Which place do you mean?")
        return render("radios", "govukRadios", params | legend(question, "s", page_heading=False))


def _kind_words(place: Place) -> str:
    return _("the council's whole area") if place.kind == "council" else ""
