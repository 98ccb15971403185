"""Why a candidate has its score: every word's share in the volunteer's own spelling, and facts.

Worked out from the offer and the reading of the need when somebody reads it, apart from the
compiled ranking, so that one checks the other.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from matcher.matching.analyzer import CONCEPT, Analyzer
from matcher.matching.basis import Basis
from matcher.matching.items import counted_terms, item_texts, item_words
from matcher.matching.offers import (
    Explanation,
    Journey,
    Mode,
    Offer,
    Parts,
    Reason,
    ReasonKind,
    WhyThin,
)
from matcher.matching.reading import NeedTerm, Reading
from matcher.matching.words import everyday_stems, words_of

_EXPANSIONS = frozenset({ReasonKind.THESAURUS, ReasonKind.NEIGHBOUR})


class Explainer:
    """Explains scores on the basis on which they were made."""

    def __init__(self, basis: Basis) -> None:
        self.analyzer = basis.analyzer
        self.statistics = basis.statistics
        self.weights = basis.weights

    def explain(
        self, offer: Offer, reading: Reading, parts: Parts, journey: Journey
    ) -> Explanation:
        """Return the reasons, largest share first; their shares add up to the score."""
        words = self._word_reasons(offer, reading)
        facts = _fact_reasons(offer, parts, journey)
        shown = _with_inner_words(words)
        ordered = sorted(shown, key=lambda reason: (-reason.share, reason.word))
        return Explanation(journey, (*ordered, *facts), self._why_thin(words, reading))

    def _word_reasons(self, offer: Offer, reading: Reading) -> list[Reason]:
        items = [_Item(self.analyzer, text) for text in item_texts(offer)]
        items = [item for item in items if item.counts]
        shares = self._shares([item.counts for item in items], reading)
        spelled = {term: item.written[term] for item in reversed(items) for term in item.written}
        return _merged(
            _word_reason(reading.terms[name], share, spelled[name])
            for name, share in shares.items()
        )

    def _shares(self, items: Sequence[Counter[str]], reading: Reading) -> dict[str, float]:
        whole = sum(items, Counter())
        shares = self._whole_shares(whole, reading)
        dots = [self._cosines(item, reading) for item in items]
        squares = sum(sum(dot.values()) ** 2 for dot in dots)
        if squares > 0.0:
            scale = self._part(self.weights.items) / math.sqrt(squares * len(items))
            for dot in dots:
                together = sum(dot.values())
                for name, cosine in dot.items():
                    shares[name] += scale * together * cosine
        return {name: share for name, share in shares.items() if share > 0.0}

    def _whole_shares(self, whole: Counter[str], reading: Reading) -> dict[str, float]:
        length = sum(count for term, count in whole.items() if not term.startswith(CONCEPT))
        slope = self.weights.bm25_b * length / self.statistics.average_length
        thickness = self.weights.bm25_k1 * (1.0 - self.weights.bm25_b + slope)
        shares = {}
        for name, cosine in self._cosines(whole, reading).items():
            mass = reading.terms[name].weight / reading.mass
            bm25 = mass * whole[name] / (whole[name] + thickness)
            cosine_share = self._part(self.weights.whole) * cosine
            shares[name] = cosine_share + self._part(self.weights.bm25) * bm25
        return shares

    def _cosines(self, counts: Counter[str], reading: Reading) -> dict[str, float]:
        norm = math.sqrt(sum(self._weight(term, counts[term]) ** 2 for term in counts))
        return {
            name: term.weight * self._weight(name, counts[name]) / (reading.norm * norm)
            for name, term in reading.terms.items()
            if name in counts
        }

    def _weight(self, term: str, count: int) -> float:
        if term.startswith(CONCEPT):
            group = self.analyzer.thesaurus.by_id[term[len(CONCEPT) :]]
            return (1.0 + math.log(count)) * self.statistics.concept_idf(group)
        return (1.0 + math.log(count)) * self.statistics.idf(term)

    def _part(self, weight: float) -> float:
        return weight / (self.weights.whole + self.weights.items + self.weights.bm25)

    def _why_thin(self, words: Sequence[Reason], reading: Reading) -> WhyThin | None:
        kinds = {reason.kind for reason in words}
        if words and kinds <= _EXPANSIONS:
            return WhyThin.ONLY_SIMILAR_WORDS
        if len({reason.need_word.lower() for reason in words}) == 1 and len(reading.terms) > 3:
            return WhyThin.ONE_WORD
        reached = [name for name, term in reading.terms.items() if _reached(term, words)]
        common = reached and all(self._is_common(name, reading.terms[name]) for name in reached)
        return WhyThin.COMMON_WORDS if common else None

    def _is_common(self, name: str, term: NeedTerm) -> bool:
        # Where few documents were read, everyday words are as rare in them as any other.
        often = self.statistics.documents / 10
        rare = math.log((1 + self.statistics.documents) / (1 + often)) + 1.0
        return term.idf < rare or name in everyday_stems()


class _Item:
    """The counted terms of one item, and how each is first written there."""

    def __init__(self, analyzer: Analyzer, text: str) -> None:
        words = item_words(text, analyzer)
        self.counts = counted_terms(analyzer.terms_of(words))
        self.written = {word.stem: word.written for word in reversed(words) if not word.stop}
        for position, phrase in analyzer.concepts(words):
            name = CONCEPT + phrase.group.id
            found = words[position : position + len(phrase.stems)]
            self.written.setdefault(name, " ".join(word.written for word in found))


def _word_reason(term: NeedTerm, share: float, written: str) -> Reason:
    # A phrase of the thesaurus that stands in the offer just as in the need is simply its words.
    same = [word.stem for word in words_of(written)] == [word.stem for word in words_of(term.said)]
    return Reason(ReasonKind.WORD if same else term.kind, share, written, term.said)


def _merged(reasons: Iterable[Reason]) -> list[Reason]:
    together: dict[tuple[str, str, str], Reason] = {}
    for reason in reasons:
        key = (reason.kind, reason.word.lower(), reason.need_word.lower())
        before = together.get(key)
        share = reason.share + (before.share if before else 0.0)
        together[key] = replace(before or reason, share=share)
    return list(together.values())


def _with_inner_words(reasons: Sequence[Reason]) -> list[Reason]:
    """Return the reasons with the words inside a phrase counted to the phrase, not beside it."""
    phrases = {
        place: size
        for place, reason in enumerate(reasons)
        if (size := min(len(_stems(reason.word)), len(_stems(reason.need_word)))) > 1
    }
    longest_first = sorted(phrases, key=lambda place: -phrases[place])
    shares = dict.fromkeys(range(len(reasons)), 0.0)
    for place, reason in enumerate(reasons):
        around = (other for other in longest_first if _inside(reason, reasons[other]))
        shares[next(around, place)] += reason.share
    return [replace(reasons[place], share=share) for place, share in shares.items() if share]


def _inside(reason: Reason, phrase: Reason) -> bool:
    word, need_word = _stems(reason.word), _stems(reason.need_word)
    return word < _stems(phrase.word) and need_word < _stems(phrase.need_word)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words_of(text))


def _reached(term: NeedTerm, words: Iterable[Reason]) -> bool:
    return any(reason.need_word == term.said and reason.kind == term.kind for reason in words)


def _fact_reasons(offer: Offer, parts: Parts, journey: Journey) -> list[Reason]:
    reasons = [_travel_reason(parts, journey)]
    for mode, minutes in _minutes(journey).items():
        if minutes is not None and ReasonKind(mode.value) != reasons[0].kind:
            reasons.append(Reason(ReasonKind(mode.value), 0.0, amount=minutes, unit="minutes"))
    if journey.over is not None:
        over = _minutes(journey)[journey.over]
        reasons.append(Reason(ReasonKind.A_LITTLE_OVER, 0.0, amount=over, unit=journey.over.value))
    if parts.load:
        asks = float(offer.recent_asks)
        reasons.append(Reason(ReasonKind.LOAD, parts.load, amount=asks, unit="asks"))
    if parts.dates:
        reasons.append(Reason(ReasonKind.DATES, parts.dates))
    return reasons


def _travel_reason(parts: Parts, journey: Journey) -> Reason:
    if journey.remote:
        return Reason(ReasonKind.REMOTE, parts.travel)
    if journey.distance_km is not None:
        return Reason(ReasonKind.DISTANCE, parts.travel, amount=journey.distance_km, unit="km")
    if journey.transit_minutes is not None:
        return Reason(
            ReasonKind.TRANSIT, parts.travel, amount=journey.transit_minutes, unit="minutes"
        )
    return Reason(ReasonKind.TRAVEL_UNKNOWN, parts.travel)


def _minutes(journey: Journey) -> Mapping[Mode, float | None]:
    return {
        Mode.TRAIN: journey.train_minutes,
        Mode.TRANSIT: journey.transit_minutes,
        Mode.CAR: journey.car_minutes,
    }
