"""Signing in by OpenID Connect, against a small provider on this machine that speaks it."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from matcher.app import create_app
from matcher.records.database import db
from matcher.web.limits import limiter
from tests.conftest import COMPILED, Browser, make_settings

KEY = RSAKey.generate_key(2048, {"kid": "one"})
ANOTHER = RSAKey.generate_key(2048, {"kid": "one"})
CORA = "cora@help.test"
BACK = "/coordinator/sign-in/organisation/back"
ENTER = "/coordinator/sign-in/organisation/enter"


class Provider(BaseHTTPRequestHandler):
    """Tells where it is, hands out its key, and takes a code for a signed word about somebody."""

    def do_GET(self):
        self.server.asked.append(self.path)
        issuer = self.server.issuer
        metadata = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        keys = {"keys": [KEY.as_dict(private=False)]}
        self.tell(keys if self.path == "/keys" else metadata)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        verifier = sent["code_verifier"][0].encode()
        hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        if hashed != self.server.challenge or sent["code"] != ["the-code"]:
            self.send_error(400)
            return
        now = int(time.time())
        said = {"iss": self.server.issuer, "aud": "matcher", "sub": "1", "iat": now}
        said |= {"exp": now + 300, "nonce": self.server.nonce, "email": CORA}
        said |= {"email_verified": True, **self.server.changes}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, said, self.server.key)
        self.tell({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def tell(self, value):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *_words):
        pass


@pytest.fixture
def provider():
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        server.issuer = f"http://127.0.0.1:{server.server_port}"
        server.asked, server.changes, server.key = [], {}, KEY
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(database_url, provider, request):
    given = getattr(request, "param", {})
    names = {"openid_issuer": provider.issuer, "openid_client_id": "matcher"}
    return make_settings(database_url, openid_client_secret="secret", **names, **given)


@pytest.fixture
def app(settings, monkeypatch):
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    monkeypatch.setattr(limiter, "enabled", False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app):
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Browser
    return app.test_client()


def go_and_come_back(client, provider, **altered):
    """Go to the provider and come back with the code; return the answer."""
    away = client.get("/coordinator/sign-in/organisation")
    sent = {name: each[0] for name, each in parse_qs(urlsplit(away.location).query).items()}
    assert sent["code_challenge_method"] == "S256"
    assert sent["redirect_uri"] == f"http://help.test{BACK}"
    provider.challenge, provider.nonce = sent["code_challenge"], sent["nonce"]
    return client.get(BACK, query_string={"code": "the-code", "state": sent["state"], **altered})


def is_signed_in(client):
    return client.get("/coordinator").status_code == 200


def test_a_coordinator_is_signed_in_by_the_press_after_coming_back(client, provider, cast):
    cast.coordinator(email=CORA)
    assert go_and_come_back(client, provider).location == ENTER
    assert not is_signed_in(client)
    assert client.post(ENTER).location == "/coordinator"
    assert is_signed_in(client)


def test_an_address_that_was_not_invited_gets_no_further(client, provider, cast):
    cast.coordinator(email="somebody.else@help.test")
    go_and_come_back(client, provider)
    assert client.post(ENTER).status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "changes",
    [
        {"email_verified": False},
        {"email": ""},
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"exp": 1},
    ],
)
def test_a_word_that_is_not_for_us_or_proves_nothing_is_refused(client, provider, cast, changes):
    cast.coordinator(email=CORA)
    provider.changes = changes
    assert go_and_come_back(client, provider).status_code == 502
    assert client.post(ENTER).location == "/coordinator/sign-in"


def test_a_word_signed_by_another_key_is_refused(client, provider, cast):
    cast.coordinator(email=CORA)
    provider.key = ANOTHER
    assert go_and_come_back(client, provider).status_code == 502


@pytest.mark.parametrize("altered", [{"state": "another"}, {"code": "another"}, {"error": "no"}])
def test_a_way_back_that_we_did_not_send_anybody_is_refused(client, provider, cast, altered):
    cast.coordinator(email=CORA)
    assert go_and_come_back(client, provider, **altered).status_code == 502
    assert not is_signed_in(client)


def test_a_way_back_is_good_once(client, provider, cast):
    cast.coordinator(email=CORA)
    go_and_come_back(client, provider)
    assert client.get(BACK, query_string={"code": "the-code", "state": "old"}).status_code == 502
    assert client.post(ENTER).location == "/coordinator/sign-in"


@pytest.mark.parametrize(
    ("settings", "offered"),
    [({}, True), ({"sign_in_links": False}, False)],
    indirect=["settings"],
)
def test_emailed_links_stay_unless_the_setting_says_otherwise(client, offered):
    page = client.get("/coordinator/sign-in").text
    assert "Sign in with your organisation" in page
    assert ("Send me a link" in page) == offered


@pytest.mark.parametrize("settings", [{"sign_in_links": False}], indirect=True)
def test_no_link_is_sent_where_links_are_switched_off(client, cast):
    cast.coordinator(email=CORA)
    client.post("/coordinator/sign-in", data={"email": CORA})
    assert cast.emails("coordinator_sign_in") == []


def test_a_provider_that_is_away_is_said_plainly(client, provider):
    provider.shutdown()
    provider.server_close()
    assert client.get("/coordinator/sign-in/organisation").status_code == 502
