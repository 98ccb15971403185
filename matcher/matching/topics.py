"""Topics about which a volunteer wants to be asked nothing: words that must not stand in a need.

A topic is met where all its words stand next to each other, in any ending ("parking permit" meets
"parking permits"); function words between them do not count. Words that merely mean the same do
not meet it: whoever is kept out must be able to see why.
"""

from collections.abc import Iterable

from matcher.matching.words import words_of

Topic = tuple[str, ...]
#: Words of a topic that count; a longer one is met where the first of them are.
MOST_WORDS = 6


def topic_of(text: str) -> Topic:
    """Return the stems of a topic; empty where it says nothing that could be met."""
    return tuple(word.stem for word in words_of(text) if not word.stop)[:MOST_WORDS]


def topics_in(texts: Iterable[str]) -> frozenset[Topic]:
    """Return every topic that the texts of a need meet, up to MOST_WORDS words long."""
    met: set[Topic] = set()
    for text in texts:
        stems = [word.stem for word in words_of(text) if not word.stop]
        for size in range(1, MOST_WORDS + 1):
            met.update(zip(*(stems[start:] for start in range(size)), strict=False))
    return frozenset(met)
