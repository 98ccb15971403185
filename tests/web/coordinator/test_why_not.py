from matcher.actions.network.attending import SentEvent, add_event, say_going
from matcher.actions.volunteer.volunteering import pause
from matcher.lifecycle.tables import Actor
from tests.cast import WALSALL, WANTED


def page_of(request_id, rest=""):
    return f"/coordinator/requests/{request_id}/why-not{rest}"


def test_the_barred_are_counted_by_reason_with_what_would_help(cora, cast):
    cast.vera()
    page = cora.get(page_of(cast.request())).text
    assert "Farther than they go" in page
    assert "Go 77 miles further: 1 more" in page


def test_the_people_behind_a_count_are_named(cora, cast):
    cast.vera()
    page = cora.get(page_of(cast.request(), "?bar=too_far")).text
    assert "Vera Lloyd" in page


def test_who_can_be_met_at_an_event_is_told_of_instead(cora, cast):
    volunteer_id, request_id = cast.vera(), cast.request()
    camp = SentEvent("Camp", WANTED[0], WANTED[0], WALSALL)
    event_id = add_event(camp, "e" * 32, cast.acting(Actor.COORDINATOR))
    say_going(event_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    say_going(event_id, cast.acting(Actor.REQUESTER), help_request_id=request_id)
    page = cora.get(page_of(request_id)).text
    assert "can be met at Camp" in page
    assert "Farther than they go" not in page


def test_who_can_come_is_not_among_the_barred(cora, cast):
    cast.volunteer()
    assert "Nothing keeps anybody out" in cora.get(page_of(cast.request())).text


def test_the_index_follows_what_changes(cora, cast):
    volunteer_id, request_id = cast.vera(), cast.request()
    cora.get(page_of(request_id))
    pause(volunteer_id, None, cast.acting(Actor.VOLUNTEER))
    assert "Nothing keeps anybody out" in cora.get(page_of(request_id)).text


def test_many_people_are_cut_into_pages(cora, cast):
    for number in range(21):
        cast.volunteer(name=f"Vera {number}", miles=10)
    request_id = cast.request()
    first = cora.get(page_of(request_id, "?bar=too_far")).text
    second = cora.get(page_of(request_id, "?bar=too_far&page=2")).text
    assert first.count(">Vera ") + second.count(">Vera ") == 21
    assert second.count(">Vera ") == 1


def test_whatever_is_asked_is_answered(cora, cast):
    cast.vera()
    request_id = cast.request()
    asked = ["?bar=nonsense", "?bar=too_far&page=0", f"?bar=too_far&page={10**30}"]
    assert {cora.get(page_of(request_id, each)).status_code for each in asked} == {200}
