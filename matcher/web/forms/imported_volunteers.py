"""A row of a list of volunteers: its columns, the checks of its cells, and what is kept of it."""

from typing import ClassVar

from matcher.actions.lists.intaking import Values
from matcher.lifecycle.choices import Kind
from matcher.matching.offers import TravelLimit
from matcher.records.travel import as_row
from matcher.sheets.columns import Column
from matcher.web.forms.areas import AreaNames
from matcher.web.forms.base import Form
from matcher.web.forms.cells import EmailCell, PlaceCell, Words, YesNo
from matcher.web.forms.distances import Distance
from matcher.web.forms.durations import Duration
from matcher.web.forms.fields import Line, LongText, OrganisationName, PersonName
from matcher.web.forms.numbers import WholeNumber
from matcher.web.forms.travelling import LONGEST_MINUTES, SHORTEST_MINUTES
from matcher.web.forms.volunteer import BLANK_LINE, MOST_ASKS, SkillTags
from matcher.web.words import lazy_gettext as _

USUAL_ASKS = 3
OF_THEMSELVES = (
    "bio",
    "biography",
    "about",
    "profile",
    "summary",
    "description",
    "what they offer",
)

COLUMNS = (
    Column(
        "name",
        "Name",
        ("full name", "volunteer", "volunteer name", "contact", "contact name", "person"),
        needed=True,
        instead=("first_name", "last_name"),
        example="Victor Osei",
    ),
    Column("first_name", "First name", ("forename", "given name", "christian name")),
    Column("last_name", "Last name", ("surname", "family name", "second name")),
    Column(
        "email",
        "Email",
        ("e mail", "email address", "e mail address", "work email", "work email address", "mail"),
        needed=True,
        example="victor.osei@walsall.gov.uk",
    ),
    Column(
        "organisation",
        "Organisation",
        ("organization", "council", "authority", "local authority", "employer", "body", "company"),
        needed=True,
        example="Walsall Metropolitan Borough Council",
    ),
    Column(
        "offer",
        "What others could learn from them",
        ("offer", "expertise", "areas of expertise", "can help with", *OF_THEMSELVES),
        needed=True,
        example="I run our council’s social media and have briefed members on it.",
    ),
    Column(
        "where",
        "Starts from",
        ("where", "postcode", "post code", "place", "town", "location", "base", "based in", "city"),
        needed=True,
        hint="A postcode, a town or a council. Of a postcode the first half is kept.",
        example="WS1 1TP",
    ),
    Column("job_title", "Job title", ("job", "role", "position", "post")),
    Column("skills", "Skills", ("skill", "tags", "keywords", "topics"), example="social media"),
    Column("experience", "Experience", ("experiences", "past work", "work done")),
    Column(
        "kinds",
        "Kinds of help",
        ("kind of help", "kinds", "type of help", "format"),
        hint="With semicolons between: brief leaders; workshop; day with team; one to one; review; "
        "something else. Empty is any.",
        example="brief leaders; workshop",
    ),
    Column(
        "train",
        "Longest time by train",
        ("train", "train minutes", "by train", "travel time", "max travel time", "minutes"),
        hint="One way, such as 90 minutes.",
        example="90 minutes",
    ),
    Column("car", "Longest time by car", ("car", "car minutes", "by car", "drive", "driving time")),
    Column("miles", "Miles", ("distance", "max distance", "radius", "miles willing to travel")),
    Column(
        "areas", "Only in these areas", ("areas", "area", "regions", "region", "willing to go to")
    ),
    Column("anywhere", "Any distance", ("anywhere", "nationwide"), hint="Yes or no."),
    Column("same_day", "Home the same day", ("same day", "day trips only"), hint="Yes or no."),
    Column(
        "video",
        "By video call",
        ("video", "remote", "video call", "online", "virtual"),
        hint="Yes, no or only.",
        example="yes",
    ),
    Column(
        "asks",
        "How often in three months",
        ("asks", "asks per quarter", "how often", "most asks"),
        hint="3 where it is empty.",
        example="3",
    ),
)


class KindWords(Words):
    """Kinds of help."""

    known: ClassVar[dict[str, str]] = {
        "brief leaders": Kind.BRIEF_LEADERS,
        "briefing": Kind.BRIEF_LEADERS,
        "brief": Kind.BRIEF_LEADERS,
        "workshop": Kind.WORKSHOP,
        "workshops": Kind.WORKSHOP,
        "day with team": Kind.DAY_WITH_TEAM,
        "day with a team": Kind.DAY_WITH_TEAM,
        "one to one": Kind.ONE_TO_ONE,
        "1 to 1": Kind.ONE_TO_ONE,
        "mentoring": Kind.ONE_TO_ONE,
        "review": Kind.REVIEW,
        "peer review": Kind.REVIEW,
        "something else": Kind.SOMETHING_ELSE,
        "other": Kind.SOMETHING_ELSE,
    }


class VideoWord(Words):
    """Whether by video call, too, or only so."""

    known: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("yes", "y", "true", "1", "x", "also"), "yes"),
        **dict.fromkeys(("no", "n", "false", "0"), "no"),
        **dict.fromkeys(("only", "video only", "remote only"), "only"),
    }


class VolunteerRow(Form):
    """One row. ``usual_minutes`` by train count where it does not say how far."""

    usual_minutes: int | None = None
    may_suggest = True

    name = PersonName("Name", enter=_("Name is empty. Write the person’s full name"))
    email = EmailCell("Email", enter=_("Email is empty. Without an address nobody can be asked"))
    organisation = OrganisationName(
        "Organisation", enter=_("Organisation is empty. Write the name of their council or body")
    )
    offer = LongText(
        "What others could learn from them",
        enter=_("What others could learn from them is empty. A sentence is enough"),
    )
    where = PlaceCell(
        "Starts from", enter=_("Starts from is empty. Write a postcode, a town or a council")
    )
    job_title = Line("Job title", limit=200)
    skills = SkillTags("Skills", limit=2000)
    experience = LongText("Experience")
    kinds = KindWords("Kinds of help")
    train = Duration("Longest time by train", least=SHORTEST_MINUTES, most=LONGEST_MINUTES)
    car = Duration("Longest time by car", least=SHORTEST_MINUTES, most=LONGEST_MINUTES)
    miles = Distance("Miles")
    areas = AreaNames("Only in these areas")
    anywhere = YesNo("Any distance")
    same_day = YesNo("Home the same day")
    video = VideoWord("By video call")
    asks = WholeNumber("How often in three months", least=1, most=MOST_ASKS)

    def problems_of_row(self) -> tuple[str, ...]:
        """Check the row and return what is wrong with it, each with what would mend it."""
        self.validate()
        found = tuple(each["text"] for each in self.problems())
        return found if self._says_how_far() else (*found, str(HOW_FAR))

    def _says_how_far(self) -> bool:
        stated = (self.train, self.car, self.miles, self.areas)
        said = any(not field.empty or field.errors for field in stated)
        return bool(said or self.anywhere.data or self._video == "only" or self.usual_minutes)

    @property
    def _video(self) -> str:
        return self.video.data[0] if self.video.data else "no"

    @property
    def limit(self) -> TravelLimit:
        """How far they go, once the row is valid."""
        if self._video == "only":
            return TravelLimit(miles=0, remote=True)
        stated = TravelLimit(
            miles=self.miles.data,
            train_minutes=self.train.data,
            car_minutes=self.car.data,
            areas=self.areas.councils if self.areas.data else (),
            remote=self._video == "yes",
        )
        unsaid = stated == TravelLimit(remote=stated.remote) and not self.anywhere.data
        if unsaid:
            return TravelLimit(train_minutes=self.usual_minutes, remote=stated.remote)
        return stated

    def values(self) -> Values:
        """Return what is kept of a valid row: values of the volunteer's columns."""
        place = self.where.whereabouts
        experience = (part.strip() for part in BLANK_LINE.split(self.experience.data))
        return {
            "name": self.name.data,
            "email": self.email.data,
            "organisation": self.organisation.data,
            "offer": self.offer.data,
            "job_title": self.job_title.data,
            "skills": list(self.skills.tags),
            "experience": [part for part in experience if part],
            "kinds": sorted(set(self.kinds.data or ())),
            "place_id": place.place_id,
            "place_label": place.place_label,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "outcode": place.outcode,
            "nation": place.nation,
            "council_gss": place.council_gss,
            "travel_limit": as_row(self.limit),
            "same_day": bool(self.same_day.data),
            "asks_per_quarter": self.asks.data or USUAL_ASKS,
        }


HOW_FAR = _(
    "How far they go is not said. Write a time by train or by car, miles or areas, or yes under "
    "Any distance"
)
