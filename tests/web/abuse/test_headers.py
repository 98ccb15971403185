"""Every answer carries the headers that keep a browser from being used against its owner."""

import re

import pytest

from matcher.app import create_app
from tests.conftest import HOST, Browser, make_settings

pytestmark = pytest.mark.usefixtures("monday")

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "frame-ancestors 'none'")
LOOSE = re.compile(r"unsafe-|\*|https?:")
OTHERS = {
    "a file": ("GET", "/static/favicon.ico", {}),
    "no file": ("GET", "/static/nothing.css", {}),
    "no page": ("GET", "/nothing-here", {}),
    "no such method": ("PUT", "/", {}),
    "another host": ("GET", "/", {"base_url": "http://evil.example"}),
    "too much": ("POST", "/ask/need", {"data": {"need": "x" * 2_000_000}}),
}


def problems(answer):
    """What is missing or too loose in an answer's headers."""
    policy = answer.headers.get("Content-Security-Policy", "")
    if "Access-Control-Allow-Origin" in answer.headers:
        return ["open to pages of others"]
    missing = [name for name, value in WANTED.items() if answer.headers.get(name) != value]
    return missing + [each for each in POLICY if each not in policy] + LOOSE.findall(policy)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_page_and_every_press_has_the_headers(client, paths, method):
    answers = {path: client.open(path, method=method) for path in paths(method)}
    assert len(answers) > 50
    assert {path: problems(each) for path, each in answers.items() if problems(each)} == {}


@pytest.mark.parametrize(
    "path", ["/volunteer/sign-in", "/t/status/x", "/coordinator", "/your-data"]
)
def test_what_is_somebodys_is_kept_by_no_cache(client, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("other", OTHERS.values(), ids=list(OTHERS))
def test_files_and_errors_have_the_headers(client, other):
    method, path, more = other
    with client.open(path, method=method, **more) as answer:
        assert problems(answer) == []


def test_a_fault_has_the_headers_and_says_nothing_of_itself(client, app, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "public.start", lambda: 1 / 0)
    answer = client.get("/")
    assert (answer.status_code, problems(answer)) == (500, [])
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize("path", ["/", "/static/favicon.ico", "/nothing-here"])
def test_over_https_browsers_are_told_to_stay_there(sqlite_url, path):
    app = create_app(make_settings(sqlite_url, base_url=f"https://{HOST}"))
    app.test_client_class = Browser
    with app.test_client().get(path, base_url=f"https://{HOST}") as answer:
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_nonce_is_good_for_one_page(client):
    nonces = {client.get("/").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(nonces) == 3
