"""The return path of an email: nobody else can make one, and servers may change its letters."""

import pytest

from matcher.mail.links import LinkKeys
from matcher.mail.return_path import named_email, return_path

KEYS = LinkKeys({"two": b"k" * 32, "one": b"o" * 32})
PATH = return_path("bounces@help.test", KEYS, 4711)


@pytest.mark.parametrize("written", [PATH, PATH.upper(), f"<{PATH}>", f"a@b.test, {PATH}"])
def test_a_return_path_names_its_email_however_it_is_written(written):
    assert named_email(KEYS, ["ask@help.test", written]) == 4711


def test_a_key_that_no_longer_signs_still_counts():
    assert named_email(KEYS, [return_path("b@help.test", LinkKeys({"one": b"o" * 32}), 9)]) == 9


@pytest.mark.parametrize(
    "forged",
    [
        PATH.replace("4711", "4712"),
        PATH.replace("4711", "04711"),
        return_path("bounces@help.test", LinkKeys({"two": b"x" * 32}), 4711),
        "bounces+4711-@help.test",
        "bounces+" + "9" * 400 + "-" + "a" * 24 + "@help.test",
        "",
    ],
)
def test_an_address_that_was_made_up_names_nothing(forged):
    assert named_email(KEYS, [forged]) is None


def test_the_part_before_the_at_is_short_enough_for_every_server():
    longest = return_path(f"{'b' * 20}@help.test", KEYS, 10**17)
    assert len(longest.partition("@")[0]) <= 64
