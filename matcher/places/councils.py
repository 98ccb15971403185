"""Today's councils and combined authorities, and those abolished since 2019, with their names."""

from dataclasses import dataclass
from enum import Enum

from matcher.places.tables import read_rows


class CouncilKind(Enum):
    """What sort of authority it is; the values are the abbreviations of the shipped table."""

    DISTRICT = "NMD"
    UNITARY = "UA"
    METROPOLITAN_DISTRICT = "MD"
    SCOTTISH = "SCO"
    LONDON_BOROUGH = "LBO"
    WELSH = "WPA"
    COUNTY = "CTY"
    COMBINED_AUTHORITY = "COMB"
    NORTHERN_IRISH = "NID"
    GREATER_LONDON = "SRA"
    CITY_OF_LONDON = "CC"
    FORMER = "former"


STRATEGIC = frozenset({CouncilKind.COMBINED_AUTHORITY, CouncilKind.GREATER_LONDON})


@dataclass(frozen=True, slots=True)
class Council:
    """A local authority. ``gss`` is its code from the Office for National Statistics.

    ``alternative_names`` are lower case: short, Welsh, Gaelic and former names. ``successors`` are
    the GSS codes of the councils that took over from a former one. ``county`` and ``region`` are
    empty for strategic and former authorities, and ``county`` outside England and Wales.
    """

    gss: str
    name: str
    official_name: str
    kind: CouncilKind
    nation: str
    county: str
    region: str
    latitude: float
    longitude: float
    outcode: str
    alternative_names: tuple[str, ...]
    successors: tuple[str, ...]

    @property
    def former(self) -> bool:
        """Whether it has been abolished."""
        return self.kind is CouncilKind.FORMER

    @property
    def strategic(self) -> bool:
        """Whether it is a combined authority or the Greater London Authority."""
        return self.kind in STRATEGIC


def read_councils() -> tuple[Council, ...]:
    """Return every council of the shipped table: today's first, then the former ones."""
    areas = {row["gss"]: row for row in read_rows("areas.csv")}
    return tuple(_council(row, areas.get(row["gss"])) for row in read_rows("local_authorities.csv"))


def _council(row: dict[str, str], area: dict[str, str] | None) -> Council:
    return Council(
        gss=row["gss"],
        name=row["name"],
        official_name=row["official"],
        kind=CouncilKind(row["type"]),
        nation=row["nation"],
        county=area["county"] if area else "",
        region=area["region"] if area else "",
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        outcode=row["outcode"],
        alternative_names=_parts(row["alt"]),
        successors=_parts(row["successors"]),
    )


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(part for part in joined.split("|") if part)
