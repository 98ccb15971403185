"""Only boxes that nobody typed into are kept from one page to the next."""

import pytest
from flask import current_app

from matcher.web.forms.base import Form
from matcher.web.forms.dates import Day
from matcher.web.forms.markup import MOST_BLANK, render_blank


class Visit(Form):
    on = Day("Date")


@pytest.mark.usefixtures("sent")
def test_a_date_that_somebody_typed_is_shown_and_not_kept():
    assert "2031" in Visit(formdata=None, data={"on": {"year": "2031"}}).on()

    assert "2031" not in str(current_app.extensions.get("blank_components"))


@pytest.mark.usefixtures("sent")
def test_blank_boxes_are_drawn_once():
    first = Visit(formdata=None).on()

    assert Visit(formdata=None).on() is first


@pytest.mark.usefixtures("sent")
def test_blank_boxes_that_are_kept_do_not_grow_without_end():
    for number in range(MOST_BLANK + 5):
        render_blank("input", "govukInput", {"id": f"i{number}", "label": {"text": "Name"}})

    assert len(current_app.extensions["blank_components"]) <= MOST_BLANK
