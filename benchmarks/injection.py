"""Hostile strings in every value of every email, read back by parsers of others.

    python benchmarks/injection.py [--strings 10000]

Each string is put into every value that an email tells, into the name of whoever gets it, and
into the name of the programme; every email has its turn. It prints how many were bent.
"""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hostile import harm_in_email, strings

from matcher.mail.emails import Email
from matcher.mail.message import Envelope, build
from matcher.mail.rendering import Renderer
from tests.builders_mail import EVERY, TEMPLATES, values_of

TO = "ruth@westberks.example"
ALLOWED = frozenset(
    [
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ]
)
#: Values that say which form of an email is meant, and are no words of anybody.
KINDS = {"who_pays", "kind", "reason", "side", "state", "on", "begins", "ends", "uid", "link"}
RENDERER = Renderer(TEMPLATES)


def filled_email(email: Email, words: str) -> bytes:
    """Return an email in which ``words`` stand wherever it tells somebody's words."""
    values = {**values_of(email), "to_name": words, "programme_name": words}
    told = {name: _filled(value, words, name) for name, value in values.items()}
    rendered = RENDERER.render(email.name, told)
    sent_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    envelope = Envelope(words, "ask@help.example", words, TO, "<0@help.example>", sent_at)
    return build(rendered, envelope).as_bytes()


def _filled(value: Any, words: str, name: str) -> Any:
    if name in KINDS:
        return value
    if isinstance(value, str) and " " in value:
        return words
    if isinstance(value, Mapping):
        return {key: _filled(each, words, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(each, words, name) for each in value]
    return value


def harm_of(email: Email, words: str) -> list[str]:
    """Return what the hostile words did to an email: nothing, one hopes."""
    return harm_in_email(filled_email(email, words), ALLOWED, TO)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=10_000)
    given = parser.parse_args()
    bent = [
        (email.name, words, harm)
        for number, words in enumerate(strings(given.strings))
        for email in [EVERY[number % len(EVERY)]]
        if (harm := harm_of(email, words))
    ]
    print(f"{given.strings} strings in {len(EVERY)} emails: {len(bent)} bent")
    for name, words, harm in bent[:10]:
        print(f"  {name}: {words!r}: {harm}")


if __name__ == "__main__":
    main()
