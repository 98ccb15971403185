import pytest
from markupsafe import escape

from matcher.web.forms.base import Form
from matcher.web.forms.fields import Email, Line, LongText, OrganisationName, PersonName


class Words(Form):
    line = Line("Title", limit=120)
    text = LongText("What do you need?", noun="What you need", enter="Enter what you need")
    name = PersonName("Full name", enter="Enter your full name")
    email = Email("Work email", enter="Enter your work email")
    organisation = OrganisationName("Organisation", enter="Enter your organisation")


NAMES = ["line", "text", "name", "email", "organisation"]


@pytest.mark.parametrize("name", NAMES)
def test_any_input_gets_an_answer_and_a_page(sent, name, bad_input):
    field = sent(Words, **{name: bad_input})[name]
    markup = field()
    assert all(error and escape(error) in markup for error in field.errors)


@pytest.mark.parametrize("name", NAMES)
def test_any_input_is_shown_again_and_escaped(sent, name, bad_input):
    field = sent(Words, **{name: bad_input})[name]
    assert escape(field.typed) in field()


@pytest.mark.parametrize("name", NAMES)
def test_what_was_refused_for_hidden_characters_passes_when_sent_again(sent, name):
    refused = sent(Words, **{name: "vic\x07tor@walsall.gov.uk"})[name]
    assert sent(Words, **{name: refused.typed})[name].errors == []


def test_hidden_characters_are_named(sent):
    form = sent(Words, text="one\x00two")
    assert form.text.errors[0].startswith(
        "What you need contained hidden characters that cannot be kept (U+0000)"
    )


def test_what_must_be_given_asks_for_it(sent):
    assert sent(Words, text="  ").text.errors == ["Enter what you need"]


def test_what_need_not_be_given_may_be_left_out(sent):
    form = sent(Words)
    assert (form.line.errors, form.line.data) == ([], "")


def test_a_text_that_is_too_long_says_how_long_it_may_be(sent):
    assert sent(Words, text="x" * 4001).text.errors == [
        "What you need must be 4,000 characters or fewer"
    ]


def test_a_text_of_just_the_limit_is_taken(sent):
    assert sent(Words, text="é" * 4000).text.errors == []


def test_a_text_that_is_too_long_is_not_lost(sent):
    assert len(sent(Words, text="x" * 100_000).text.data) == 100_000


def test_lines_of_a_text_come_back_as_they_were(sent):
    field = sent(Words, text="one\r\n  two\r\n\r\nthree").text
    assert ">one\n  two\n\nthree</textarea>" in field()


@pytest.mark.parametrize(
    "typed", ["nobody", "a@b", "a@localhost", "a b@c.uk", "a@b.uk, c@d.uk", "Ruth <a@b.uk>"]
)
def test_what_is_no_email_address_is_refused(sent, typed):
    assert sent(Words, email=typed).email.errors == [
        "Enter an email address in the correct format, like name@council.gov.uk"
    ]


def test_an_email_address_is_kept_in_lower_case(sent):
    form = sent(Words, email=" Ruth.Osei@Newbury.GOV.uk ")
    assert form.email.data == "ruth.osei@newbury.gov.uk"


def test_a_value_sent_twice_counts_once(sent):
    assert sent(Words, line=["first", "second"]).line.data == "first"


def test_an_organisation_without_suggestions_is_a_plain_box(sent):
    assert "data-" not in sent(Words).organisation()


def test_an_organisation_with_suggestions_says_where_they_are(sent):
    form = sent(Words)
    form.organisation.suggestions_url = "/organisations.json"
    assert 'data-suggestions="/organisations.json"' in form.organisation()


def test_a_label_can_be_the_heading_of_its_page(sent):
    assert '<h1 class="govuk-label-wrapper">' in sent(Words).text(page_heading=True)


def test_a_draft_shows_what_was_typed(sent):
    kept = sent(Words, text="Brief our members", email="nobody").kept()
    assert (Words(None, data=kept).text.typed, kept["email"]) == ("Brief our members", "nobody")
