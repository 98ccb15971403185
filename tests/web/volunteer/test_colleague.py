import pytest
from sqlalchemy import select

from matcher.actions.handed_in import Colleague
from matcher.actions.requester.asking import withdraw_request
from matcher.actions.volunteer.passing_on import pass_on
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import WithdrawReason
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import db, writing
from matcher.records.organisations import OrganisationDomain, find_organisation
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

pytestmark = pytest.mark.usefixtures("monday")

WANDA = Colleague("Wanda Brown", "wanda@walsall.example", "192.0.2.0/24")
SAID = {"name": "Wanda Brown", "offer": "I look after our Facebook pages."}


@pytest.fixture
def known_domain(app):
    """Addresses at walsall.example belong to Walsall."""
    with writing() as session:
        walsall = find_organisation(session, "Walsall")
        walsall.domains.append(OrganisationDomain(domain="walsall.example"))


def pass_to(cast, address, colleague=WANDA):
    """Pass an invitation on and return the address in the colleague's email."""
    passed = cast.invited(cast.request(), cast.volunteer(email="victor.osei@walsall.example"))
    pass_on(passed, colleague, cast.acting(Actor.VOLUNTEER))
    return address(Purpose.COLLEAGUE_PROOF, pairing_id=passed)


def member(email):
    db.session.rollback()
    return db.session.scalars(select(Volunteer).filter_by(email=email)).one()


def asks(volunteer_id):
    db.session.rollback()
    return list(db.session.scalars(select(Pairing).filter_by(volunteer_id=volunteer_id)))


def test_the_page_names_the_colleague_and_who_passed_it_on(client, cast, address):
    page = client.get(pass_to(cast, address)).text
    assert "Wanda Brown" in page
    assert "Victor Osei passed it on to you" in page
    assert "brief our chief executive" in page


def test_looking_proves_nothing(client, cast, address):
    client.get(pass_to(cast, address))
    assert member(WANDA.email).state == State.UNCONFIRMED


def test_pressing_joins_and_opens_an_invitation_of_their_own(client, cast, address, known_domain):
    answer = client.post(pass_to(cast, address), data=SAID, follow_redirects=True)
    assert "Can you help West Berkshire" in answer.text
    assert "Wanda Brown" in answer.text
    wanda = member(WANDA.email)
    assert (wanda.state, wanda.offer) == (State.ACTIVE, SAID["offer"])
    assert [kept.state for kept in asks(wanda.id)] == [pairing.State.INVITED]


def test_the_colleague_can_answer_it(client, cast, address, known_domain):
    ask = client.post(pass_to(cast, address), data=SAID).location
    client.post(ask, data={"answer": "yes", "chosen_on": "2027-01-20", "accepted_as": "Wanda"})
    assert [kept.state for kept in asks(member(WANDA.email).id)] == [pairing.State.ACCEPTED]


def test_pressing_twice_is_one_invitation(client, cast, address, known_domain):
    link = pass_to(cast, address)
    first, second = (client.post(link, data=SAID).location for _ in range(2))
    assert first == second
    assert len(asks(member(WANDA.email).id)) == 1


def test_an_unknown_domain_waits_for_a_coordinator(client, cast, address):
    page = client.post(pass_to(cast, address), data=SAID, follow_redirects=True).text
    assert "A coordinator looks first" in page
    wanda = member(WANDA.email)
    assert wanda.state == State.PENDING
    assert [kept.state for kept in asks(wanda.id)] == [pairing.State.APPROVED]


def test_nothing_said_is_answered_at_the_field(client, cast, address):
    answer = client.post(pass_to(cast, address), data={"name": "Wanda", "offer": ""})
    assert answer.status_code == 422
    assert "Enter what others could learn from you" in answer.text


def test_a_known_colleague_only_presses(client, cast, address):
    wanda = cast.volunteer(name="Wanda Brown", email=WANDA.email)
    link = pass_to(cast, address)
    assert "You take part already" in client.get(link).text
    answer = client.post(link, follow_redirects=True)
    assert "Can you help West Berkshire" in answer.text
    assert len(asks(wanda)) == 1


def test_a_known_colleague_is_not_signed_in_by_a_link_that_lasts(client, cast, address):
    cast.volunteer(name="Wanda Brown", email=WANDA.email)
    client.post(pass_to(cast, address))
    assert client.get("/volunteer").location == "/volunteer/sign-in"


def test_a_request_that_is_over_is_told_kindly(client, cast, address):
    link = pass_to(cast, address)
    passed = asks(member("victor.osei@walsall.example").id)[0]
    withdraw_request(
        passed.help_request_id, WithdrawReason.FOUND_HELP, "", cast.acting(Actor.REQUESTER)
    )
    assert "This is no longer needed" in client.get(link).text
    assert client.post(link, data=SAID).status_code in {200, 422}
    assert member(WANDA.email).state == State.UNCONFIRMED
