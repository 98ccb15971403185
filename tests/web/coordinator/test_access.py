"""People and access at the desk."""

from matcher.lifecycle.access import Role
from matcher.mail.links import Purpose
from matcher.records.coordinators import Coordinator

ACCESS = "/coordinator/access"
COLIN = {"name": "Colin Field", "email": "colin@programme.example", "role": "reader"}


def test_whoever_is_invited_signs_in_by_the_link_once(cora, cast, address):
    cora.post(ACCESS, data=COLIN)
    colin = cast.rows(Coordinator, email=COLIN["email"])[0].id
    link = address(Purpose.COORDINATOR_INVITED, coordinator_id=colin)
    assert "Colin Field" in cora.get(link).text
    assert cora.post(link).location == "/coordinator"
    assert cora.post(link).status_code == 410


def test_somebody_with_access_is_not_invited_twice(cora):
    cora.post(ACCESS, data=COLIN)
    assert "has access already" in cora.post(ACCESS, data=COLIN).text


def test_a_session_ends_with_the_access(cora, cast, address, app):
    cora.post(ACCESS, data=COLIN)
    colin = cast.rows(Coordinator, email=COLIN["email"])[0].id
    browser = app.test_client()
    browser.post(address(Purpose.COORDINATOR_INVITED, coordinator_id=colin))
    assert browser.get("/coordinator").status_code == 200
    cora.post(f"{ACCESS}/{colin}/end")
    assert browser.get("/coordinator").location == "/coordinator/sign-in"


def test_another_role_counts_at_once(cora, cast, address, app):
    cora.post(ACCESS, data=COLIN)
    colin = cast.rows(Coordinator, email=COLIN["email"])[0].id
    browser = app.test_client()
    browser.post(address(Purpose.COORDINATOR_INVITED, coordinator_id=colin))
    cora.post(f"{ACCESS}/{colin}", data={"role": Role.COORDINATOR})
    assert browser.get("/coordinator/tasks").status_code == 200
