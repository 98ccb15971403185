"""Own words for emails, as a coordinator gives them."""

import re

import pytest

from matcher.records.database import db
from matcher.records.programmes import get_settings
from matcher.web.context import email_renderer
from matcher.web.forms.email_words import name_of

LIST = "/coordinator/email-words"
PAGE = "/coordinator/email-words/invitation"


@pytest.fixture
def looking(app):
    """The first sentence of an invitation."""
    with app.test_request_context():
        return email_renderer().list_sentences("invitation")[2]


def typed(app, **changes: str) -> dict[str, str]:
    """What a browser sends of the page with only these changed."""
    with app.test_request_context():
        sentences = email_renderer().list_sentences("invitation")
    return {"based_on": "0", **{name_of(each): each.words for each in sentences}, **changes}


def kept() -> dict[str, str]:
    db.session.rollback()
    return get_settings(db.session()).email_words


def test_the_page_shows_every_sentence_and_how_the_email_reads(cora):
    page = cora.get(PAGE).text
    assert "{organisation} is looking for somebody like you" in page
    assert "West Berkshire Council is looking for somebody like you" in page


def test_every_email_has_a_name_of_its_own_on_the_list(cora):
    assert not re.findall(r"<a [^>]*/email-words/(\w+)[^>]*>\s*</a>", cora.get(LIST).text)


def test_own_words_are_shown_before_they_are_kept(app, cora, looking):
    own = "{organisation} needs you."
    page = cora.post(PAGE, data=typed(app, **{name_of(looking): own})).text
    assert "West Berkshire Council needs you." in page
    assert kept() == {}


def test_own_words_are_kept_and_can_be_undone(app, cora, looking):
    sent = typed(app, sure="yes", **{name_of(looking): "{organisation} needs you."})
    assert cora.post(PAGE, data=sent).status_code == 303
    assert kept() == {looking.key: "{organisation} needs you."}
    history = cora.get("/coordinator/settings/history").text
    assert "A sentence of the email “Invitation”" in history
    cora.post("/coordinator/settings/history/1/undo")
    assert kept() == {}


def test_a_lost_value_is_said_and_what_was_typed_comes_back(app, cora, looking):
    sent = typed(app, sure="yes", **{name_of(looking): "Somebody needs <you>."})
    answer = cora.post(PAGE, data=sent)
    assert answer.status_code == 422
    assert "Put {organisation} into “Somebody needs &lt;you&gt;.”" in answer.text
    assert ">Somebody needs &lt;you&gt;.</textarea>" in answer.text


def test_who_saves_after_somebody_else_looks_again(app, cora, looking):
    first = typed(app, sure="yes", **{name_of(looking): "{organisation} needs you."})
    cora.post(PAGE, data=first)
    second = typed(app, sure="yes", **{name_of(looking): "{organisation} wants you."})
    answer = cora.post(PAGE, data=second)
    assert "Somebody else has changed the settings meanwhile" in answer.text
    assert kept() == {looking.key: "{organisation} needs you."}
