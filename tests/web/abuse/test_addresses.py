"""Nobody is led away from the service, and no link names another host than the one that was set."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from matcher.app import create_app
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.coordinators import Coordinator
from matcher.records.database import db
from matcher.records.limits import Tally
from tests.conftest import HOST, Browser

pytestmark = pytest.mark.usefixtures("monday")

EVIL = "https://evil.example/"
NAMES = ("next", "url", "return", "return_to", "redirect", "redirect_uri", "continue", "back", "to")
PATHS = ("//evil.example", "/\\evil.example", "/%5cevil.example", "/%2f%2fevil.example")


def leads_away(answer):
    at = urlsplit(answer.headers.get("Location", ""))
    return bool(at.netloc and at.hostname != HOST) or (at.path or "/").startswith(("//", "/\\"))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_in_a_request_is_where_it_leads(client, paths, cast, method):
    row = cast.rows(Coordinator)[0]
    with client.session_transaction(base_url=f"http://{HOST}") as session:
        session["_user_id"] = f"{Actor.COORDINATOR}:{row.id}:{row.session_key}"
    asked = dict.fromkeys(NAMES, EVIL)
    sent = {"query_string": asked, "data": asked if method == "POST" else None}
    tried = list(paths(method))
    away = [path for path in tried if leads_away(client.open(path, method=method, **sent))]
    assert away == []


@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_read_as_another_host(client, path):
    answer = client.get(path)
    assert not leads_away(answer)


@pytest.mark.parametrize(
    "named",
    [
        {"Host": "evil.example"},
        {"Host": f"{HOST}.evil.example"},
        {"Host": f"evil.example:80@{HOST}"},
        {"Host": f"{HOST}@evil.example"},
    ],
)
def test_another_host_is_not_served(client, named):
    assert client.get("/", headers=named).status_code == 400


@pytest.mark.parametrize("trusted", [0, 1])
def test_a_host_that_a_proxy_forwards_is_believed_by_nobody(settings, trusted):
    app = create_app(settings.model_copy(update={"trusted_proxies": trusted}))
    app.test_client_class = Browser
    named = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    with app.test_client().get("/favicon.ico", headers=named) as answer:
        assert "evil.example" not in answer.location


def test_links_in_emails_are_built_from_the_settings_alone(client, cast, app, address):
    victor = cast.volunteer(email="victor.osei@walsall.example")
    named = {"X-Forwarded-Host": "evil.example", "X-Original-URL": EVIL, "Referer": EVIL}
    client.post("/volunteer/sign-in", data={"email": "victor.osei@walsall.example"}, headers=named)
    (email,) = cast.emails("your_page", volunteer_id=victor)
    assert "evil" not in repr((email.context, email.links))
    assert client.get(address(Purpose.SIGN_IN_VOLUNTEER, volunteer_id=victor)).status_code == 200


def test_a_network_that_no_trusted_proxy_names_is_not_believed(client, cast):
    cast.volunteer(email="victor.osei@walsall.example")
    for number in range(3):
        client.post(
            "/volunteer/sign-in",
            data={"email": "victor.osei@walsall.example"},
            headers={"X-Forwarded-For": f"203.{number}.113.1"},
            environ_base={"REMOTE_ADDR": "192.0.2.1"},
        )
    db.session.rollback()
    keys = db.session.scalars(select(Tally.key).where(Tally.key.contains("sign-in network")))
    assert [key.rpartition(" ")[2] for key in keys] == ["192.0.2.0/24"]
