"""Bringing in lists: every bad line named, the good ones in once, everybody told by whom."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.privacy.erasing import erase
from matcher.actions.volunteer.volunteering import confirm_offer, leave
from matcher.lifecycle import help_request
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.offers import OfferChange
from matcher.records.uploads import UploadLine
from matcher.records.volunteers import Volunteer
from tests.sheets.test_files import workbook

VOLUNTEERS = "/coordinator/import/volunteers"
REQUESTS = "/coordinator/import/requests"
HEADINGS = ["Full name", "E-mail", "Council", "Bio", "Postcode", "By train"]
VIC = ["Vic Hall", "vic@walsall.example", "Walsall", "Runs social media", "WS1 1TP", "1h30"]
ASKED = ["Name", "Email", "Organisation", "Need", "Where", "Dates", "Who pays"]
RUTH = ["Ruth", "ruth@wb.example", "West Berkshire", "A briefing", "RG14 5LD", "20/01/2027", ""]


def csv_of(*rows: list[str]) -> bytes:
    return "".join(";".join(row) + "\n" for row in rows).encode()


def send(client, content: bytes, at: str = VOLUNTEERS):
    """Send a file as a browser does; the client's own way leaves large files open."""
    head = b'--end\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n'
    body = head + content + b"\r\n--end--\r\n"
    return client.post(at, data=body, content_type="multipart/form-data; boundary=end")


def taken(client, content: bytes, at: str = VOLUNTEERS) -> str:
    """Send a list, press the button, and return the page of the list."""
    page = send(client, content, at).headers["Location"]
    client.post(page)
    return page


def volunteers() -> list[Volunteer]:
    db.session.rollback()
    return list(db.session.scalars(select(Volunteer).order_by(Volunteer.id)))


def test_a_list_is_shown_before_anything_of_it_is_taken(cora):
    page = cora.get(send(cora, csv_of(HEADINGS, VIC)).headers["Location"]).text
    assert "Take in 1 line" in page
    assert volunteers() == []


@pytest.mark.parametrize("content", [csv_of(HEADINGS, VIC), workbook(HEADINGS, VIC)])
def test_one_press_takes_the_good_lines_in_unconfirmed(cora, content):
    taken(cora, content)
    (vic,) = volunteers()
    assert (vic.state, vic.organisation.gss) == (standing.State.UNCONFIRMED, "E08000030")
    assert (vic.travel.limit.train_minutes, vic.outcode) == (90, "WS1")


def test_everybody_is_told_by_one_email_who_supplied_their_details(cora, cast):
    taken(cora, csv_of(HEADINGS, VIC))
    (email,) = cast.emails("supplied_offer")
    assert (email.to_address, email.context["supplied_by"]) == (VIC[1], "Cora Bell")


def test_nobody_brought_in_is_asked_before_they_confirm(cora, cast):
    taken(cora, csv_of(HEADINGS, VIC))
    (vic,) = volunteers()
    assert db.session.scalar(select(func.count(OfferChange.number))) == 0
    link_id = cast.link_id(Purpose.CONFIRM_OFFER, volunteer_id=vic.id)
    confirm_offer(link_id, cast.acting(Actor.VOLUNTEER))
    assert volunteers()[0].state == standing.State.ACTIVE


def test_the_page_of_the_link_says_who_supplied_what(cora, cast, address):
    taken(cora, csv_of(HEADINGS, VIC))
    (vic,) = volunteers()
    page = cora.get(address(Purpose.CONFIRM_OFFER, volunteer_id=vic.id)).text
    assert "Cora Bell supplied these details" in page
    assert "21 December 2026" in page


def test_pressing_twice_and_sending_twice_makes_nobody_twice(cora, cast):
    content = csv_of(HEADINGS, VIC)
    page = taken(cora, content)
    cora.post(page)
    assert "Was written to and has not confirmed yet" in cora.get(taken(cora, content)).text
    assert len(volunteers()) == len(cast.emails("supplied_offer")) == 1


def test_a_list_without_a_new_line_is_taken_in_as_none(cora):
    content = csv_of(HEADINGS, VIC)
    taken(cora, content)
    again = send(cora, content).headers["Location"]
    assert "0 lines were taken in" in cora.post(again, follow_redirects=True).text


def test_two_lists_that_wait_at_the_same_time_make_nobody_twice(cora):
    pages = [send(cora, csv_of(HEADINGS, VIC)).headers["Location"] for _ in range(2)]
    for page in pages:
        cora.post(page)
    assert len(volunteers()) == 1


def test_every_bad_line_is_named_with_what_would_mend_it(cora):
    bad = [["", "nobody", "Walsall", "x", "Newport", "soon"], [*VIC[:4], "Atlantis", "=1+1"]]
    page = unescape(cora.get(send(cora, csv_of(HEADINGS, *bad)).headers["Location"]).text)
    for words in (
        "Name is empty",
        "“nobody” is not an email address",
        "“Newport” may mean several places. Write one of these: ",
        "Longest time by train must be a time",
        "We do not know the place “Atlantis”",
        "Longest time by train holds a formula",
    ):
        assert words in page


def test_the_lines_to_mend_come_back_as_a_file_that_can_be_sent_again(cora):
    bad = ["=cmd()", "wrong", "Walsall", "x", "WS1", "60"]
    page = send(cora, csv_of(HEADINGS, VIC, bad)).headers["Location"]
    mended = (
        cora.get(f"{page}/to-mend.csv").text.replace("'=cmd()", "Ann").replace("wrong", "a@b.uk")
    )
    assert "2 lines" not in cora.get(taken(cora, mended.encode())).text
    assert [each.email for each in volunteers()] == ["a@b.uk"]


def test_many_bad_lines_are_shown_a_page_at_a_time(cora):
    bad = [[f"P{number}", "wrong", *VIC[2:]] for number in range(45)]
    page = send(cora, csv_of(HEADINGS, *bad)).headers["Location"]
    assert ">46</th>" in cora.get(f"{page}?page=3").text


def test_who_is_here_or_left_or_was_erased_is_not_brought_in(app, cora, cast):
    here = cast.volunteer(email="here@walsall.example")
    gone, erased = (cast.volunteer(email=f"{name}@walsall.example") for name in ("gone", "erased"))
    leave(gone, cast.acting(Actor.VOLUNTEER))
    erase("erased@walsall.example", app.extensions["link_keys"], cast.acting(Actor.COORDINATOR))
    rows = [[*VIC[:1], f"{name}@walsall.example", *VIC[2:]] for name in ("here", "gone", "erased")]
    page = cora.get(taken(cora, csv_of(HEADINGS, *rows, VIC, VIC))).text
    for words in ("Is a volunteer here already", "and left", "to erase them", "same as line 5"):
        assert words in page
    assert [each.id for each in volunteers()][:3] == [here, gone, erased]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"Name,Email\nA,a@b.uk\n", "We did not find these columns: “Organisation”"),
        (b"%PDF-1.7", "This file is no table"),
        (b"\0", "characters that no list has"),
        (b"a" * (2 * 1024**2 + 1), "The file must be smaller than 2 MB"),
    ],
)
def test_what_is_no_list_gets_a_message_at_its_field(cora, content, words):
    answer = send(cora, content)
    assert answer.status_code == 422
    assert words in answer.text


def test_what_is_far_too_large_is_cut_off(cora):
    assert send(cora, b"a" * (5 * 1024**2)).status_code == 413


def test_a_list_is_its_senders_alone(cora, cast, address):
    page = send(cora, csv_of(HEADINGS, VIC)).headers["Location"]
    other = cast.coordinator("colin@programme.example", "Colin")
    cora.post("/coordinator/sign-in", data={"email": "colin@programme.example"})
    cora.post(address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=other))
    assert [cora.get(page).status_code, cora.post(page).status_code] == [404, 404]


def test_a_list_is_gone_after_a_day(cora, cast):
    send(cora, csv_of(HEADINGS, VIC))
    run_upkeep(replace(cast.occasion, now=cast.occasion.now + timedelta(hours=24)))
    assert cast.rows(UploadLine) == []


def test_a_request_that_came_by_phone_waits_for_its_requester(cora, cast):
    taken(cora, csv_of(ASKED, RUTH), REQUESTS)
    (request,) = cast.rows(HelpRequest)
    assert (request.state, request.wanted_dates) == (
        help_request.State.UNCONFIRMED,
        ["2027-01-20"],
    )
    assert len(cast.emails("supplied_request")) == 1


def test_the_same_request_is_brought_in_once(cora, cast):
    for _ in range(2):
        page = taken(cora, csv_of(ASKED, RUTH), REQUESTS)
    assert "has sent this request already" in cora.get(page).text
    assert len(cast.rows(HelpRequest)) == 1


def test_a_template_is_a_list_that_can_be_sent(cora):
    for at in (VOLUNTEERS, REQUESTS):
        assert (
            "Take in 1 line"
            in cora.get(
                send(cora, cora.get(f"{at}/template.csv").data, at).headers["Location"]
            ).text
        )
