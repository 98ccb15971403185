"""The weights of a score and the switches of its additions, in one frozen, versioned value."""

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property


@dataclass(frozen=True)
class Additions:
    """What the need's side adds to the plain words; each can be switched off by itself."""

    spelling: bool = True
    acronyms: bool = True
    negation: bool = True
    boilerplate: bool = True
    thesaurus: bool = True
    neighbours: bool = True


@dataclass(frozen=True)
class Weights:
    """How much each part counts.

    The text score is (whole x cosine with the whole offer + items x root mean square of the
    cosines with its items + bm25 x BM25 over the need's idf mass) / (whole + items + bm25).
    BM25 is count / (count + k1 (1 - b + b length / average)), without the usual factor k1 + 1:
    so each part lies between 0 and 1, and 0.22 is 0.1 times that factor.
    Travel, load and dates each take off up to their share: travel half of it at `travel_minutes`
    door to door (or `travel_km` where no time is known), load half of it at `load_asks` recent
    asks, dates in proportion to the wanted dates on which the volunteer is away. `over` is taken
    off where a stated limit is passed a little, up to `a_little_over` times.

    `unwanted`, `boilerplate` and `audience` are what remains of words that are said not to be
    wanted, only say that one asks, or say who is to listen; `inside_phrase` of the words of a
    phrase that the thesaurus has. `neighbour` times a likeness, which is seldom above 0.85, is the
    share of a word that a near neighbour has, in needs of up to `short_need` different words.
    """

    whole: float = 0.5
    items: float = 0.5
    bm25: float = 0.22
    bm25_k1: float = 1.2
    bm25_b: float = 0.75
    travel: float = 0.15
    travel_minutes: float = 120.0
    travel_km: float = 100.0
    over: float = 0.05
    a_little_over: float = 1.15
    load: float = 0.15
    load_asks: float = 2.0
    dates: float = 0.1
    unwanted: float = 0.3
    boilerplate: float = 0.5
    audience: float = 0.35
    inside_phrase: float = 0.7
    spelling: float = 1.0
    acronym: float = 0.5
    neighbour: float = 0.35
    short_need: int = 12
    additions: Additions = Additions()

    @cached_property
    def version(self) -> str:
        """A short name of the values: the same weights always have the same."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()[:12]
