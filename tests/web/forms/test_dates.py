from datetime import date

import pytest

from matcher.web.forms.base import Form
from matcher.web.forms.dates import Day


class Visit(Form):
    on = Day("Date", enter="Enter the date you would like")
    other = Day("Other date")


def day(first, second, third):
    return {"on__day": first, "on__month": second, "on__year": third}


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR."])
def test_a_date_is_read_as_people_type_it(sent, month):
    assert sent(Visit, **day("5", month, "2027")).on.data == date(2027, 3, 5)


@pytest.mark.parametrize("part", ["day", "month", "year"])
def test_any_input_in_any_box_gets_an_answer_and_a_page(sent, bad_input, part):
    typed = day("5", "3", "2027") | {f"on__{part}": bad_input}
    field = sent(Visit, **typed).on
    assert (bool(field()), bool(field.errors)) == (True, field.data is None)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "", ""), "Enter the date you would like"),
        (("5", "", "2027"), "Date must include a month"),
        (("5", "", ""), "Date must include a month and a year"),
        (("5", "3", "27"), "Year must include 4 numbers"),
        (("31", "2", "2027"), "Date must be a real date"),
        (("5", "13", "2027"), "Date must be a real date"),
        (("5", "3", "0000"), "Date must be a real date"),
        (("0", "3", "2027"), "Date must be a real date"),
        (("²", "3", "2027"), "Date must be a real date"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(sent, typed, message):
    assert sent(Visit, **day(*typed)).on.errors == [message]


@pytest.mark.parametrize(
    ("typed", "anchor"),
    [
        (("", "", ""), "on-day"),
        (("5", "", "2027"), "on-month"),
        (("5", "3", "27"), "on-year"),
        (("31", "2", "2027"), "on-day"),
    ],
)
def test_the_error_leads_to_the_first_wrong_box(sent, typed, anchor):
    field = sent(Visit, **day(*typed)).on
    assert (field.anchor, f'id="{anchor}"' in field()) == (anchor, True)


def test_one_value_for_three_boxes_is_no_fault(sent):
    assert sent(Visit, on="5 March 2027").on.errors == ["Enter the date you would like"]


def test_a_date_that_need_not_be_given_may_be_left_out(sent):
    form = sent(Visit)
    assert (form.other.errors, form.other.data) == ([], None)


def test_a_date_that_need_not_be_given_must_be_whole(sent):
    assert sent(Visit, other__day="5").other.errors == [
        "Other date must include a month and a year"
    ]


@pytest.fixture
def from_march(sent):
    form = sent(Visit, **day("4", "3", "2027"))
    form.on.earliest = date(2027, 3, 5)
    form.on.latest = date(2027, 12, 31)
    return form


def test_a_date_too_early_says_from_when(from_march):
    from_march.validate()
    assert from_march.on.errors == ["Date must be on or after 5 March 2027"]


def test_a_date_too_late_says_until_when(from_march):
    from_march.on.latest = date(2027, 3, 1)
    from_march.on.earliest = None
    from_march.validate()
    assert from_march.on.errors == ["Date must be on or before 1 March 2027"]


def test_a_date_from_a_row_is_shown(form_app):
    with form_app.test_request_context():
        assert Visit(data={"on": date(2027, 3, 5)}).on.typed["month"] == "3"


def test_a_draft_shows_what_was_typed(sent):
    kept = sent(Visit, **day("31", "2", "2027")).kept()
    assert Visit(None, data=kept).on.typed == {"day": "31", "month": "2", "year": "2027"}
