"""What forms hand to actions: plain values, already cleaned and within their limits."""

from dataclasses import dataclass
from datetime import date

from matcher.lifecycle.choices import Kind, WhoPays
from matcher.records.travel import Travel


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place as ``places`` resolved it, fit to be kept: never a full postcode."""

    place_id: str
    place_label: str
    latitude: float
    longitude: float
    outcode: str
    nation: str
    council_gss: str = ""


@dataclass(frozen=True, slots=True)
class SentForm:
    """The help form as it was sent. ``form_key`` makes sending it twice the same as once.

    ``network`` is the sender's (/24 or /64); the limits on confirmations count by it.
    """

    form_key: str
    network: str
    need: str
    where: Whereabouts
    wanted_dates: tuple[date, ...]
    dates_note: str
    who_pays: WhoPays
    name: str
    email: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a requester may add on the request's own page; ``unwanted`` are organisation names."""

    title: str
    kind: Kind | None
    audience: str
    places: int
    how_long: str
    remote_too: bool
    access: str
    contact_on_day: str
    unwanted: tuple[str, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class JoinForm:
    """The form with which a volunteer joins."""

    form_key: str
    network: str
    offer: str
    where: Whereabouts
    travel: Travel
    name: str
    email: str
    organisation: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What a volunteer may change on their page; ``away`` holds first and last days.

    ``handles`` are addresses on the web.
    """

    offer: str
    display_name: str
    job_title: str
    skills: tuple[str, ...]
    experience: tuple[str, ...]
    kinds: tuple[Kind, ...]
    asks_per_quarter: int
    travel: Travel
    where: Whereabouts
    away: tuple[tuple[date, date], ...]
    hides_organisation: bool = False
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who an invitation is passed on to. ``network`` is the sender's, for the limits."""

    name: str
    email: str
    network: str
