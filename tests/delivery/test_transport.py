"""The way to the mail server, tried on real servers that misbehave.

The folder certificates holds a key and a certificate each for "localhost" and "elsewhere.example",
good for a hundred years and for nothing but these tests.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from flask import Flask

from matcher.delivery.transport import PutOff, RefusedForGood, Sent, Transport
from matcher.settings import Settings

CERTIFICATES = Path(__file__).parent / "certificates"
LOCALHOST, ELSEWHERE = CERTIFICATES / "localhost.pem", CERTIFICATES / "elsewhere.pem"
SENDER, TO = "ask@help.example", "victor@walsall.example"
#: How long a server may be silent: long for those that answer, short for those that do not.
PATIENT, SECONDS = 20, 0.4


class Server:
    """Takes everything, and answers what the test says at RCPT and DATA."""

    def __init__(self, rcpt="250 OK", data="250 taken"):
        self.rcpt, self.data = rcpt, data
        self.taken, self.sessions, self.logins = [], set(), []

    async def handle_RCPT(self, _server, session, envelope, address, _options):  # noqa: N802  aiosmtpd's
        self.sessions.add(session.peer)
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's
        if self.data.startswith("250"):
            self.taken.append(envelope)
        return self.data

    def authenticate(self, _server, _session, _envelope, _mechanism, given):
        self.logins.append(given.login)
        return AuthResult(success=given.password == b"right")


class AnyPort(Controller):
    """A server on a port that the system chooses."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(handler, **options) -> Iterator[int]:
    controller = AnyPort(handler, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def scripted(answer: Callable[[socket.socket, int], None]) -> Iterator[int]:
    """A server that does with each connection, numbered from 0, what ``answer`` says."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve():
            for number in count():
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    answer(connection, number)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def talk(connection: socket.socket, *answers: str) -> None:
    """Say each answer in turn, waiting for a line after each; the message ends with a dot."""
    with connection.makefile("rb") as lines:
        for answer in answers:
            connection.sendall(answer.encode() + b"\r\n")
            line = lines.readline()
            while answer.startswith("354") and line.strip() not in (b".", b""):
                line = lines.readline()


def settings(port: int, **changes) -> Settings:
    values = {
        "base_url": "http://help.test",
        "secret_key": "s" * 32,
        "link_keys": "one:" + "k" * 32,
        "mail_from": SENDER,
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_tls": "none",
        "smtp_timeout_seconds": PATIENT,
    }
    return Settings(**{**values, **changes})


def to(port: int, **changes) -> Transport:
    return Transport(Flask(__name__), settings(port, **changes))


def letter(text: str = "Hello\n") -> EmailMessage:
    message = EmailMessage()
    message["To"], message["Subject"] = TO, "Help"
    message.set_content(text)
    return message


def send(transport: Transport):
    return transport.send(letter(), sender=SENDER, to=TO)


def answer_of(handler: Server):
    with running(handler) as port, to(port) as transport:
        return send(transport)


def answer_to_script(answer: Callable[[socket.socket, int], None], seconds: float = PATIENT):
    with scripted(answer) as port, to(port, smtp_timeout_seconds=seconds) as transport:
        return send(transport)


def test_an_email_is_handed_over_to_the_one_it_is_for():
    server = Server()
    assert answer_of(server) == Sent()
    (taken,) = server.taken
    assert (taken.mail_from, taken.rcpt_tos) == (SENDER, [TO])
    assert b"Subject: Help\r\n" in taken.content


def test_many_emails_go_over_one_connection():
    server = Server()
    with running(server) as port, to(port) as transport:
        assert [send(transport) for _ in range(5)] == [Sent()] * 5
    assert len(server.sessions) == 1


@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "553 no", "511 5.1.1 bad address"])
def test_an_address_that_is_refused_at_rcpt_is_refused_for_good(answer):
    assert answer_of(Server(rcpt=answer)) == RefusedForGood(answer)


@pytest.mark.parametrize("answer", ["450 4.2.0 greylisted", "452 too many recipients", "421 busy"])
def test_an_address_that_is_put_off_at_rcpt_is_put_off(answer):
    assert answer_of(Server(rcpt=answer)) == PutOff(answer, reached=True)


@pytest.mark.parametrize(
    "answer",
    ["554 5.7.1 <victor>: Relay access denied", "550 5.7.54 unable to relay", "530 sign in first"],
)
def test_a_server_that_does_not_trust_us_says_nothing_about_the_address(answer):
    assert answer_of(Server(rcpt=answer)) == PutOff(answer, reached=True)


def test_a_message_that_is_refused_at_data_is_refused_for_good():
    assert answer_of(Server(data="554 no")) == RefusedForGood("554 no")


def test_a_message_that_is_put_off_at_data_is_put_off():
    assert answer_of(Server(data="451 later")) == PutOff("451 later", reached=True)


def test_a_refused_address_does_not_harm_the_next_email():
    server = Server(rcpt="550 no such user")
    with running(server) as port, to(port) as transport:
        send(transport)
        server.rcpt = "250 OK"
        assert send(transport) == Sent()
    assert len(server.sessions) == 1


def test_after_a_421_the_next_email_goes_over_a_new_connection():
    server = Server(rcpt="421 going down")
    with running(server) as port, to(port) as transport:
        send(transport)
        server.rcpt = "250 OK"
        assert send(transport) == Sent()
    assert len(server.sessions) == 2


def test_a_server_that_is_not_there_puts_the_email_off():
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with to(port) as transport:
        answer = send(transport)
    assert isinstance(answer, PutOff)
    assert not answer.reached


@pytest.mark.parametrize("greeting", ["421 busy", "554 no service here"])
def test_a_greeting_that_turns_us_away_puts_the_email_off(greeting):
    answer = answer_to_script(lambda connection, _number: talk(connection, greeting))
    assert isinstance(answer, PutOff)
    assert not answer.reached


def test_a_sender_that_is_refused_is_our_fault_and_puts_the_email_off():
    answers = "220 hello", "250 hello", "550 5.1.8 unknown sender", "250 reset", "221 bye"
    answer = answer_to_script(lambda connection, _number: talk(connection, *answers))
    assert answer == PutOff("sender refused: 550 5.1.8 unknown sender", reached=True)


def test_a_server_that_accepts_and_stays_silent_is_waited_for_no_longer_than_set():
    gone = threading.Event()
    answer = answer_to_script(lambda _connection, _number: gone.wait(2 * SECONDS), SECONDS)
    assert isinstance(answer, PutOff)
    assert not answer.reached


def test_a_server_that_drips_is_waited_for_no_longer_than_set():
    gone = threading.Event()

    def drip(connection, _number):
        talk(connection, "220 hello")
        try:
            for _ in range(40):
                connection.sendall(b"2")
                gone.wait(SECONDS / 4)
        except OSError:
            gone.set()

    assert isinstance(answer_to_script(drip, SECONDS), PutOff)
    assert gone.is_set()


def test_a_message_whose_taking_was_not_confirmed_is_put_off_and_not_sent_twice_at_once():
    tried = []

    def drop_before_250(connection, number):
        tried.append(number)
        talk(connection, "220 hello", "250 hello", "250 OK", "250 OK", "354 go on")

    answer = answer_to_script(drop_before_250)
    assert isinstance(answer, PutOff)
    assert answer.reached
    assert tried == [0]


def test_a_connection_that_closed_between_emails_is_opened_anew():
    whole = "220 hello", "250 hello", "250 OK", "250 OK", "354 go on"
    tried, closed = [], threading.Event()

    def close_after_one(connection, number):
        tried.append(number)
        talk(connection, *whole)
        connection.sendall(b"250 taken\r\n")
        connection.shutdown(socket.SHUT_RDWR)
        closed.set()

    with scripted(close_after_one) as port, to(port) as transport:
        assert send(transport) == Sent()
        assert closed.wait(5)
        assert send(transport) == Sent()
    assert tried == [0, 1]


def test_a_complaint_at_the_goodbye_takes_nothing_back():
    whole = "220 hello", "250 hello", "250 OK", "250 OK", "354 go on", "250 taken", "554 no goodbye"
    assert answer_to_script(lambda connection, _number: talk(connection, *whole)) == Sent()


def test_a_long_answer_is_kept_in_short():
    answer = answer_of(Server(data="554 " + "no " * 160))
    assert isinstance(answer, RefusedForGood)
    assert len(answer.why) <= 500


def encrypted(certificate: Path, tls: str):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if tls == "tls":
        return {"ssl_context": context}
    return {"tls_context": context, "require_starttls": True}


@contextmanager
def asking_for_a_password(server: Server, password: str) -> Iterator[Transport]:
    options = encrypted(LOCALHOST, "starttls")
    options |= {"authenticator": server.authenticate, "auth_required": True}
    user = {"smtp_username": "us", "smtp_password": password}
    safe = {"smtp_host": "localhost", "smtp_tls": "starttls", "smtp_ca_file": LOCALHOST}
    with running(server, **options) as port, to(port, **user, **safe) as transport:
        yield transport


def test_a_user_signs_in():
    server = Server()
    with asking_for_a_password(server, "right") as transport:
        assert send(transport) == Sent()
    assert server.logins == [b"us"]


def test_a_wrong_password_puts_the_email_off():
    with asking_for_a_password(Server(), "wrong") as transport:
        answer = send(transport)
    assert isinstance(answer, PutOff)
    assert not answer.reached


each_tls = pytest.mark.parametrize("tls", ["tls", "starttls"])


def over(server: Server, tls: str, certificate: Path, trusted: Path | None, count: int = 1):
    """The answers to emails sent to "localhost", which shows this certificate."""
    safe = {"smtp_host": "localhost", "smtp_tls": tls, "smtp_ca_file": trusted}
    with running(server, **encrypted(certificate, tls)) as port, to(port, **safe) as transport:
        return [send(transport) for _ in range(count)]


@each_tls
def test_an_encrypted_connection_to_the_right_server_is_used(tls):
    server = Server()
    assert over(server, tls, LOCALHOST, LOCALHOST, 2) == [Sent(), Sent()]
    assert len(server.sessions) == 1


@each_tls
@pytest.mark.parametrize(
    ("certificate", "trusted"), [(ELSEWHERE, ELSEWHERE), (LOCALHOST, None), (ELSEWHERE, LOCALHOST)]
)
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(tls, certificate, trusted):
    server = Server()
    (answer,) = over(server, tls, certificate, trusted)
    assert isinstance(answer, PutOff)
    assert "CERTIFICATE_VERIFY_FAILED" in answer.why
    assert server.taken == []


def test_a_server_that_cannot_encrypt_gets_nothing_where_that_is_asked_for():
    server = Server()
    with running(server) as port, to(port, smtp_tls="starttls") as transport:
        answer = send(transport)
    assert isinstance(answer, PutOff)
    assert server.taken == []
