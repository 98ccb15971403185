"""What somebody wrote themselves, in the shapes that mail programs give replies."""

import pytest

from matcher.mail.own_part import own_part

OURS = "Hello Victor,\n\nHow long do members need?"
QUOTED = "\n".join(f"> {line}" for line in OURS.splitlines())


@pytest.mark.parametrize(
    "below",
    [
        QUOTED,
        f"On Mon, 23 Nov 2026 at 10:00, Ask for help <ask@help.test> wrote:\n{QUOTED}",
        f"On Mon, 23 Nov 2026 at 10:00, Ask for help in person\n<ask@help.test> wrote:\n\n{QUOTED}",
        f"-----Original Message-----\nFrom: Ask for help\nSent: Monday\n\n{OURS}",
        f"________________________________\nFrom: Ask for help <ask@help.test>\n\n{OURS}",
        f"From: Ask for help <ask@help.test>\nSent: 23 November 2026\n\n{OURS}",
        f"Oddi wrth: Ask for help\n\n{OURS}",
        f"-- \nVictor Osei\nWalsall Council\n\n{QUOTED}",
        "Sent from my iPhone",
        "",
    ],
)
def test_what_is_quoted_and_the_signature_are_left_out(below):
    assert own_part(f"Half a year.\r\nOn Fridays it is harder.\n\n{below}") == (
        "Half a year.\nOn Fridays it is harder."
    )


@pytest.mark.parametrize("words", ["On reflection, half a year.\nNo more.", "a - b", "1 > 0"])
def test_words_that_only_look_like_a_quote_stay(words):
    assert own_part(words) == words


def test_a_reply_that_only_quotes_says_nothing():
    assert own_part(QUOTED) == ""
