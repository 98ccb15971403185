"""A session is new at each sign-in, ends everywhere at sign-out, and cannot be made up."""

import pytest
from flask.sessions import SecureCookieSessionInterface

from matcher.app import create_app
from matcher.mail.links import Purpose
from matcher.records.volunteers import Volunteer
from tests.conftest import HOST, make_settings

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def victor(cast):
    return cast.volunteer(email="victor.osei@walsall.example")


@pytest.fixture
def link(client, address, victor):
    client.post("/volunteer/sign-in", data={"email": "victor.osei@walsall.example"})
    return address(Purpose.SIGN_IN_VOLUNTEER, volunteer_id=victor)


def cookie(client):
    return client.get_cookie("session", domain=HOST).value


def test_nothing_of_the_session_before_is_kept_at_sign_in(client, link):
    with client.session_transaction(base_url=f"http://{HOST}") as planted:
        planted["csrf_token"] = planted["need"] = "known to an attacker"
    client.post(link)
    with client.session_transaction(base_url=f"http://{HOST}") as kept:
        assert "known to an attacker" not in kept.values()


def test_a_cookie_from_before_the_sign_in_is_not_signed_in_by_it(client, app, link):
    client.get("/ask/need")
    fixed = client.get_cookie("session", domain=HOST)
    client.post(link)
    attacker = app.test_client()
    if fixed is not None:
        attacker.set_cookie("session", fixed.value, domain=HOST)
    assert attacker.get("/volunteer").status_code == 302


def test_a_copied_cookie_is_worthless_after_signing_out(client, app, link):
    client.post(link)
    thief = app.test_client()
    thief.set_cookie("session", cookie(client), domain=HOST)
    assert thief.get("/volunteer").status_code == 200
    client.post("/sign-out")
    assert thief.get("/volunteer").status_code == 302


def test_signing_out_leaves_nothing_in_the_browser(client, link):
    client.post(link)
    client.post("/ask/need", data={"need": "Somebody to brief us on flooding."})
    client.post("/sign-out")
    with client.session_transaction(base_url=f"http://{HOST}") as kept:
        assert set(kept) <= {"_flashes"}


def test_a_cookie_signed_with_another_key_is_nobodys(client, app, cast, victor, tmp_path):
    kept = cast.get(Volunteer, victor)
    other = create_app(make_settings(f"sqlite:///{tmp_path}/x.sqlite", secret_key="o" * 32))
    signer = SecureCookieSessionInterface().get_signing_serializer(other)
    forged = signer.dumps({"_user_id": f"volunteer:{victor}:{kept.session_key}", "_fresh": True})
    client.set_cookie("session", forged, domain=HOST)
    assert client.get("/volunteer").status_code == 302


def test_a_link_that_signs_in_opens_nothing_the_second_time(client, app, link):
    client.post(link)
    thief = app.test_client()
    assert thief.post(link).status_code == 410
    assert thief.get("/volunteer").status_code == 302


def test_the_cookie_is_for_this_host_for_https_and_for_no_script(sqlite_url):
    app = create_app(make_settings(sqlite_url, base_url="https://help.test"))
    answer = app.test_client().get("/volunteer/sign-in", base_url="https://help.test")
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    marks = {each.strip() for each in rest.split(";")[1:]}
    assert name == "__Host-session"
    assert marks == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_no_page_sets_another_cookie_than_the_session(client, paths):
    answers = [client.open(path, method=way) for way in ("GET", "POST") for path in paths(way)]
    named = {each.partition("=")[0] for a in answers for each in a.headers.getlist("Set-Cookie")}
    assert named == {"session"}
