"""The pages of hellos, from both sides; and the one press that ends them."""

import pytest

from matcher.actions.network.greeting import be_findable
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.hellos import Hello
from matcher.records.volunteers import Volunteer


@pytest.fixture
def anna(client, cast, sign_in, monday):
    """Anna, who agreed to be found; the address of her own hellos."""
    volunteer_id = cast.volunteer(name="Anna Berg")
    sign_in(volunteer_id)
    page = client.post("/volunteer/peers").location
    client.post(page, data={"findable": "yes"})
    return page


@pytest.fixture
def bert(cast):
    volunteer_id = cast.volunteer(name="Bert Hill")
    be_findable(volunteer_id, True, cast.acting(Actor.VOLUNTEER, volunteer_id))
    return volunteer_id


def test_two_volunteers_meet_without_an_address(client, cast, anna, bert, address):
    assert "Bert Hill" in client.get(anna).text
    client.post(f"{anna}/to/{bert}", data={"words": "Hello <b>Bert</b>!"})
    berts = address(Purpose.HELLO, volunteer_id=bert)
    page = client.get(f"{berts}/1").text
    assert "Hello &lt;b&gt;Bert&lt;/b&gt;!" in page
    client.post(f"{berts}/1", data={"words": "Hello Anna!"})
    page = client.get(f"{anna}/1").text
    assert "Hello Anna!" in page
    assert cast.get(Volunteer, bert).email not in page


def test_only_who_is_shown_can_be_written_to(client, cast, anna):
    hidden = cast.volunteer()
    assert client.get(f"{anna}/to/{hidden}").status_code == 404
    assert client.post(f"{anna}/to/{hidden}", data={"words": "Hello!"}).status_code == 404


def test_nobody_opens_a_hello_of_others(client, cast, anna, bert, address):
    client.post(f"{anna}/to/{bert}", data={"words": "Hello!"})
    eve = cast.volunteer()
    be_findable(eve, True, cast.acting(Actor.VOLUNTEER, eve))
    client.post(f"{anna}/to/{eve}", data={"words": "Hello!"})
    eves = address(Purpose.HELLO, volunteer_id=eve)
    for page in (f"{eves}/1", f"{eves}/1/report"):
        assert client.get(page).status_code == 404
    client.post(f"{eves}/1/end")
    assert cast.rows(Hello)[0].state == "sent"


def test_too_long_and_too_many_come_back_with_what_was_typed(client, cast, anna, bert):
    page = client.post(f"{anna}/to/{bert}", data={"words": "x" * 501})
    assert page.status_code == 422
    assert "500 characters or fewer" in page.text
    assert "x" * 501 in page.text


def test_a_mail_programs_button_ends_hellos_and_nothing_else(client, cast, anna, bert, address):
    client.post(f"{anna}/to/{bert}", data={"words": "Hello!"})
    stop = address(Purpose.STOP_HELLOS, volunteer_id=bert)
    assert "One press ends that" in client.get(stop).text
    client.post(stop, data={"List-Unsubscribe": "One-Click"})
    volunteer = cast.get(Volunteer, bert)
    assert (volunteer.findable, volunteer.state) == (False, "active")
    assert "Nobody finds you" in client.get(stop).text


def test_a_report_reaches_the_desk(client, cast, anna, bert, address, cora):
    client.post(f"{anna}/to/{bert}", data={"words": "Hello!"})
    berts = address(Purpose.HELLO, volunteer_id=bert)
    client.post(f"{berts}/1/report", data={"why": "It sells something."})
    assert "It sells something." in cora.get("/coordinator/tasks").text
    cora.post("/coordinator/volunteers/1/no-hellos")
    assert cast.get(Volunteer, 1).hellos_barred
    assert "A coordinator has ended this for you" in client.get(anna).text
