"""An application with nothing in it but forms, and a hundred inputs that nobody should send."""

import string

import pytest
from flask import Flask
from flask_babel import Babel
from jinja2 import PackageLoader, PrefixLoader
from werkzeug.datastructures import MultiDict

CONTROLS = [f"before{chr(code)}after" for code in (*range(9), *range(14, 32), 127, 133, 155)]
HIDDEN = [f"before{each}after" for each in "\u200b\u2060\ufeff\u202a\u202d\u202e\u2066\u2069\u00ad"]
EMPTY = ["", " ", "\n", "\r\n\r\n", "\t", "\u00a0", "\u3000", "\u200b", "\x00", "\x0b\x0c"]
LONG = [
    "x" * 100_000,
    "x\n" * 50_000,
    "é" * 5_000,
    "👩‍👩‍👧‍👦" * 1_000,
    "\u0301" * 5_000,
    "9" * 5_000,
]
FOREIGN = [
    "שלום עולם",
    "مرحبا بالعالم",
    "日本語",
    "🧑‍🏫",
    "Ynys Môn",
    "Z̷̢̛a̸l̶g̴o̵",
    "e\u0301",
    "ﬁﬀ",
    "\ud800",
    "²³¹",
    "１２３",
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%(noun)s %s %d",
    "${7*7}",
    "'; DROP TABLE help_request; --",
    "1 OR 1=1",
    '=HYPERLINK("http://x","y")',
    "+44 2+2",
    "-2+3",
    "@SUM(1)",
    "../../etc/passwd",
    "a@b.c\r\nBcc: d@e.f",
    "C:\\con\\nul",
    "\\x00",
    "&#0;",
    "]]>",
]
WRONG = [
    "31/02/2027",
    "yesterday",
    "-1",
    "0",
    "1e9",
    "NaN",
    "inf",
    "1_000",
    "0x10",
    "99999999999",
    "١٢",
]
WRONG += [
    "nobody",
    "@",
    "a@",
    "@b",
    "a@b",
    "a..b@c.uk",
    "a@localhost",
    "a b@c.uk",
    "a@[127.0.0.1]",
    "ü@ü.uk",
]
BAD_INPUTS = [*CONTROLS, *HIDDEN, *EMPTY, *LONG, *FOREIGN, *HOSTILE, *WRONG, string.printable]


def pytest_generate_tests(metafunc):
    if "bad_input" in metafunc.fixturenames:
        numbers = [f"{number}" for number in range(len(BAD_INPUTS))]
        metafunc.parametrize("bad_input", BAD_INPUTS, ids=numbers)


@pytest.fixture(scope="session")
def form_app():
    app = Flask("forms")
    app.config.update(SECRET_KEY="only for tests", WTF_CSRF_ENABLED=False)
    components = PackageLoader("govuk_frontend_jinja")
    app.jinja_loader = PrefixLoader({"govuk_frontend_jinja": components})
    Babel(app)
    return app


@pytest.fixture
def sent(form_app):
    """Return a function that fills in a form class as a browser would, and checks it."""

    def fill(form_class, **values):
        form = form_class(
            MultiDict({name.replace("__", "-"): each for name, each in values.items()})
        )
        form.validate()
        return form

    with form_app.test_request_context(method="POST"):
        yield fill
