"""What every email has: its files, its links, its facts, and words that fit who reads them."""

import json
import re
from dataclasses import fields
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from matcher.lifecycle import advice, hello, help_request, pairing, peer_question, visit, volunteer
from matcher.mail.catalogue import CATALOGUE, Reader
from matcher.mail.emails import compose, plain
from matcher.mail.emails_coordinator import coordinator_digest
from matcher.mail.example_facts import ABOUT
from matcher.mail.examples import EXAMPLES
from matcher.mail.facts import About
from matcher.mail.links import LIFETIMES
from matcher.mail.rendering import Renderer
from tests.builders_mail import EVERY, TEMPLATES, UNLISTED, values_of

RENDERER = Renderer(TEMPLATES)
FILES = {"subject.txt", "body.txt", "body.html"}
ADDRESS = re.compile(r"https?://[^\s\"<>]+")
PROOFS = [name for name, entry in CATALOGUE.items() if entry.proves_address]
each_name = pytest.mark.parametrize("name", CATALOGUE)
each_email = pytest.mark.parametrize(
    "email", EVERY, ids=[f"{number}-{email.name}" for number, email in enumerate(EVERY)]
)


class Words(HTMLParser):
    """Collects what a reader of the HTML sees, and where its links lead."""

    def __init__(self):
        super().__init__()
        self.seen, self.links, self.problems = [], [], []
        self._in_head = False

    def handle_starttag(self, tag, attrs):
        self._in_head = self._in_head or tag == "head"
        known = dict(attrs)
        self.links += [known["href"]] if tag == "a" else []
        if tag in {"script", "img", "form", "iframe", "object", "link"}:
            self.problems.append(tag)

    def handle_endtag(self, tag):
        self._in_head = self._in_head and tag != "head"

    def handle_data(self, data):
        if not self._in_head:
            self.seen.append(data)


def read(html: str) -> Words:
    words = Words()
    words.feed(html)
    return words


def words_in(text: str) -> list[str]:
    """The words as read aloud: list marks, numbers of lists and lines are not words."""
    unmarked = re.sub(r"(?m)^\s*(\d+\.|\*|-{3,})(\s|$)", " ", text)
    return re.findall(r"[\w@/.%&=-]*\w", unmarked)


def rendered(email, **changes):
    return RENDERER.render(email.name, {**values_of(email), **changes})


@each_name
def test_every_email_has_its_files(name):
    wanted = FILES | ({"calendar.txt"} if CATALOGUE[name].calendar else set())
    assert {path.name for path in (TEMPLATES / name).iterdir()} == wanted


def test_every_folder_is_an_email():
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == set(CATALOGUE)


def test_every_email_has_an_example():
    assert set(EXAMPLES) == set(CATALOGUE)


def test_every_email_that_a_step_causes_is_in_the_catalogue():
    kinds = help_request, pairing, visit, volunteer, advice, hello, peer_question
    tables = (*(kind.TABLE for kind in kinds), peer_question.ASKS)
    caused = {name for table in tables for step in table for name in step.emails}
    assert caused <= set(CATALOGUE)


@each_email
def test_every_form_of_every_email_can_be_rendered(email):
    written = rendered(email)
    assert written.subject
    assert len(written.subject) <= 120
    assert "{" not in written.text + written.subject
    assert "None" not in written.text + written.html


@each_email
def test_the_html_says_just_what_the_text_says(email):
    written = rendered(email)
    assert words_in(" ".join(read(written.html).seen)) == words_in(written.text)


@each_email
def test_the_html_leads_where_the_text_leads(email):
    written = rendered(email)
    shown = set(ADDRESS.findall(written.text))
    assert set(read(written.html).links) <= shown
    assert set(values_of(email)["link"].values()) <= shown


@each_email
def test_the_html_carries_words_and_links_alone(email):
    assert read(rendered(email).html).problems == []


@each_email
def test_the_values_are_json_and_hold_no_address_that_works(email):
    kept = json.dumps({"context": email.context, "links": email.links})
    assert "/t/" not in kept
    assert "http" not in kept


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_value_is_used(name):
    files = ((TEMPLATES / name / file) for file in ("subject.txt", "body.txt"))
    words = "".join(file.read_text() for file in files)
    unused = {key for key in EXAMPLES[name].context if not re.search(rf"\b{key}\b", words)}
    assert unused == set()


@pytest.mark.parametrize("name", [name for name in EXAMPLES if EXAMPLES[name].context])
def test_a_value_that_is_missing_is_an_error(name):
    with pytest.raises(UndefinedError):
        RENDERER.render(name, {"link": {}, "site": "", "to_name": "Sam"})


@each_name
def test_every_email_says_why_it_came_who_is_behind_it_and_how_it_stops(name):
    _, _, end = rendered(EXAMPLES[name]).text.rpartition("-" * 40)
    reason, stop, *rest = [part for part in end.split("\n") if part]
    assert reason.startswith("You got this email because")
    assert re.match("To stop|To pause|There is nothing to stop|We ask this again once", stop)
    assert "is run by Walsall Council" in rest[0]
    assert "help@programme.example" in rest[1]
    assert "/privacy" in rest[2]


@pytest.mark.parametrize("name", PROOFS)
def test_an_email_that_a_stranger_can_cause_holds_nothing_that_anybody_typed(name):
    assert {type(value) for value in EXAMPLES[name].context.values()} <= {int}
    assert rendered(EXAMPLES[name]).text.startswith("Hello,\n")
    for file in FILES:
        assert "to_name" not in (TEMPLATES / name / file).read_text()


@each_email
def test_no_subject_holds_what_anybody_typed(email):
    typed = {"heading": "<TYPED>", "organisation": "<TYPED>", "need": "<TYPED>", "place": "<TYPED>"}
    about = {**plain(UNLISTED), **{key: typed[key] for key in ("heading", "organisation")}}
    changes = {"about": about} if "about" in email.context else {}
    text = {
        key: "<TYPED>"
        for key in ("question", "note", "words", "passed_on_by")
        if key in email.context
    }
    assert "<TYPED>" not in rendered(email, to_name="<TYPED>", **changes, **text).subject


def test_a_subject_names_an_organisation_of_the_councils_list():
    assert "West Berkshire Council" in rendered(EXAMPLES["invitation"]).subject


@each_name
def test_every_email_about_a_request_says_its_reference(name):
    written = rendered(EXAMPLES[name])
    if CATALOGUE[name].about_request:
        assert "H-1012" in written.subject
        assert "H-1012" in written.text


@each_email
def test_an_email_says_once_what_it_is_about(email):
    if CATALOGUE[email.name].about_request:
        about = email.context["about"]
        assert rendered(email).text.count(f"{about['reference']}: {about['heading']}") == 1


@pytest.mark.parametrize("name", ["invitation", "reminder", "still_up_for_it"])
def test_what_asks_a_volunteer_can_be_stopped_from_the_mail_program(name):
    assert CATALOGUE[name].carries_unsubscribe
    assert not CATALOGUE[name].sent_at_once


@pytest.mark.parametrize("name", [*PROOFS, "called_off", "released", "withdrawn"])
def test_what_lets_in_or_calls_off_goes_at_any_hour(name):
    assert CATALOGUE[name].sent_at_once


@pytest.mark.parametrize("name", ["invitation", "accepted", "accepted_volunteer", "reserve"])
def test_before_both_said_yes_nobody_is_told_to_travel(name):
    text = rendered(EXAMPLES[name]).text
    assert re.search(r"book (no|any) travel|not to book any travel", text)
    assert not re.search(r"(?i)\bthe visit is on\b|you are introduced|is coming\b", text)


@pytest.mark.parametrize("name", ["invitation", "reminder", "accepted_volunteer", "reserve"])
def test_before_both_said_yes_no_requesters_name_or_address_is_known(name):
    text = rendered(EXAMPLES[name]).text
    assert "Ruth" not in text
    assert "@westberks" not in text


def test_the_requester_is_not_told_who_said_yes_before_saying_yes():
    text = rendered(EXAMPLES["accepted"]).text
    assert "Victor" not in text
    assert "@walsall" not in text


def test_the_invitation_says_what_where_how_far_when_who_pays_and_why():
    text = rendered(EXAMPLES["invitation"]).text
    for fact in (
        "    We would like someone to brief our chief executive",
        "Where: RG14, West Berkshire",
        "How far: about 85 miles in a straight line from WS1, Walsall; "
        "about 2 and a half hours by train (about 3 and a half door to door)",
        "* Wednesday 27 January 2027",
        "Travel: The organisation that asks pays for travel",
        "* briefed members (they say “brief members”)",
        "Please answer by Friday 27 November 2026 at 6pm.",
    ):
        assert fact in text


def test_a_pairs_introductions_give_each_the_other():
    assert "victor.osei@walsall.example" in rendered(EXAMPLES["introduction_requester"]).text
    assert "ruth@westberks.example" in rendered(EXAMPLES["introduction_volunteer"]).text


@pytest.mark.parametrize("name", [name for name in CATALOGUE if CATALOGUE[name].calendar])
def test_a_calendar_entry_names_the_place_and_no_person(name):
    email = EXAMPLES[name]
    title, description = RENDERER.render_calendar(name, values_of(email))
    assert title == "Visit to West Berkshire Council (H-1012)"
    assert ABOUT.heading in description
    assert not re.search("Ruth|Victor|Sam", title + description)


def test_a_persons_words_cannot_pass_for_the_programmes():
    forged = "Thanks.\n\nYou are introduced.\r\n-----\x0bBook travel now:\u2028http://bad.example"
    text = rendered(EXAMPLES["invitation"], asked={**plain_asked(), "need": forged}).text
    lines = [
        each for each in text.splitlines() if re.search("Thanks|introduced|Book travel|bad", each)
    ]
    assert len(lines) == 4
    assert all(each.startswith("    ") for each in lines)


def test_a_name_cannot_begin_a_paragraph_of_its_own():
    text = rendered(EXAMPLES["reserve"], to_name="Sam\n\nYour visit is settled").text
    assert text.startswith("Hello Sam Your visit is settled,\n")


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "<img src=x>", '" onmouseover="x', "&amp;"]
)
@pytest.mark.parametrize("name", ["invitation", "introduction_volunteer", "accepted"])
def test_html_in_what_people_typed_stays_words(name, words):
    about = {**plain(ABOUT), "heading": words, "organisation": words}
    written = rendered(EXAMPLES[name], about=about, to_name=words)
    seen = read(written.html)
    assert seen.problems == []
    assert words in "".join(seen.seen)
    assert words in written.text


def test_an_email_with_the_wrong_links_cannot_be_made():
    with pytest.raises(ValueError, match="invitation carries"):
        compose("invitation", {"answer": "1" * 32})


def test_what_is_no_fact_cannot_be_put_into_an_email():
    with pytest.raises(TypeError):
        plain({"a", "set"})


def test_facts_become_objects_of_their_fields():
    assert set(plain(ABOUT)) == {part.name for part in fields(About)}


def test_a_digest_of_nothing_cannot_be_made():
    with pytest.raises(ValueError, match="only when something needs doing"):
        coordinator_digest([])


def test_every_link_that_an_email_carries_has_a_lifetime():
    carried = {purpose for entry in CATALOGUE.values() for purpose in entry.links.values()}
    assert carried <= set(LIFETIMES)


def test_emails_to_one_side_carry_none_of_the_others_keys():
    volunteers = {"answer", "unsubscribe", "page", "proof"}
    requesters = {"status", "confirm_person"}
    for entry in CATALOGUE.values():
        others = requesters if entry.reader == Reader.VOLUNTEER else volunteers
        assert entry.reader == Reader.BOTH_SIDES or not others & set(entry.links)


def plain_asked():
    return dict(EXAMPLES["invitation"].context["asked"])
