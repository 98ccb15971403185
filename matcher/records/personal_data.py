"""The one register of personal data: which table holds what, about whom, and what erasure leaves.

Export, erasure, retention and the record of processing all read it. A house test finds columns of
words, numbers or days that stand neither in ``columns`` nor in ``plain``: a new column needs a
line here, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, String, Table, cast, literal

from matcher.lifecycle.tables import Actor
from matcher.records.database import Base

#: What stands where words were.
ERASED = "(erased)"
#: The value of a column that stays: it says what happened, and not to whom.
STAYS = object()
#: The value of a column that must differ from row to row: it ends with the row's number.
NUMBERED = object()

REQUESTER, VOLUNTEER = frozenset({Actor.REQUESTER}), frozenset({Actor.VOLUNTEER})
COORDINATOR = frozenset({Actor.COORDINATOR})
BOTH = REQUESTER | VOLUNTEER
EVERYBODY = BOTH | COORDINATOR


@dataclass(frozen=True, slots=True)
class Personal:
    """One column: its words for people, about whom it is, and what erasure leaves there.

    ``told`` are those whose own copy shows it, where that is not everybody it is about; ``part``
    names the part of a JSON value that the copy shows.
    """

    words: str
    of: frozenset[Actor]
    erased: object = ""
    told: frozenset[Actor] | None = None
    part: str = ""

    def shown_to(self, side: Actor) -> bool:
        """Return whether this side's own copy shows the column."""
        return side in (self.of if self.told is None else self.told)


@dataclass(frozen=True, slots=True)
class Holding:
    """One table: its title, why it is kept and for how long, and what its columns hold.

    ``told`` are those whose own copy shows its rows. ``plain`` are columns that say nothing of
    anybody. ``deleted``: erasure deletes the rows; else they stay, blanked.
    """

    title: str
    purpose: str
    kept: str
    told: frozenset[Actor]
    columns: Mapping[str, Personal]
    plain: frozenset[str] = field(default_factory=frozenset)
    deleted: bool = False


def _texts(of: frozenset[Actor], **words: str) -> dict[str, Personal]:
    return {name: Personal(each, of) for name, each in words.items()}


def _staying(of: frozenset[Actor], **words: str) -> dict[str, Personal]:
    return {name: Personal(each, of, STAYS) for name, each in words.items()}


def _place(of: frozenset[Actor]) -> dict[str, Personal]:
    words = {"place_id": "Place, as we look it up", "place_label": "Place", "outcode": "Area"}
    points = {"latitude": "Latitude", "longitude": "Longitude"}
    return _texts(of, **words) | {name: Personal(each, of, 0.0) for name, each in points.items()}


ENDED = "until it has ended, and then the months that the settings say"

REGISTER: Mapping[str, Holding] = {
    "help_request": Holding(
        title="Help requests",
        purpose="To find somebody who can help, and to bring the two together",
        kept=ENDED,
        told=REQUESTER,
        columns={
            "requester_name": Personal("Name", REQUESTER, ERASED),
            "requester_email": Personal("Email address", REQUESTER),
            "need": Personal("What was asked for", REQUESTER, ERASED),
            **_texts(
                REQUESTER,
                title="Title",
                audience="In the room",
                how_long="How long",
                access="Getting in",
                contact_on_day="Contact on the day",
                dates_note="About the dates",
                venue="Venue",
                agenda="Agenda",
                expenses="Expenses",
                council_gss="Council of the place",
                display_name="Name shown to those who are asked",
                held_because="Why it waits",
            ),
            "handles": Personal("Addresses on the web", REQUESTER, []),
            **_place(REQUESTER),
            "unwanted": Personal("Organisations not wanted", REQUESTER, []),
            "supplied_by": Personal("Typed up by", REQUESTER),
            "reach": Personal("What would bring in more people", REQUESTER, {}),
            **_staying(
                REQUESTER,
                held_until="On hold until",
                wanted_dates="Wanted dates",
                end_reason="Why it ended",
                privacy_notice="Version of the privacy notice",
            ),
        },
        plain=frozenset({"form_key", "nation"}),
    ),
    "volunteer": Holding(
        title="Offers to help",
        purpose="To ask those who can help, within the limits they set",
        kept="until the person leaves, and then the months that the settings say",
        told=VOLUNTEER,
        columns={
            "name": Personal("Name", VOLUNTEER, ERASED),
            "offer": Personal("What others could learn", VOLUNTEER, ERASED),
            **_texts(
                VOLUNTEER,
                email="Email address",
                council_gss="Council of the place",
                display_name="Name shown to others",
                job_title="Job title",
            ),
            "handles": Personal("Addresses on the web", VOLUNTEER, []),
            "skills": Personal("Skills", VOLUNTEER, []),
            "experience": Personal("Experience", VOLUNTEER, []),
            "kinds": Personal("Kinds of help", VOLUNTEER, []),
            "not_for_me": Personal("Topics not wanted", VOLUNTEER, []),
            "travel_limit": Personal("How far", VOLUNTEER, {}),
            "starts_at": Personal("Starts from home or work", VOLUNTEER, ""),
            "same_day": Personal("Home the same day", VOLUNTEER, False),
            "paused_until": Personal("Paused until", VOLUNTEER, None),
            "supplied_by": Personal("Details supplied by", VOLUNTEER),
            **_place(VOLUNTEER),
            **_staying(VOLUNTEER, privacy_notice="Version of the privacy notice"),
        },
        plain=frozenset({"form_key", "session_key", "nation"}),
    ),
    "volunteer_away": Holding(
        title="Days away",
        purpose="To ask nobody for a day on which they are away",
        kept="as long as the offer",
        told=VOLUNTEER,
        columns={
            "first_on": Personal("First day", VOLUNTEER),
            "last_on": Personal("Last day", VOLUNTEER),
        },
        deleted=True,
    ),
    "pairing": Holding(
        title="Invitations and answers",
        purpose="To ask, to keep the answers, and to be able to say why somebody was asked",
        kept="as long as the request or the offer, whichever is erased first",
        told=VOLUNTEER,
        columns={
            "accepted_as": Personal("Name given with the yes", VOLUNTEER),
            "interest": Personal("Interest declared", VOLUNTEER),
            "answer_note": Personal("Note with the answer", BOTH, told=VOLUNTEER),
            "snapshot": Personal("Why asked", BOTH, {}, told=VOLUNTEER, part="candidate"),
            **_staying(
                VOLUNTEER,
                score="How well it fits, from 0 to 1",
                chosen_on="Day chosen",
                answer_reason="Reason given",
            ),
        },
    ),
    "past_proposal": Holding(
        title="Earlier proposals",
        purpose="To be able to say later what was proposed on a day, and why",
        kept="as long as the request or the offer, whichever is erased first",
        told=VOLUNTEER,
        columns={
            "snapshot": Personal("Why proposed", BOTH, {}, told=VOLUNTEER, part="candidate"),
            **_staying(VOLUNTEER, score="How well it fits, from 0 to 1"),
        },
    ),
    "visit": Holding(
        title="Visits",
        purpose="To put the visit into both calendars, and to know that it took place",
        kept="the day and what came of it: without end, with nobody's name",
        told=BOTH,
        columns={
            "words": Personal("Words of thanks", BOTH),
            **_staying(BOTH, visit_on="Day", was_on="Day before", offered="Days offered"),
        },
        plain=frozenset({"calendar_uid"}),
    ),
    "happening": Holding(
        title="What happened",
        purpose="To show who decided what, when and why",
        kept="the event and its time: without end; its words: as long as the request or the offer",
        told=BOTH,
        columns={
            "reason": Personal("What was written beside it", BOTH),
            "facts": Personal("Facts", BOTH, {}),
            **_staying(
                BOTH,
                subject="About",
                event="Event",
                from_state="Before",
                to_state="After",
                actor="By",
            ),
        },
    ),
    "offer_change": Holding(
        title="How the offer changed",
        purpose="To have every process rank alike, and to make a decision again from its facts",
        kept="as long as the offer",
        told=VOLUNTEER,
        columns={"payload": Personal("The offer as it was read", VOLUNTEER, None)},
    ),
    "outgoing_email": Holding(
        title="Emails",
        purpose="To send each email once, and to know what became of it",
        kept="that it was sent: without end; to whom and what it said: the months in the settings",
        told=EVERYBODY,
        columns={
            "to_name": Personal("To", EVERYBODY),
            "to_address": Personal("Address", EVERYBODY),
            "context": Personal("What it told you", EVERYBODY, {}),
            "last_error": Personal("What the mail server said", EVERYBODY),
            **_staying(EVERYBODY, name="Email", skipped_because="Why it was not sent"),
        },
        plain=frozenset({"message_id", "thread", "links"}),
    ),
    "received_email": Holding(
        title="Emails that came to us",
        purpose="To know that an address is wrong or its owner away, and to answer who wrote",
        kept="that it came: without end; from whom and what it said: the months in the settings",
        told=EVERYBODY,
        columns=_texts(EVERYBODY, from_address="From", subject="Subject", text="What it said"),
        plain=frozenset({"digest"}),
    ),
    "volunteer_note": Holding(
        title="Notes of coordinators",
        purpose="To remember what helps to ask a volunteer well",
        kept="as long as the offer",
        told=VOLUNTEER,
        columns=_texts(VOLUNTEER, words="The note"),
        deleted=True,
    ),
    "task": Holding(
        title="Things for a coordinator to do",
        purpose="To forget nothing that only a person can do, such as a phone call",
        kept="as long as the request or the offer",
        told=frozenset(),
        columns=_texts(BOTH, words="What the coordinator has to know"),
        plain=frozenset({"key"}),
    ),
    "advice_note": Holding(
        title="Notes of advice",
        purpose="To publish what helped, with the consent of whoever wrote it",
        kept="until its author takes it down or is erased",
        told=BOTH,
        columns={
            "title": Personal("Title", BOTH, ERASED),
            "needed": Personal("What was needed", BOTH, ERASED),
            "helped": Personal("What helped", BOTH, ERASED),
            "slug": Personal("Address", BOTH, NUMBERED),
            "topics": Personal("Topics", BOTH, []),
            **_texts(BOTH, again="What to do again", shown_as="Name shown"),
        },
        plain=frozenset({"form_key"}),
    ),
    "advice_report": Holding(
        title="Reports about notes of advice",
        purpose="To look again at a note that somebody says is wrong",
        kept="as long as the note",
        told=frozenset(),
        columns=_texts(BOTH, why="What is said to be wrong"),
    ),
    "peer_question": Holding(
        title="Questions before a visit",
        purpose="To have a short question answered without a journey",
        kept=ENDED,
        told=REQUESTER,
        columns={"words": Personal("What was asked", REQUESTER, ERASED)},
    ),
    "peer_answer": Holding(
        title="Answers to questions",
        purpose="To pass an answer on, and to know what it was good for",
        kept="as long as the request or the offer, whichever is erased first",
        told=VOLUNTEER,
        columns={"words": Personal("What was answered", BOTH, told=VOLUNTEER)},
    ),
    "hello": Holding(
        title="Hellos",
        purpose="To let volunteers who do the same work write to each other without an address",
        kept="that there was one: as long as the offer, so that nobody who was blocked tries again",
        told=VOLUNTEER,
        columns={},
    ),
    "hello_words": Holding(
        title="What was written with a hello",
        purpose="To pass it on, and to look at what somebody reports",
        kept="the months that the settings say for emails",
        told=VOLUNTEER,
        columns={"words": Personal("What you wrote", VOLUNTEER)},
    ),
    "going": Holding(
        title="Events you go to",
        purpose="To let people meet where they are anyway",
        kept="as long as the request or the offer",
        told=BOTH,
        columns={},
        deleted=True,
    ),
    "coordinator": Holding(
        title="Coordinators",
        purpose="To let those who coordinate sign in, and to show who decided",
        kept="until the access has ended, and then the months that the settings say",
        told=COORDINATOR,
        columns={
            "name": Personal("Name", COORDINATOR, ERASED),
            "email": Personal("Email address", COORDINATOR, NUMBERED),
            **_staying(
                COORDINATOR,
                role="Role",
                councils="Councils whose requests are seen",
                digest_on="Last told by email what needs them",
            ),
        },
        plain=frozenset({"session_key"}),
    ),
    "link": Holding(
        title="Links sent by email",
        purpose="To prove a new address before it takes the place of the old one",
        kept="until it is proved, a day at most",
        told=frozenset(),
        columns={"new_address": Personal("New email address", BOTH, None)},
        plain=frozenset({"key_id", "purpose"}),
    ),
    "draft": Holding(
        title="Forms that were begun",
        purpose="To lose nothing of a form that is half filled in",
        kept="the hours that the settings say",
        told=EVERYBODY,
        columns={"values": Personal("What was typed", EVERYBODY)},
        plain=frozenset({"form"}),
        deleted=True,
    ),
    "api_token": Holding(
        title="Tokens for other programs",
        purpose="To let programs read what names nobody, and to know who let them",
        kept="until the access of whoever made it has ended, and then the months in the settings",
        told=COORDINATOR,
        columns={"name": Personal("What it is for", COORDINATOR)},
        plain=frozenset({"digest", "scopes"}),
    ),
    "saved_view": Holding(
        title="Saved views of the lists at the desk",
        purpose="To open a part of a list again",
        kept="until it is deleted, or the details of whoever saved it are erased",
        told=COORDINATOR,
        columns=_texts(COORDINATOR, name="Name of the view", words="Words looked for"),
        plain=frozenset({"listing", "queue", "state"}),
        deleted=True,
    ),
    "upload": Holding(
        title="Lists that coordinators sent",
        purpose="To show what is wrong with a list before anything of it is taken in",
        kept="until it is taken in or dropped, a day at most",
        told=frozenset(),
        columns={"file_name": Personal("Name of the file", COORDINATOR)},
        plain=frozenset({"key", "headings", "unread"}),
    ),
    "upload_line": Holding(
        title="Lines of such lists",
        purpose="To take in what is right, and to give back what is wrong to be mended",
        kept="until the list is taken in or dropped, a day at most",
        told=BOTH,
        columns={
            **_texts(BOTH, address="Email address"),
            "cells": Personal("What the list says of you", BOTH, []),
            "problems": Personal("What is wrong with it", BOTH, []),
            "values": Personal("What would be kept", BOTH, {}),
        },
        deleted=True,
    ),
    "organisation": Holding(
        title="Organisations",
        purpose="To know from where somebody comes; one that nobody knows yet is as it was typed",
        kept="without end; one that only an erased person named: as long as that person",
        told=frozenset(),
        columns={
            "name": Personal("Name, as it was typed", BOTH, NUMBERED),
            "short_name": Personal("Short name", BOTH),
        },
        plain=frozenset({"gss", "nation", "closures"}),
    ),
}

#: Tables whose columns say nothing of anybody. A tally's key holds a hashed address for a day.
PLAIN_TABLES: Mapping[str, frozenset[str]] = {
    "index_version": frozenset(),
    "meeting_event": frozenset(
        {
            "form_key",
            "feed_uid",
            "slug",
            "name",
            "description",
            "website",
            "first_on",
            "last_on",
            "place_id",
            "place_label",
            "latitude",
            "longitude",
            "outcode",
            "nation",
        }
    ),
    "organisation_domain": frozenset({"domain"}),
    "programme": frozenset({"name"}),
    "programme_settings": frozenset({"values"}),
    "tally": frozenset(),
    "thesaurus_version": frozenset({"values"}),
    "erasure": frozenset({"key_id", "digest"}),
    "worker_sign": frozenset(),
}


def table_named(name: str) -> Table:
    """Return the table of this name. Raises KeyError."""
    return Base.metadata.tables[name]


def blanks(name: str, side: Actor) -> dict[str, object]:
    """Return what erasure writes into a table's columns about this side."""
    columns = REGISTER[name].columns.items()
    about = ((column, personal.erased) for column, personal in columns if side in personal.of)
    return {
        column: _numbered(name) if erased is NUMBERED else erased
        for column, erased in about
        if erased is not STAYS
    }


def _numbered(name: str) -> ColumnElement[str]:
    return literal("erased-") + cast(table_named(name).c.id, String)
