"""Parts of the country by the names people use: nations, regions, counties, councils."""

import re
from collections.abc import Iterable
from functools import cache

from wtforms.form import BaseForm

from matcher.places.areas import Area, Areas
from matcher.web.forms.basis import Look
from matcher.web.forms.fields import Line
from matcher.web.forms.places import gazetteer
from matcher.web.words import gettext as _

#: Regions that people call by their name and England's.
OF_ENGLAND = frozenset({"North East", "North West", "South East", "South West"})
BETWEEN = re.compile(r"[,;\n]| or |/")


@cache
def areas() -> Areas:
    """Return the areas of this process."""
    return Areas.load()


def area_names(councils: Iterable[str]) -> tuple[str, ...]:
    """Return the fewest names that say these councils, for pages."""
    return areas().describe(councils)


@cache
def authorities_in(councils: tuple[str, ...]) -> frozenset[str]:
    """Return the combined authorities whose seat is in one of these councils (GSS codes).

    They are in no area, but somebody may ask for help at their offices.
    """
    seats = {
        each.gss: gazetteer().get(f"outcode:{each.outcode}").council_gss
        for each in gazetteer().councils()
        if each.strategic
    }
    return frozenset(gss for gss, council in seats.items() if council in councils)


@cache
def area_words(councils: tuple[str, ...]) -> str:
    """Return the names of areas in one line, the widest first."""
    names = area_names(councils)
    return ", ".join(
        _("%(region)s England", region=name) if name in OF_ENGLAND else name for name in names
    )


class AreaNames(Line):
    """Names of areas with commas between them. ``councils`` are all their GSS codes.

    A town or postcode stands for its council. A county is meant with everything in it; who means
    the county council alone writes so.
    """

    default_look = Look(spellcheck=False)
    usual_limit = 500

    @property
    def councils(self) -> tuple[str, ...]:
        """The councils of all areas, once the form is valid, in order."""
        found = (_meant(name) for name in self.names)
        return tuple(sorted({gss for some in found for area in some[:1] for gss in area.councils}))

    @property
    def names(self) -> tuple[str, ...]:
        """Each name that was typed; "Devon and Cornwall" are two, "Tyne and Wear" is one."""
        typed = (part.strip() for part in BETWEEN.split(self.data))
        return tuple(name for part in typed if part for name in _divided(part))

    def process_data(self, value: object) -> None:
        """Take councils from a row, or what was typed from a draft."""
        typed = value if isinstance(value, str | None) else ", ".join(area_names(_codes(value)))
        super().process_data(typed)

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where a name is not known, or means two areas."""
        if too_long := super().find_problem(form):
            return too_long
        for name in self.names:
            found = _meant(name)
            if not found:
                return _(
                    "We do not know the area “%(name)s”. Enter councils, counties, regions or "
                    "nations, with commas between them",
                    name=name,
                )
            if len(found) > 1:
                either = _(" or ").join(f"“{area.label}”" for area in found)
                return _("“%(name)s” may be two areas. Write %(either)s", name=name, either=either)
        return ""


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, list | tuple) else ()


def _divided(part: str) -> tuple[str, ...]:
    halves = part.split(" and ")
    whole = _meant(part) or len(halves) == 1 or not all(_meant(half) for half in halves)
    return (part,) if whole else tuple(half.strip() for half in halves)


def _meant(name: str) -> tuple[Area, ...]:
    found = areas().find(name)
    if {area.kind for area in found} == {"county", "council"}:
        return tuple(area for area in found if area.kind == "county")
    return found or _around(name)


def _around(name: str) -> tuple[Area, ...]:
    """Return the council in which a town or postcode lies; all where there are several."""
    inside = {place.council_gss for place in gazetteer().find(name)}
    return tuple(areas().get(f"gss:{gss}") for gss in sorted(inside))
