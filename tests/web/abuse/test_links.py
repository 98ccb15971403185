"""Links cannot be guessed, bent or used after their end; ``benchmarks/links.py`` tries 10⁶."""

import pytest
from links import try_altered, try_ended

from matcher.mail.links import Purpose

ALTERED = 4_000


def test_of_thousands_of_altered_links_none_is_accepted(app):
    seen = try_altered(ALTERED)
    assert sum(seen.values()) - seen["accepted"] > ALTERED * 0.9
    assert seen["accepted"] == 0


def test_a_link_that_has_ended_is_not_accepted(app):
    assert try_ended()["accepted"] == 0


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_link_and_a_missing_one_look_the_same(client, cast, address, monday, method):
    good = address(Purpose.STATUS, help_request_id=cast.request())
    bent = good[:-1] + ("0" if good[-1] != "0" else "1")
    missing = f"/t/status/{'0' * 32}.{'1' * 32}"
    answers = [client.open(f"{path}/details", method=method) for path in (bent, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({answer.text.split("<main")[1].split("</main")[0] for answer in answers}) == 1
