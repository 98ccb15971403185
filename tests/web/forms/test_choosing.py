import pytest

from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Choices, Option, Tick

OPTIONS = [Option("us", "We do"), Option("them", "They do", "Many can")]


class Answers(Form):
    one = Choice("Who pays?", options=OPTIONS, enter="Select who pays")
    spare = Choice("Who drives?", options=OPTIONS)
    some = Choices("Kinds", options=OPTIONS, enter="Select at least one kind")
    tick = Tick("I agree", enter="Tick to agree")


def test_what_was_chosen_is_taken(sent):
    form = sent(Answers, one="them", some=["them", "us"], tick="yes")
    assert (form.one.data, form.some.data, form.tick.data) == ("them", ["us", "them"], True)


def test_nothing_chosen_asks_for_each(sent):
    form = sent(Answers)
    assert [field.errors for field in (form.one, form.spare, form.some, form.tick)] == [
        ["Select who pays"],
        [],
        ["Select at least one kind"],
        ["Tick to agree"],
    ]


@pytest.mark.parametrize("name", ["one", "spare", "some"])
def test_what_is_no_option_is_refused_on_a_page(sent, name, bad_input):
    field = sent(Answers, **{name: bad_input})[name]
    left_out = name == "spare" and not bad_input
    assert (bool(field()), bool(field.data), left_out or bool(field.errors)) == (True, False, True)


def test_a_choice_is_checked_when_shown_again(sent):
    assert 'value="them" checked' in sent(Answers, one="them").one()


def test_the_error_leads_to_the_first_button(sent):
    field = sent(Answers).one
    assert f'id="{field.anchor}"' in field()


def test_markup_may_depend_on_a_choice(sent):
    assert '<p id="more">' in sent(Answers).one(conditional={"us": '<p id="more"></p>'})


def test_a_draft_shows_what_was_chosen(sent):
    kept = sent(Answers, one="us", some=["them"], tick="yes").kept()
    assert Answers(None, data=kept).kept() == kept
