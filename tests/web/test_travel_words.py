"""What is said of a journey and of a limit."""

import pytest
from flask import get_template_attribute

from matcher.lifecycle.choices import StartsAt
from matcher.matching.offers import TravelLimit
from matcher.records.pages.journeys import JourneyView
from matcher.records.travel import Travel
from matcher.web.forms.areas import areas

LONDON = tuple(sorted(areas().get("region:London").councils))


def said(app, template, macro, value):
    with app.test_request_context():
        return str(get_template_attribute(f"parts/{template}.html", macro)(value)).strip()


@pytest.mark.parametrize(
    ("journey", "words"),
    [
        ((120, 180), "about 2 hours by train (about 3 door to door)"),
        ((45, 75), "about 45 minutes by train (about 1 hour 15 minutes door to door)"),
        ((90, 150), "about 1 hour 30 minutes by train (about 2 and a half hours door to door)"),
        ((None, 30), "about 30 minutes door to door by public transport"),
        ((None, None, 90), "about 1 hour 30 minutes by car"),
        ((150, 210, None, "train"),
         "about 2 and a half hours by train (about 3 and a half door to door), "
         "a little over the limit"),
        ((150, 210, 120, "car"),
         "about 2 and a half hours by train (about 3 and a half door to door), "
         "about 2 hours by car, a little over the limit"),
        ((None, None, None, "", True), "needs a ferry or a flight"),
        ((None, None, 480, "", True),
         "needs a ferry or a flight, about 8 hours by car with the ferry"),
        ((), "no estimate of the journey"),
    ],
)  # fmt: skip
def test_a_journey_is_said_roughly_and_whole(app, journey, words):
    assert said(app, "travel", "times_words", JourneyView(80.0, *journey, estimated=True)) == words


def test_nothing_is_said_of_a_journey_that_nobody_worked_out(app):
    assert said(app, "travel", "times_words", JourneyView(80.0)) == ""


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({}, "Any distance"),
        ({"train_minutes": 150}, "Up to 2 and a half hours by train"),
        ({"train_minutes": 120, "car_minutes": 60}, "Up to 2 hours by train or 1 hour by car"),
        ({"miles": 120}, "Up to 120 miles (193 km)"),
        ({"miles": 118.1}, "Up to 118 miles (190 km)"),
        ({"areas": LONDON, "remote": True}, "Only in London; by video call too"),
        ({"miles": 0, "remote": True}, "By video call only"),
    ],
)
def test_a_limit_is_said_as_it_was_stated(app, limit, words):
    assert said(app, "limits", "limit_words", Travel(TravelLimit(**limit))) == words


def test_home_the_same_day_is_said(app):
    travel = Travel(TravelLimit(miles=80), StartsAt.WORK, same_day=True)
    assert (
        said(app, "limits", "limit_words", travel) == "Up to 80 miles (129 km); home the same day"
    )
