from io import BytesIO

from matcher.web.forms.base import Form
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Line


class Ask(Form):
    title = Line("Title", enter="Enter a title")
    on = Day("Date")


def test_problems_come_in_the_order_of_the_form_with_their_inputs(sent):
    assert sent(Ask, on__day="5").problems() == [
        {"text": "Enter a title", "href": "#title"},
        {"text": "Date must include a month and a year", "href": "#on-month"},
    ]


def test_a_box_that_people_cannot_see_catches_machines(sent):
    form = sent(Ask, title="Hello", more="http://spam.example")
    assert form.problems()[0]["text"].startswith("We could not tell that a person sent this")


def test_a_form_with_something_in_that_box_is_not_valid(sent):
    assert sent(Ask, title="Hello", more="x").validate() is False


def test_a_person_who_was_caught_presses_again_and_passes(sent):
    caught = sent(Ask, title="Hello", more="filled in by a browser")
    assert sent(Ask, title=caught.title.data).problems() == []


def test_the_box_comes_back_empty(sent):
    assert "filled in" not in sent(Ask, more="filled in").more()


def test_json_is_no_form(form_app):
    with form_app.test_request_context(method="POST", json=["title"]):
        assert Ask().validate() is False


def test_a_file_is_no_text(form_app):
    files = {"title": (BytesIO(b"x"), "title.txt")}
    with form_app.test_request_context(method="POST", data=files):
        assert Ask().validate() is False


def test_a_problem_that_only_the_view_knows_is_shown_with_the_others(sent):
    form = sent(Ask, title="Hello")
    form.title.refuse("Enter another title")
    assert form.problems() == [{"text": "Enter another title", "href": "#title"}]


def test_words_typed_never_become_markup(sent):
    assert "<script>" not in sent(Ask, title="<script>").title()
