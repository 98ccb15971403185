import pytest

from matcher.mail.examples import EXAMPLES
from matcher.mail.own_words import changed_words, lost_values, make_sentence, unknown_values
from matcher.mail.rendering import Renderer
from tests.builders_mail import TEMPLATES, values_of

ASKS = make_sentence("invitation", "%(organisation)s asks for 100%% of %(thing)s", of_subject=False)


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(TEMPLATES)


def test_a_sentence_shows_its_values_in_braces():
    assert ASKS.words == "{organisation} asks for 100% of {thing}"
    assert ASKS.values == ("organisation", "thing")


def test_a_value_that_is_lost_is_named():
    assert lost_values(ASKS, "They ask for {thing}") == ("organisation",)


@pytest.mark.parametrize("own", ["{secret}", "{}", "{organisation.__class__}", "{0}"])
def test_what_is_no_value_of_the_sentence_is_named(own):
    assert unknown_values(ASKS, f"{{organisation}} {{thing}} {own}") == (own[1:-1],)


def test_words_that_are_as_they_were_are_not_kept():
    kept = {ASKS.key: "Old {organisation} {thing}"}
    assert changed_words([ASKS], {ASKS.key: ASKS.words}, kept) == {}
    assert changed_words([ASKS], {ASKS.key: ""}, kept) == {}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_sentence_of_every_email_can_be_said_otherwise(renderer, name):
    own = {each.key: f"Ahoy {each.words}" for each in renderer.list_sentences(name)}
    written = renderer.render(name, values_of(EXAMPLES[name]), own)
    assert written.subject.startswith("Ahoy ")
    assert "Ahoy" in written.text
    assert written.text.count("Ahoy") == written.html.count("Ahoy")


def test_own_words_are_text_in_html_and_a_per_cent_is_no_placeholder(renderer):
    looking = renderer.list_sentences("invitation")[2]
    own = {looking.key: "<b>{organisation}</b> is 100% sure; %(link)s"}
    written = renderer.render("invitation", values_of(EXAMPLES["invitation"]), own)
    assert "&lt;b&gt;West Berkshire Council&lt;/b&gt; is 100% sure; %(link)s" in written.html


def test_what_all_emails_share_stays_as_it_is(renderer):
    every = {each.key for name in EXAMPLES for each in renderer.list_sentences(name)}
    shared = make_sentence("invitation", "How we use your details", of_subject=False)
    assert shared.key not in every
