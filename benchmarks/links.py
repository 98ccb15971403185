"""Links that were altered in every way, each tried as a page tries it; how many were accepted.

    python benchmarks/links.py [--altered 1000000] [--database sqlite]

An altered link has a bit, its length, its purpose, its owner, its key or its spelling changed, or
is made up; those that were revoked, used or have run out are tried as they stand.
"""

import argparse
import random
import secrets
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from databases import KINDS, fresh_app
from sqlalchemy import update

from matcher.actions.linking import get_link, make_link
from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import LinkRefused
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys, Purpose, make_token
from matcher.records.database import db, writing
from matcher.records.links import Link
from matcher.records.programmes import ProgrammeSettings

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
KEYS = LinkKeys({"one": b"k" * 32, "two": b"t" * 32})
Chance = random.Random
Tried = tuple[Purpose, str]


def bit(good: Tried, _others: list[Tried], chance: Chance) -> Tried:
    purpose, token = good
    at = chance.randrange(len(token))
    return purpose, token[:at] + chr(ord(token[at]) ^ 1 << chance.randrange(7)) + token[at + 1 :]


def length(good: Tried, _others: list[Tried], chance: Chance) -> Tried:
    purpose, token = good
    cut = chance.randrange(len(token))
    return purpose, chance.choice((token[:cut], token + token[:cut], token[1:], token + "0"))


def purpose_of_another(good: Tried, _others: list[Tried], chance: Chance) -> Tried:
    return chance.choice([each for each in Purpose if each != good[0]]), good[1]


def owner(good: Tried, others: list[Tried], chance: Chance) -> Tried:
    """Somebody else's id with this one's signature, or the other way round."""
    purpose, token = good
    theirs = chance.choice([each for each in others if each[1] != token])[1]
    return purpose, theirs.partition(".")[0] + "." + token.partition(".")[2]


def key(good: Tried, _others: list[Tried], _chance: Chance) -> Tried:
    return good[0], make_token(KEYS, "two", good[0], good[1].partition(".")[0])


def no_key(good: Tried, _others: list[Tried], _chance: Chance) -> Tried:
    link_id = good[1].partition(".")[0]
    return good[0], f"{link_id}.{sha256(f'{good[0]}|{link_id}'.encode()).hexdigest()[:32]}"


def spelling(good: Tried, _others: list[Tried], chance: Chance) -> Tried:
    bend: Callable[[str], str] = chance.choice(
        (
            str.upper,
            lambda token: token + "\n",
            lambda token: " " + token,
            lambda token: token.replace(".", "%2e"),
            lambda token: token.replace("a", "\N{FULLWIDTH LATIN SMALL LETTER A}") + "'",
        )
    )
    return good[0], bend(good[1])


def made_up(good: Tried, _others: list[Tried], _chance: Chance) -> Tried:
    return good[0], f"{secrets.token_hex(16)}.{secrets.token_hex(16)}"


WAYS = (bit, length, purpose_of_another, owner, key, no_key, spelling, made_up)


def make_links() -> list[Tried]:
    """Add a link of every purpose and return how each is opened."""
    occasion = Occasion(NOW, Actor.CLOCK, ProgrammeSettings(), "one", "help.test")
    with writing() as session:
        ids = [(each, make_link(session, each, occasion)) for each in Purpose]
    return [(purpose, make_token(KEYS, "one", purpose, link_id)) for purpose, link_id in ids]


def opens(tried: Tried) -> bool:
    try:
        get_link(db.session(), KEYS, *tried, NOW)
    except LinkRefused:
        return False
    return True


def try_altered(count: int, seed: int = 1) -> Counter[str]:
    """Try so many altered links; return how many were tried and how many accepted, by the way."""
    good, chance = make_links(), Chance(seed)
    assert all(opens(each) for each in good)
    seen: Counter[str] = Counter()
    for number in range(count):
        way = WAYS[number % len(WAYS)]
        altered = way(chance.choice(good), good, chance)
        if altered in good:  # a cut at the end and the like
            continue
        seen[f"{way.__name__} tried"] += 1
        seen["accepted"] += opens(altered)
    return seen


def try_ended() -> Counter[str]:
    """Try links that were good once: revoked, run out, or used where one press uses them up."""
    seen: Counter[str] = Counter()
    over = {"revoked_at": NOW}, {"expires_at": NOW - timedelta(seconds=1)}, {"used_at": NOW}
    for values in over:
        good = make_links()
        with writing() as session:
            session.execute(update(Link).values(**values))
        single = {Purpose.SIGN_IN_VOLUNTEER, Purpose.SIGN_IN_COORDINATOR}
        tried = [each for each in good if "used_at" not in values or each[0] in single]
        seen["ended tried"] += len(tried)
        seen["accepted"] += sum(opens(each) for each in tried)
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--altered", type=int, default=1_000_000)
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    given = parser.parse_args()
    with fresh_app(given.database):
        began = time.perf_counter()
        seen = try_altered(given.altered) + try_ended()
        print(f"{given.database}: {dict(seen)}, {time.perf_counter() - began:.0f} s")
        print(f"accepted: {seen['accepted']}")


if __name__ == "__main__":
    main()
