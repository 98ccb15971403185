"""Signing in to a mail server: not at all, by password, and by tokens of two kinds.

A real server of aiosmtpd speaks XOAUTH2; a real token address hands tokens out.
"""

import base64
import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from aiosmtpd.smtp import MISSING, AuthResult, auth_mechanism

from matcher.delivery.tokens import NoToken, Tokens
from matcher.delivery.transport import PutOff, Sent
from tests.delivery.test_transport import Server, running, send, settings, to

USER = "ask@help.example"


class Office(Server):
    """A mail server that lets in whoever has the token of the day."""

    def __init__(self, good="good"):
        super().__init__()
        self.good, self.given = good, []

    @auth_mechanism("XOAUTH2")
    async def auth_XOAUTH2(self, server, args):  # noqa: N802  aiosmtpd's
        words = args[1] if len(args) > 1 else ""
        user, bearer, *_ = base64.b64decode(words).decode().split("\1")
        self.given.append((user.removeprefix("user="), bearer.removeprefix("auth=Bearer ")))
        if self.given[-1] == (USER, self.good):
            return AuthResult(success=True, auth_data=user)
        said = await server.challenge_auth(json.dumps({"status": "401"}))
        assert said in (b"", MISSING)
        return AuthResult(success=False, handled=False)


class TokenAddress(BaseHTTPRequestHandler):
    """Hands out tokens, numbered, to whoever knows the secret."""

    def do_POST(self):
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(asked)
        told = self.server.tells
        self.send_response(200 if asked["client_secret"] == ["secret"] else 401)
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *_words):
        pass


@contextmanager
def token_address(tells='{"access_token": "good", "expires_in": 3600}'):
    with ThreadingHTTPServer(("127.0.0.1", 0), TokenAddress) as server:
        server.asked, server.tells = [], tells
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def by_credentials(server, **changes):
    values = {
        "smtp_username": USER,
        "smtp_token_url": f"http://127.0.0.1:{server.server_port}/token",
        "smtp_client_id": "matcher",
        "smtp_client_secret": "secret",
        "smtp_token_scope": "https://mail.example/.default",
    }
    return values | changes


def by_command(words):
    return {
        "smtp_username": USER,
        "smtp_token_command": f"{sys.executable} -c \"print('{words}')\"",
    }


def answer_of(office, given):
    with running(office, auth_require_tls=False) as port, to(port, **given) as transport:
        return send(transport)


def test_a_command_that_prints_a_token_signs_us_in():
    office = Office()
    assert answer_of(office, by_command("good")) == Sent()
    assert office.given == [(USER, "good")]


def test_client_credentials_sign_us_in():
    with token_address() as server:
        assert answer_of(Office(), by_credentials(server)) == Sent()
    (asked,) = server.asked
    assert asked["grant_type"] == ["client_credentials"]
    assert asked["scope"] == ["https://mail.example/.default"]


def test_a_token_is_kept_while_it_is_good():
    with token_address() as server:
        tokens = Tokens(settings(1, **by_credentials(server)))
        assert [tokens.get(), tokens.get()] == ["good", "good"]
    assert len(server.asked) == 1


def test_a_token_that_ends_soon_is_asked_for_anew():
    with token_address('{"access_token": "good", "expires_in": 30}') as server:
        tokens = Tokens(settings(1, **by_credentials(server)))
        assert [tokens.get(), tokens.get()] == ["good", "good"]
    assert len(server.asked) == 2


def test_a_token_that_is_not_taken_puts_the_email_off_and_is_asked_for_anew():
    office = Office(good="new")
    with (
        token_address() as server,
        running(office, auth_require_tls=False) as port,
        to(port, **by_credentials(server)) as transport,
    ):
        put_off = send(transport)
        server.tells = '{"access_token": "new", "expires_in": 3600}'
        assert send(transport) == Sent()
    assert isinstance(put_off, PutOff)
    assert not put_off.reached


@pytest.mark.parametrize("tells", ["", "[]", "{}", '{"access_token": "a\\r\\nQUIT"}'])
def test_an_answer_that_holds_no_token_is_no_token(tells):
    with token_address(tells) as server, pytest.raises(NoToken):
        Tokens(settings(1, **by_credentials(server))).get()


def test_a_refusal_puts_the_email_off_and_never_tells_the_secret():
    with token_address() as server:
        given = by_credentials(server, smtp_client_secret="wrong")
        answer = answer_of(Office(), given)
    assert isinstance(answer, PutOff)
    assert "SMTP_TOKEN_URL answers 401" in answer.why
    assert "wrong" not in answer.why


@pytest.mark.parametrize("words", ["", "two words"])
def test_a_command_that_prints_no_token_puts_the_email_off(words):
    assert isinstance(answer_of(Office(), by_command(words)), PutOff)


def test_a_command_that_is_not_there_puts_the_email_off():
    given = {"smtp_username": USER, "smtp_token_command": "/nowhere/at/all"}
    assert isinstance(answer_of(Office(), given), PutOff)
