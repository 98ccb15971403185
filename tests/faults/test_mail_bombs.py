"""The limits on emails that strangers cause are exact, whoever asks at once."""

from concurrent.futures import ThreadPoolExecutor

from matcher.records.database import db

AT_ONCE = 8


def sent_and_skipped(cast):
    emails = cast.emails("confirm_request")
    return sum(each.skipped_at is None for each in emails), len(emails)


def test_of_many_requests_for_one_address_at_once_exactly_the_limit_is_sent(app, cast):
    def ask(_number):
        with app.app_context():
            try:
                cast.request(confirmed=False)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ask, range(AT_ONCE)))
    assert sent_and_skipped(cast) == (cast.occasion.settings.confirmations_per_address, AT_ONCE)


def test_another_address_is_not_held_back_by_the_first(cast):
    for number in range(4):
        cast.request(confirmed=False, email=f"ruth{number % 2}@westberks.example")
    assert sent_and_skipped(cast) == (4, 4)


def test_one_network_cannot_write_to_everybody(cast):
    limit = cast.occasion.settings.confirmations_per_network
    for number in range(limit + 1):
        cast.request(confirmed=False, email=f"ruth{number}@westberks.example")
    assert sent_and_skipped(cast) == (limit, limit + 1)
