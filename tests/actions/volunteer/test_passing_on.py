from dataclasses import replace

import pytest
from sqlalchemy import select

from matcher.actions.handed_in import Colleague
from matcher.actions.volunteer.answering import Yes, accept
from matcher.actions.volunteer.passing_on import OwnAddress, pass_on, take_over
from matcher.lifecycle import pairing
from matcher.lifecycle.refusals import IllegalMove, NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import OrganisationDomain, find_organisation
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer
from tests.cast import WANTED

WANDA = Colleague("Wanda Brown", "wanda@walsall.example", "192.0.2.0/24")


@pytest.fixture
def acting(cast):
    return cast.acting(Actor.VOLUNTEER)


@pytest.fixture
def asked(cast):
    return cast.invited(cast.request(), cast.volunteer(email="victor.osei@walsall.example"))


@pytest.fixture
def known_domain(app):
    """Addresses at walsall.example belong to Walsall."""
    with writing() as session:
        walsall = find_organisation(session, "Walsall")
        walsall.domains.append(OrganisationDomain(domain="walsall.example"))


def proof(cast, pairing_id):
    return cast.link_id(Purpose.COLLEAGUE_PROOF, pairing_id=pairing_id)


def named(email=WANDA.email):
    db.session.rollback()
    return db.session.scalars(select(Volunteer).filter_by(email=email)).one()


def test_the_colleague_waits_unconfirmed_at_the_same_place_and_organisation(cast, asked, acting):
    pass_on(asked, WANDA, acting)
    passer, wanda = cast.get(Pairing, asked).volunteer, named()
    assert wanda.state == State.UNCONFIRMED
    assert (wanda.organisation_id, wanda.outcode) == (passer.organisation_id, passer.outcode)


def test_passing_on_twice_writes_once(cast, asked, acting):
    for _ in range(2):
        pass_on(asked, WANDA, acting)
    assert len(cast.emails("colleague_proof")) == 1


def test_passing_on_brings_the_next_volunteer(cast, asked, acting):
    request_id = cast.get(Pairing, asked).help_request_id
    waiting = [cast.proposal(request_id, cast.volunteer(), rank) for rank in range(2, 6)]
    with writing() as session:
        for pairing_id in waiting:
            session.get_one(Pairing, pairing_id).state = pairing.State.APPROVED
    pass_on(asked, WANDA, acting)
    assert pairing.State.INVITED in {cast.get(Pairing, each).state for each in waiting}


def test_an_answered_invitation_cannot_be_passed_on(cast, asked, acting):
    accept(asked, Yes(WANTED[0]), acting)
    with pytest.raises(IllegalMove):
        pass_on(asked, WANDA, acting)


def test_nobody_passes_on_to_themselves(cast, asked, acting):
    with pytest.raises(OwnAddress):
        pass_on(asked, replace(WANDA, email="Victor.Osei@walsall.example"), acting)


def test_the_receipt_says_the_name_that_was_given_whoever_the_address_is(cast, asked, acting):
    cast.volunteer(name="Wanda Maria Brown-Lee", email=WANDA.email)
    pass_on(asked, WANDA, acting)
    receipt = cast.emails("passed_on")[0]
    assert "Brown-Lee" not in str(receipt.context)


def test_emails_to_colleagues_count_towards_the_limits(cast, acting):
    network = cast.occasion.settings.confirmations_per_address
    for _ in range(network + 1):
        pass_on(cast.invited(cast.request(), cast.volunteer()), WANDA, acting)
    skipped = [email for email in cast.emails("colleague_proof") if email.skipped_at]
    assert len(skipped) == 1


def test_taking_over_makes_an_invitation_of_ones_own(cast, asked, acting, known_domain):
    pass_on(asked, WANDA, acting)
    taken = take_over(proof(cast, asked), "Wanda B", "I do social media.", acting)
    kept = cast.get(Pairing, taken.pairing_id)
    assert (kept.state, kept.volunteer.name) == (pairing.State.INVITED, "Wanda B")
    assert len(cast.emails("invitation", volunteer_id=taken.volunteer_id)) == 1


def test_taking_over_twice_is_one_invitation(cast, asked, acting, known_domain):
    pass_on(asked, WANDA, acting)
    link_id = proof(cast, asked)
    taken = [take_over(link_id, "Wanda", "Social media.", acting) for _ in range(2)]
    assert taken[0] == taken[1]


def test_a_stranger_to_the_domain_is_not_invited_before_a_coordinator_looked(cast, asked, acting):
    pass_on(asked, WANDA, acting)
    taken = take_over(proof(cast, asked), "Wanda", "Social media.", acting)
    assert cast.get(Volunteer, taken.volunteer_id).state == State.PENDING
    assert cast.get(Pairing, taken.pairing_id).state == pairing.State.APPROVED


def test_nobody_from_the_asking_organisation_takes_over(cast, asked, acting):
    cast.volunteer(name="Wes Berk", email="wes@westberks.example", organisation="West Berkshire")
    pass_on(asked, replace(WANDA, email="wes@westberks.example"), acting)
    with pytest.raises(NotAllowed):
        take_over(proof(cast, asked), "", "", acting)


def test_nobody_takes_over_what_has_ended(cast, asked, acting):
    pass_on(asked, WANDA, acting)
    with writing() as session:
        request_id = session.get_one(Pairing, asked).help_request_id
        session.get_one(HelpRequest, request_id).state = "withdrawn"
    with pytest.raises(NotAllowed):
        take_over(proof(cast, asked), "Wanda", "Social media.", acting)
    assert named().state == State.UNCONFIRMED
