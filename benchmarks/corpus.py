"""Generated offers and needs of any number, in the words of English as common as they really are.

Words are drawn from the package's own English list with Zipf's frequencies; volunteers live around
forty towns; half of them state a travel limit.
"""

import random
from dataclasses import dataclass

import numpy as np

from matcher.matching.offers import Need, Offer, Point, TravelLimit
from matcher.matching.words import english_words, stop_words

Town = tuple[float, float]
TOWNS = 40
LIMITS = (15, 30, 50, 80, 120)


@dataclass(frozen=True)
class Corpus:
    offers: list[Offer]
    needs: list[Need]


def make_corpus(
    offers: int, needs: int, *, limits: bool = True, words: int = 30_000, seed: int = 7
) -> Corpus:
    """Return offers of about 60 words in 3 to 6 items, and needs of 4 to 12 words."""
    numbers = np.random.default_rng(seed)
    dice = random.Random(seed)
    vocabulary = [word for word in sorted(english_words()) if word not in stop_words()]
    dice.shuffle(vocabulary)
    frequencies = 1.0 / (np.arange(words) + 10.0)
    draw = Drawer(vocabulary[:words], frequencies / frequencies.sum(), numbers)
    towns = [(dice.uniform(50.5, 55.0), dice.uniform(-3.5, 0.5)) for _ in range(TOWNS)]
    return Corpus(
        [_offer(number, draw, dice, towns, limits) for number in range(offers)],
        [_need(number, draw, dice, towns) for number in range(needs)],
    )


class Drawer:
    """Draws words in bulk, because drawing one by one is slow."""

    def __init__(
        self, words: list[str], frequencies: np.ndarray, numbers: np.random.Generator
    ) -> None:
        self._words = words
        self._frequencies = frequencies
        self._numbers = numbers
        self._drawn: list[int] = []
        self._next = 0

    def text(self, count: int) -> str:
        if len(self._drawn) < self._next + count:
            picked = self._numbers.choice(len(self._words), 1_000_000, p=self._frequencies)
            self._drawn, self._next = picked.tolist(), 0
        chosen = self._drawn[self._next : self._next + count]
        self._next += count
        return " ".join([self._words[number] for number in chosen])


def _offer(
    number: int, draw: Drawer, dice: random.Random, towns: list[Town], limits: bool
) -> Offer:
    paragraphs = tuple(draw.text(dice.randint(8, 20)) for _ in range(dice.randint(2, 5)))
    miles = dice.choice(LIMITS) if limits and dice.random() < 0.5 else None
    return Offer(
        id=f"v{number:07}",
        title=draw.text(3),
        skills=(draw.text(2), draw.text(1)),
        experience=paragraphs,
        place=_near(dice, towns),
        travel=TravelLimit(miles=miles),
        recent_asks=dice.choice((0, 0, 0, 1, 2, 4)),
        organisation_id=f"org{dice.randrange(400)}",
    )


def _need(number: int, draw: Drawer, dice: random.Random, towns: list[Town]) -> Need:
    return Need(
        id=f"n{number}",
        text=draw.text(dice.randint(4, 12)),
        place=_near(dice, towns),
        organisation_id=f"org{dice.randrange(400)}",
    )


def _near(dice: random.Random, towns: list[Town]) -> Point:
    latitude, longitude = dice.choice(towns)
    return Point(latitude + dice.gauss(0, 0.15), longitude + dice.gauss(0, 0.25))
