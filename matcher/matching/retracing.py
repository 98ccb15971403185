"""From one score to another of the same pair, one change of what it was made from at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from matcher.matching.index import OfferIndex
from matcher.matching.offers import Barred, Candidate, Need, Offer
from matcher.matching.statistics import Statistics
from matcher.matching.thesaurus import Thesaurus
from matcher.matching.weights import Weights


class Changed(StrEnum):
    """What may differ between two scores of one pair, in the order in which it is taken on."""

    SURROUNDINGS = "surroundings"
    WEIGHTS = "weights"
    THESAURUS = "thesaurus"
    OFFER_WORDS = "offer_words"
    OFFER_FACTS = "offer_facts"
    NEED_WORDS = "need_words"
    NEED_FACTS = "need_facts"


OFFER_WORDS = ("title", "skills", "experience")
NEED_WORDS = ("title", "text")


@dataclass(frozen=True)
class Inputs:
    """All that one pair is scored from, but for how common each word is."""

    need: Need
    offer: Offer
    weights: Weights
    thesaurus: Thesaurus


@dataclass(frozen=True)
class Judged:
    """One pair scored by itself: a candidate, or barred, or neither where no word is in common."""

    candidate: Candidate | None
    barred: Barred | None

    @property
    def score(self) -> float:
        """The score; nought where the pair is none."""
        return 0.0 if self.candidate is None else self.candidate.score


@dataclass(frozen=True)
class Step:
    """The pair's score after one more thing is as it is today."""

    changed: Changed
    before: float
    after: float


def judge_pair(inputs: Inputs, statistics: Statistics) -> Judged:
    """Return what a whole index with these statistics says of the pair."""
    index = OfferIndex(
        (inputs.offer,),
        thesaurus=inputs.thesaurus,
        weights=inputs.weights,
        statistics=statistics,
    )
    ranked, barred = index.rank(inputs.need, 1), index.barred(inputs.need, None, 0, 1)
    return Judged(ranked[0] if ranked else None, barred[0] if barred else None)


def retrace(before: float, then: Inputs, now: Inputs, statistics: Statistics) -> tuple[Step, ...]:
    """Return the steps from the score ``before``, made from ``then``, to the one made from ``now``.

    ``statistics`` are today's: the first step is what they, and the release, make of the old
    inputs. What has not changed is no step.
    """
    steps: list[Step] = []
    for changed, inputs in _stages(then, now):
        score = judge_pair(inputs, statistics).score
        if changed != Changed.SURROUNDINGS or abs(score - before) >= 1e-6:
            steps.append(Step(changed, before, score))
        before = score
    return tuple(steps)


def _stages(then: Inputs, now: Inputs) -> Iterator[tuple[Changed, Inputs]]:
    yield Changed.SURROUNDINGS, then
    inputs = then
    for changed, taken in (
        (Changed.WEIGHTS, {"weights": now.weights}),
        (Changed.THESAURUS, {"thesaurus": now.thesaurus}),
        (Changed.OFFER_WORDS, {"offer": _with(then.offer, now.offer, OFFER_WORDS)}),
        (Changed.OFFER_FACTS, {"offer": now.offer}),
        (Changed.NEED_WORDS, {"need": _with(then.need, now.need, NEED_WORDS)}),
        (Changed.NEED_FACTS, {"need": now.need}),
    ):
        further = replace(inputs, **taken)
        if further != inputs:
            inputs = further
            yield changed, inputs


def _with(old: Need | Offer, new: Need | Offer, names: tuple[str, ...]) -> object:
    return replace(old, **{name: getattr(new, name) for name in names})


def changed_fields(old: object, new: object) -> tuple[str, ...]:
    """Return the names of the fields in which two values of one dataclass differ."""
    both = fields(old)  # type: ignore[arg-type]  # any dataclass
    return tuple(each.name for each in both if getattr(old, each.name) != getattr(new, each.name))
