"""A row of a list of help requests: its columns, the checks of its cells, what is kept of it."""

import re
from datetime import date, datetime
from typing import ClassVar

from wtforms.form import BaseForm

from matcher.actions.lists.intaking import Values
from matcher.lifecycle.choices import WhoPays
from matcher.lifecycle.working_days import LONDON
from matcher.sheets.columns import Column
from matcher.web.forms.base import Form
from matcher.web.forms.cells import EmailCell, PlaceCell, Words
from matcher.web.forms.fields import Line, LongText, OrganisationName, PersonName
from matcher.web.forms.requester import FURTHEST_DAYS
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

MOST_DATES = 3
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
BRITISH = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
BETWEEN_DATES = re.compile(r"[;,\n]")

COLUMNS = (
    Column(
        "name",
        "Name",
        ("full name", "requester", "who asks", "contact", "contact name", "person"),
        needed=True,
        instead=("first_name", "last_name"),
        example="Ruth Adeyemi",
    ),
    Column("first_name", "First name", ("forename", "given name")),
    Column("last_name", "Last name", ("surname", "family name")),
    Column(
        "email",
        "Email",
        ("e mail", "email address", "e mail address", "work email", "work email address", "mail"),
        needed=True,
        example="ruth.adeyemi@westberks.gov.uk",
    ),
    Column(
        "organisation",
        "Organisation",
        ("organization", "council", "authority", "local authority", "body"),
        needed=True,
        example="West Berkshire Council",
    ),
    Column(
        "need",
        "What they need help with",
        ("need", "request", "what is needed", "help needed", "description", "details", "what"),
        needed=True,
        example="Somebody to brief our chief executive on what another council does with social "
        "media.",
    ),
    Column(
        "place",
        "Where",
        ("place", "postcode", "post code", "location", "town", "venue", "where to"),
        needed=True,
        hint="A postcode, a town or a council.",
        example="RG14 5LD",
    ),
    Column(
        "dates",
        "Dates",
        ("date", "when", "wanted dates", "wanted date", "dates wanted"),
        hint="Up to three, such as 2027-01-20; 27/01/2027. Flexible where it is empty.",
    ),
    Column("dates_note", "About the dates", ("dates note", "time", "times", "about the time")),
    Column(
        "who_pays",
        "Who pays travel",
        ("who pays", "travel paid by", "expenses"),
        hint="They pay; volunteer’s organisation; to be agreed. To be agreed where it is empty.",
        example="they pay",
    ),
)


class PayerWords(Words):
    """Who pays the volunteer's travel."""

    known: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("they pay", "requester", "requester pays", "we pay", "my organisation", "yes"),
            WhoPays.REQUESTER,
        ),
        **dict.fromkeys(
            ("volunteer’s organisation", "volunteer's organisation", "volunteer organisation"),
            WhoPays.VOLUNTEER_ORGANISATION,
        ),
        **dict.fromkeys(("to be agreed", "tbc", "tba", "not known", "no"), WhoPays.TO_BE_AGREED),
    }


class DatesCell(Line):
    """Up to three days after today, as people write them or as a spreadsheet keeps them."""

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message that shows what is no such day."""
        today = datetime.now(LONDON).date()
        parts = self._parts()
        if len(parts) > MOST_DATES:
            return gettext("Write %(most)s dates or fewer", most=MOST_DATES)
        for part in parts:
            day = _day(part)
            if day is None:
                return gettext(
                    "“%(typed)s” is not a date. Write it as 2027-01-20 or 20/01/2027",
                    typed=part[:40],
                )
            if not 0 < (day - today).days <= FURTHEST_DAYS:
                return gettext("%(typed)s is not a day of the next two years", typed=part[:40])
        return ""

    def _parts(self) -> list[str]:
        return [part.strip() for part in BETWEEN_DATES.split(self.data) if part.strip()]

    @property
    def days(self) -> list[str]:
        """The days in ISO form, in order, once the row is valid."""
        found = (_day(part) for part in self._parts())
        return sorted({day.isoformat() for day in found if day is not None})


def _day(words: str) -> date | None:
    found = ISO.fullmatch(words) or BRITISH.fullmatch(words)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


class RequestRow(Form):
    """One row."""

    may_suggest = True

    name = PersonName("Name", enter=_("Name is empty. Write the full name of whoever asks"))
    email = EmailCell(
        "Email", enter=_("Email is empty. Without an address nobody can confirm the request")
    )
    organisation = OrganisationName(
        "Organisation", enter=_("Organisation is empty. Write the name of their council or body")
    )
    need = LongText(
        "What they need help with",
        enter=_("What they need help with is empty. Write what they said"),
    )
    place = PlaceCell(
        "Where",
        enter=_("Where is empty. Write a postcode, a town or a council"),
        keep_sector=True,
    )
    dates = DatesCell("Dates")
    dates_note = Line("About the dates", limit=500)
    who_pays = PayerWords("Who pays travel")

    def problems_of_row(self) -> tuple[str, ...]:
        """Check the row and return what is wrong with it, each with what would mend it."""
        self.validate()
        return tuple(each["text"] for each in self.problems())

    def values(self) -> Values:
        """Return what is kept of a valid row: values of the help request's columns."""
        place = self.place.whereabouts
        payers = self.who_pays.data or [WhoPays.TO_BE_AGREED.value]
        return {
            "requester_name": self.name.data,
            "requester_email": self.email.data,
            "organisation": self.organisation.data,
            "need": self.need.data,
            "wanted_dates": self.dates.days,
            "dates_note": self.dates_note.data,
            "who_pays": payers[0],
            "place_id": place.place_id,
            "place_label": place.place_label,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "outcode": place.outcode,
            "council_gss": place.council_gss,
            "nation": place.nation,
        }
