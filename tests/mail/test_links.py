import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.mail.links import (
    LIFETIMES,
    LinkKeys,
    Purpose,
    address,
    check,
    days_of,
    make_token,
    mask,
    minutes_of,
    read_token,
)

KEYS = LinkKeys({"new": b"n" * 32, "old": b"o" * 32})
LINK_ID = "0123456789abcdef" * 2
PURPOSES = st.sampled_from(Purpose)
LINK_IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)


def opens(token: str, purpose: Purpose = Purpose.ANSWER, key_id: str = "new") -> bool:
    parts = read_token(token)
    return parts is not None and check(KEYS, key_id, purpose, *parts)


@given(LINK_IDS, PURPOSES, st.sampled_from(["new", "old"]))
def test_a_token_opens_what_it_was_made_for(link_id, purpose, key_id):
    assert opens(make_token(KEYS, key_id, purpose, link_id), purpose, key_id)


@given(LINK_IDS, st.data())
def test_a_token_with_one_bit_changed_opens_nothing(link_id, data):
    token = make_token(KEYS, "new", Purpose.ANSWER, link_id)
    position = data.draw(st.integers(0, len(token) - 1))
    bent = chr(ord(token[position]) ^ 1 << data.draw(st.integers(0, 6)))
    assert not opens(token[:position] + bent + token[position + 1 :])


@given(LINK_IDS, PURPOSES, PURPOSES)
def test_a_token_for_one_purpose_opens_no_other(link_id, made_for, used_for):
    token = make_token(KEYS, "new", made_for, link_id)
    assert opens(token, used_for) == (made_for == used_for)


def test_a_token_made_with_one_key_is_not_opened_by_another():
    assert not opens(make_token(KEYS, "old", Purpose.ANSWER, LINK_ID), key_id="new")


def test_a_key_that_was_taken_away_opens_nothing():
    parts = read_token(make_token(KEYS, "old", Purpose.ANSWER, LINK_ID))
    assert parts
    assert not check(LinkKeys({"new": b"n" * 32}), "old", Purpose.ANSWER, *parts)


def test_the_signature_of_an_empty_key_opens_nothing():
    _, signature = read_token(make_token(LinkKeys({"": b""}), "", Purpose.ANSWER, LINK_ID))
    assert not check(KEYS, "unknown", Purpose.ANSWER, LINK_ID, signature)


@pytest.mark.parametrize(
    "bend",
    [
        str.upper,
        lambda token: token[:-1],
        lambda token: token + "0",
        lambda token: token[1:],
        lambda token: "0" + token,
        lambda token: token + "\n",
        lambda token: " " + token,
        lambda token: token.replace(".", ""),
        lambda token: token.replace(".", ".."),
        lambda token: token.translate(
            {ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"}
        ),
    ],
)
def test_a_token_in_any_other_spelling_opens_nothing(bend):
    assert not opens(bend(make_token(KEYS, "new", Purpose.ANSWER, LINK_ID)))


@given(st.text(max_size=80))
def test_no_text_at_all_is_an_error(text):
    assert read_token(text) is None or len(text) == 65


def test_another_link_with_the_same_signature_opens_nothing():
    _, signature = read_token(make_token(KEYS, "new", Purpose.ANSWER, LINK_ID))
    assert not opens(f"{secrets.token_hex(16)}.{signature}")


def test_the_first_key_signs_new_links():
    assert KEYS.current == "new"


def test_an_address_names_the_purpose_before_the_token():
    token = make_token(KEYS, "new", Purpose.STATUS, LINK_ID)
    whole = address("https://help.example", Purpose.STATUS, token)
    assert whole == f"https://help.example/t/status/{token}"


def test_every_purpose_has_a_lifetime():
    assert set(LIFETIMES) == set(Purpose)


def test_only_links_that_sign_in_or_change_an_address_are_used_up_by_one_press():
    single = {purpose for purpose, lifetime in LIFETIMES.items() if lifetime.single_use}
    assert single == {
        Purpose.SIGN_IN_VOLUNTEER,
        Purpose.SIGN_IN_COORDINATOR,
        Purpose.COORDINATOR_INVITED,
        Purpose.NEW_ADDRESS,
    }


def test_lifetimes_are_told_in_whole_days_or_minutes():
    assert days_of(LIFETIMES[Purpose.CONFIRM_REQUEST]) == 7
    assert minutes_of(LIFETIMES[Purpose.SIGN_IN_VOLUNTEER]) == 30
    assert days_of(LIFETIMES[Purpose.STATUS]) == 0


@given(LINK_IDS, PURPOSES, st.text(max_size=20), st.sampled_from(["", "/details", "?next=1", '"']))
def test_logs_show_no_token(link_id, purpose, before, after):
    token = make_token(KEYS, "new", purpose, link_id)
    masked = mask(before + address("https://help.example", purpose, token) + after)
    assert token not in masked
    assert f"/t/{purpose}/[link]" in masked


@pytest.mark.parametrize("path", ["/t/answer/half-a-token", "/T/ANSWER/ABC", "/t/answer/%30%31.ab"])
def test_logs_do_not_show_what_only_looks_like_a_token(path):
    assert mask(f"GET {path} 404").endswith("/[link] 404")


def test_logs_show_no_token_that_stands_alone_or_in_another_address():
    token = make_token(KEYS, "new", Purpose.ANSWER, LINK_ID)
    assert token not in mask(f"token={token}&next=%2Ft%2Fanswer%2F{token}")


def test_logs_show_everything_else():
    line = "GET /ask/check?next=/t/ 200 templates/t.html"
    assert mask(line) == line
