import pytest
from sqlalchemy import select

from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.volunteers import Volunteer
from tests.web.wicked import WICKED

pytestmark = pytest.mark.usefixtures("monday")

ANSWERS = {
    "offer": {"offer": "I run our council's social media and have briefed members on it."},
    "travel": {"where": "WS1 1TP", "how_far": "miles", "miles": "120"},
    "you": {
        "name": "Victor Osei",
        "email": "Victor.Osei@Walsall.example",
        "organisation": "Walsall",
    },
}


def fill_in(client, **changes):
    for name, answers in (ANSWERS | changes).items():
        client.post(f"/offer/{name}", data=answers)


def volunteers():
    db.session.rollback()
    return list(db.session.scalars(select(Volunteer).order_by(Volunteer.id)))


def test_the_pages_lead_one_to_the_next_and_then_to_checking(client):
    ways = [client.post(f"/offer/{name}", data=typed).location for name, typed in ANSWERS.items()]
    assert ways == ["/offer/travel", "/offer/you", "/offer/check"]


def test_checking_shows_everything_that_was_typed(client):
    fill_in(client)
    page = client.get("/offer/check").text
    for words in ("social media", "WS1, Walsall", "Up to 120 miles", "victor.osei@walsall.example"):
        assert words in page


def test_sending_keeps_the_offer_and_queues_the_proof(client, cast):
    fill_in(client)
    assert client.post("/offer/check").location == "/offer/sent"
    kept = volunteers()[0]
    assert (kept.state, kept.outcode) == (State.UNCONFIRMED, "WS1")
    assert kept.travel_limit == {"miles": 120}
    assert len(cast.emails("confirm_offer")) == 1


def test_of_a_postcode_only_the_first_half_is_kept(client):
    fill_in(client)
    client.post("/offer/check")
    assert "1TP" not in volunteers()[0].place_label


def test_sending_twice_is_sending_once(client, cast):
    fill_in(client)
    client.post("/offer/check")
    client.post("/offer/check")
    assert len(volunteers()) == 1
    assert len(cast.emails("confirm_offer")) == 1


def test_an_address_that_was_wrong_can_be_changed_and_sent_again(client, cast):
    fill_in(client)
    client.post("/offer/check")
    client.post("/offer/you", data=ANSWERS["you"] | {"email": "v.osei@walsall.example"})
    client.post("/offer/check")
    sent_to = [email.to_address for email in cast.emails("confirm_offer")]
    assert sent_to == ["victor.osei@walsall.example", "v.osei@walsall.example"]


def test_sending_before_all_is_filled_in_goes_to_what_is_missing(client):
    client.post("/offer/offer", data=ANSWERS["offer"])
    assert client.post("/offer/check").location == "/offer/travel"


def test_going_back_shows_what_was_typed(client):
    fill_in(client)
    assert "briefed members" in client.get("/offer/offer").text
    assert 'value="WS1 1TP"' in client.get("/offer/travel").text


def test_an_ambiguous_place_is_asked_about_with_its_district(client):
    answer = client.post("/offer/travel", data=ANSWERS["travel"] | {"where": "Newport"})
    assert answer.status_code == 422
    assert "More than one place has this name" in answer.text
    assert "Newport, Shropshire" in answer.text or "Newport, Telford and Wrekin" in answer.text


def test_the_place_that_was_chosen_counts(client):
    page = client.post("/offer/travel", data=ANSWERS["travel"] | {"where": "Newport"}).text
    chosen = page.partition('name="where-which" type="radio" value="')[2].partition('"')[0]
    typed = ANSWERS["travel"] | {"where": "Newport", "where-which": chosen}
    assert client.post("/offer/travel", data=typed).status_code == 303


def test_a_mistyped_place_is_answered_with_similar_names(client):
    answer = client.post("/offer/travel", data=ANSWERS["travel"] | {"where": "Wallsal"})
    assert "Walsall" in answer.text.replace("Wallsal", "")
    assert "We do not know this place" in answer.text


def test_any_distance_needs_no_miles(client):
    fill_in(client, travel={"where": "Walsall", "how_far": "any", "miles": "rubbish"})
    client.post("/offer/check")
    assert volunteers()[0].travel_limit == {}


def test_a_number_of_miles_is_asked_for_where_it_counts(client):
    answer = client.post("/offer/travel", data={"where": "Walsall", "how_far": "miles"})
    assert "Enter how many miles you would go" in answer.text


def test_a_known_address_gets_the_same_page_and_a_link_to_its_own(client, cast):
    victor = cast.volunteer(email="victor.osei@walsall.example")
    fill_in(client)
    answer = client.post("/offer/check", follow_redirects=True)
    assert "Check your email" in answer.text
    assert len(cast.emails("already_joined", volunteer_id=victor)) == 1
    assert len(volunteers()) == 1


def test_beginning_again_empties_the_form(client):
    fill_in(client)
    client.post("/offer/again")
    assert "briefed members" not in client.get("/offer/offer").text


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_link_confirms_nothing(client, cast, address, method):
    victor = cast.volunteer(confirmed=False)
    answer = getattr(client, method)(address(Purpose.CONFIRM_OFFER, volunteer_id=victor))
    assert answer.status_code == 200
    assert cast.get(Volunteer, victor).state == State.UNCONFIRMED


def test_the_link_names_who_it_is_for(client, cast, address):
    victor = cast.volunteer(confirmed=False)
    page = client.get(address(Purpose.CONFIRM_OFFER, volunteer_id=victor)).text
    assert "Victor Osei" in page
    assert "Walsall" in page


def test_pressing_confirms_and_signs_in(client, cast, address):
    victor = cast.volunteer(confirmed=False)
    answer = client.post(address(Purpose.CONFIRM_OFFER, volunteer_id=victor), follow_redirects=True)
    assert "Your address is confirmed" in answer.text
    assert cast.get(Volunteer, victor).state == State.PENDING


def test_a_stranger_to_the_organisation_reads_that_a_coordinator_looks_first(client, cast, address):
    victor = cast.volunteer(confirmed=False)
    answer = client.post(address(Purpose.CONFIRM_OFFER, volunteer_id=victor), follow_redirects=True)
    assert "a coordinator looks first" in answer.text


def test_a_second_press_signs_nobody_in(client, app, cast, address):
    link = address(Purpose.CONFIRM_OFFER, volunteer_id=cast.volunteer(confirmed=False))
    client.post(link)
    other_browser = app.test_client()
    assert "You have joined" in other_browser.get(link).text
    other_browser.post(link)
    assert other_browser.get("/volunteer").location == "/volunteer/sign-in"


def test_the_draft_is_gone_once_the_address_is_confirmed(client, cast, address):
    fill_in(client)
    client.post("/offer/check")
    client.post(address(Purpose.CONFIRM_OFFER, volunteer_id=volunteers()[0].id))
    assert "briefed members" not in client.get("/offer/offer").text


@pytest.mark.parametrize(
    ("page", "field"), [(page, field) for page in ANSWERS for field in ANSWERS[page]]
)
def test_wicked_input_is_answered_at_the_field_or_kept_as_words(client, page, field):
    for words in WICKED:
        answer = client.post(f"/offer/{page}", data=ANSWERS[page] | {field: words})
        assert answer.status_code in {303, 422}
        assert "<script>alert" not in answer.text + client.get(f"/offer/{page}").text
