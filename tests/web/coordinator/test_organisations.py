"""Organisations at the desk: domains, shared staff, and what became part of another."""

import pytest

from matcher.actions.coordinator.pairing_by_hand import pair_by_hand
from matcher.actions.proposals.proposing import LiveIndex, explain_barred
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.matching.offers import Bar
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.offers import changes_after
from matcher.records.organisations import Organisation, OrganisationDomain, find_organisation
from matcher.records.volunteers import Volunteer

HERE, THERE = "West Berkshire Council", "Walsall Metropolitan Borough Council"


def id_of(name):
    found = find_organisation(db.session(), name).id
    db.session.rollback()  # what is written next must not wait for this look
    return found


def page_of(name, rest=""):
    return f"/coordinator/organisations/{id_of(name)}{rest}"


def changes():
    """The log of offers, in order."""
    db.session.rollback()
    return changes_after(db.session(), 0)


def bars(cast, request_id):
    found = explain_barred(LiveIndex(), request_id, cast.acting(Actor.COORDINATOR))
    return {count.bar: count.how_many for count in found.counts}


def test_organisations_are_found_by_part_of_a_name(cora):
    page = cora.get("/coordinator/organisations?words=walsall").text
    assert THERE in page
    assert HERE not in page


def test_who_shares_staff_counts_as_a_colleague_until_it_ends(cora, cast):
    request_id = cast.request()
    cast.volunteer(organisation=THERE)
    assert Bar.SAME_ORGANISATION not in bars(cast, request_id)
    assert cora.post(page_of(THERE, "/staff"), data={"organisation": HERE}).status_code == 303
    assert bars(cast, request_id)[Bar.SAME_ORGANISATION] == 1
    assert THERE in cora.get(page_of(HERE)).text
    cora.post(page_of(THERE, "/staff/end"))
    assert Bar.SAME_ORGANISATION not in bars(cast, request_id)


def test_whoever_shares_staff_with_an_unwanted_organisation_is_unwanted(cora, cast):
    request_id, dudley = cast.request(), id_of("Dudley")
    with writing() as session:
        session.get_one(HelpRequest, request_id).unwanted = [dudley]
    cast.volunteer(organisation=THERE)
    cora.post(page_of(THERE, "/staff"), data={"organisation": "Dudley"})
    assert bars(cast, request_id) == {Bar.CONFLICT: 1}


def test_what_became_part_of_another_leaves_it_its_people_and_its_name(cora, cast):
    volunteer_id, new = cast.volunteer(organisation=THERE), id_of(HERE)
    cora.post(page_of(THERE, "/merge"), data={"organisation": HERE})
    assert cast.get(Volunteer, volunteer_id).organisation_id == new
    assert id_of(THERE) == new
    assert THERE not in cora.get("/organisations.json").text


@pytest.mark.parametrize("rest", ["/staff", "/merge"])
@pytest.mark.parametrize("named", [THERE, "Nobody knows this", ""])
def test_an_organisation_is_joined_with_another_that_is_known(cora, rest, named):
    answer = cora.post(page_of(THERE, rest), data={"organisation": named})
    assert answer.status_code == 422
    assert "Enter" in answer.text


def test_a_domain_is_known_once_and_removed(cora, cast):
    cora.post(page_of(THERE, "/domain"), data={"domain": "Someone@WALSALL.gov.uk"})
    (known,) = cast.rows(OrganisationDomain)
    assert known.domain == "walsall.gov.uk"
    assert cora.post(page_of(HERE, "/domain"), data={"domain": "walsall.gov.uk"}).status_code == 422
    cora.post(page_of(THERE, f"/domain/{known.id}/remove"))
    assert cast.rows(OrganisationDomain) == []


@pytest.mark.parametrize("wrong", ["", "walsall", "a b.gov.uk", "-x.gov.uk", "x" * 300])
def test_what_is_no_domain_is_refused_with_an_example(cora, cast, wrong):
    answer = cora.post(page_of(THERE, "/domain"), data={"domain": wrong})
    assert answer.status_code == 422
    assert cast.rows(OrganisationDomain) == []


def test_a_chain_of_shared_staff_counts_as_one(cora, cast):
    for name, other in (("Dudley", "Sandwell"), ("Sandwell", "Wolverhampton")):
        cora.post(page_of(name, "/staff"), data={"organisation": other})
    counted = {row.counts_as for row in cast.rows(Organisation) if row.staff_of_id}
    assert counted == {id_of("Wolverhampton")}


def test_nobody_is_paired_by_hand_with_an_organisation_that_shares_their_staff(cora, cast):
    request_id, volunteer_id = cast.request(), cast.volunteer(organisation=THERE)
    cora.post(page_of(THERE, "/staff"), data={"organisation": HERE})
    with pytest.raises(NotAllowed):
        pair_by_hand(request_id, volunteer_id, "I know both", cast.acting(Actor.COORDINATOR))


def test_who_shared_staff_with_the_old_organisation_shares_it_with_the_new(cora, cast):
    request_id = cast.request()
    cast.volunteer(organisation=THERE)
    cora.post(page_of(THERE, "/staff"), data={"organisation": HERE})
    cora.post(page_of(THERE, "/merge"), data={"organisation": "Sandwell"})
    assert bars(cast, request_id)[Bar.SAME_ORGANISATION] == 1


def test_what_takes_in_the_one_whose_staff_it_shared_stands_for_itself(cora, cast):
    here, there = id_of(HERE), id_of(THERE)
    cora.post(page_of(THERE, "/staff"), data={"organisation": HERE})
    cora.post(page_of(HERE, "/merge"), data={"organisation": THERE})
    assert cast.get(Organisation, there).staff_of_id is None
    again = cora.post(f"/coordinator/organisations/{here}/staff", data={"organisation": "Dudley"})
    assert again.status_code == 422


@pytest.mark.parametrize("rest", ["/staff", "/merge"])
def test_joining_two_writes_only_the_offers_of_who_counts_otherwise(cora, cast, rest):
    moved, others = (
        cast.volunteer(organisation=THERE),
        [cast.volunteer(organisation=HERE) for _ in range(2)],
    )
    with writing() as session:
        for each in others:  # what the log does not know yet is the clock's to write
            session.get_one(Volunteer, each).job_title = "Archivist"
    before = len(changes())
    cora.post(page_of(THERE, rest), data={"organisation": "Dudley"})
    new = changes()[before:]
    assert [row.volunteer_id for row in new] == [moved]
    assert new[0].payload["organisation_id"] == str(id_of("Dudley"))


@pytest.mark.parametrize("rest", ["/staff", "/merge"])
def test_the_people_of_all_that_share_staff_follow_when_one_joins_another(cora, cast, rest):
    request_id = cast.request()
    cast.volunteer(organisation="Dudley")
    cora.post(page_of("Dudley", "/staff"), data={"organisation": THERE})
    cora.post(page_of(THERE, rest), data={"organisation": HERE})
    assert bars(cast, request_id)[Bar.SAME_ORGANISATION] == 1
