"""The pages of advice: what everybody may read, and what only its author and Cora may do."""

from uuid import uuid4
from xml.etree import ElementTree

import pytest

from matcher.actions.network.advising import Author, SentNote, publish_note, write_note
from matcher.actions.volunteer.volunteering import leave
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.advice import AdviceNote, AdviceReport

TITLE = "What to post on social media and what to leave"
NEED = (
    "We would like someone to brief our chief executive and council members on what to do with "
    "social media."
)
TYPED = {
    "title": TITLE,
    "needed": "Our chief executive and council members asked what social media is for.",
    "helped": "A rota for evenings. A page of questions we do not answer on social media.",
    "topics": "social media, councillors",
    "shown_as": "Asha <b>K.</b>",
}
OTHERS = (
    ("Cutting damp in council homes", "Damp and mould in flats.", "A hygrometer in each hall."),
    ("Planning committees that end on time", "Meetings until midnight.", "A timed agenda."),
)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def author(cast):
    return Author(Actor.VOLUNTEER, cast.volunteer())


@pytest.fixture
def notes(cast, author, monday):
    """Three public notes; the first is about social media."""
    social = (TITLE, TYPED["needed"], TYPED["helped"])
    for title, needed, helped in (social, *OTHERS):
        sent = SentNote(title, needed, helped, topics=("council",), shown_as=TYPED["shown_as"])
        note_id = write_note(author, sent, uuid4().hex, cast.acting(Actor.VOLUNTEER))
        publish_note(note_id, cast.acting(Actor.COORDINATOR))
    return [note.slug for note in cast.rows(AdviceNote)]


@pytest.fixture
def own(client, cast, sign_in, monday):
    """Victor's own notes, as his page leads to them."""
    sign_in(cast.volunteer())
    return client.post("/volunteer/advice").location


def test_a_note_is_written_by_its_author_and_published_by_a_coordinator(client, cast, own, cora):
    form = client.get(own + "/write").location
    assert client.post(form, data=TYPED).status_code == 303
    (note,) = cast.rows(AdviceNote)
    assert client.get(f"/advice/{note.slug}").status_code == 404
    cora.post(f"/coordinator/advice/{note.id}")
    assert TITLE in client.get(f"/advice/{note.slug}").text


def test_what_was_typed_into_a_note_with_a_fault_is_kept(client, own):
    form = client.get(own + "/write").location
    page = client.post(form, data=TYPED | {"title": ""})
    assert page.status_code == 422
    assert "Enter a title" in page.text
    assert TYPED["helped"] in page.text


def test_more_topics_than_five_are_refused(client, own):
    form = client.get(own + "/write").location
    page = client.post(form, data=TYPED | {"topics": "a, b, c, d, e, f"})
    assert "Enter 5 topics or fewer" in page.text


def test_no_page_shows_who_the_author_is(client, cast, notes):
    pages = [f"/advice/{slug}" for slug in notes] + ["/advice", "/advice.atom"]
    for path in pages:
        words = client.get(path).text
        assert "Victor" not in words
        assert "Walsall" not in words


def test_a_name_that_holds_markup_is_only_words(client, notes):
    assert "Asha &lt;b&gt;K.&lt;/b&gt;" in client.get(f"/advice/{notes[0]}").text


def test_the_search_finds_by_the_matcher(client, notes):
    page = client.get("/advice?words=facebook")
    assert TITLE in page.text
    assert OTHERS[0][0] not in page.text


def test_a_need_that_a_note_answers_is_shown_that_note_first(client, notes):
    answer = client.post("/ask/need", data={"need": NEED}, follow_redirects=True)
    assert "Has this been answered already?" in answer.text
    assert TITLE in answer.text
    assert OTHERS[0][0] not in answer.text


def test_a_need_that_no_note_answers_goes_straight_on(client, notes):
    answer = client.post(
        "/ask/need", data={"need": "Help with our crematorium."}, follow_redirects=True
    )
    assert "Where should they come to?" in answer.text


def test_who_found_the_answer_ends_there_and_is_counted_once(client, cast, notes):
    client.post("/ask/need", data={"need": NEED})
    for _ in range(2):
        client.post(f"/ask/answered/{notes[0]}")
    assert cast.rows(AdviceNote)[0].answered == 1
    assert NEED not in client.get("/ask/need").text


def test_the_feed_is_atom(client, notes):
    feed = ElementTree.fromstring(client.get("/advice.atom").data)  # noqa: S314
    titles = {entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")}
    assert titles == {TITLE, *(title for title, _needed, _helped in OTHERS)}


def test_a_report_reaches_the_coordinators(client, cast, notes, cora):
    client.post(f"/advice/{notes[0]}/report", data={"why": "It names my neighbour."})
    assert "It names my neighbour." in cora.get("/coordinator/advice").text
    note_id = cast.rows(AdviceNote)[0].id
    cora.post(f"/coordinator/advice/{note_id}/take-down", data={"why": "Names a person."})
    assert client.get(f"/advice/{notes[0]}").status_code == 404
    assert all(each.settled_at for each in cast.rows(AdviceReport))


def test_a_link_to_own_notes_opens_nobody_elses(client, cast, own, notes):
    note_id = cast.rows(AdviceNote)[0].id
    assert client.get(f"{own}/{note_id}/change").status_code == 404
    assert client.post(f"{own}/{note_id}/take-down").status_code == 404
    assert client.post(f"{own}/{note_id}/holds").status_code == 404


def test_the_requester_reads_the_note_about_the_visit_and_agrees(client, cast, address, cora):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    pairing_id = cast.confirmed(request_id, volunteer_id)
    victor = Author(Actor.VOLUNTEER, volunteer_id, None, pairing_id)
    sent = SentNote(TITLE, TYPED["needed"], TYPED["helped"])
    note_id = write_note(victor, sent, uuid4().hex, cast.acting(Actor.VOLUNTEER))
    ruth = address(Purpose.ADVICE, help_request_id=request_id)
    assert TYPED["helped"] in client.get(f"{ruth}/{note_id}/agree").text
    client.post(f"{ruth}/{note_id}/agree", data={"answer": "yes"})
    assert TITLE in cora.get("/coordinator/advice").text


def test_advice_outlives_its_authors_leaving(client, cast, author, notes):
    leave(author.volunteer_id, cast.acting(Actor.VOLUNTEER, author.volunteer_id))
    assert TITLE in client.get(f"/advice/{notes[0]}").text
