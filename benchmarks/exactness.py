"""Holds the best of many random needs against the whole score in double precision.

    python benchmarks/exactness.py                      # 1,000 needs, 20,000 offers
    python benchmarks/exactness.py --needs 100 --offers 100000

The reference is scikit-learn's matrices and plain numpy: every offer for every need, without
postings, blocks or bounds. An answer is right where every score is the reference's to 1e-6, and
nobody who is left out has more than the last of the answer by more than 1e-6.
"""

import argparse
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from benchmarks.corpus import make_corpus
from matcher.matching.analyzer import CONCEPT
from matcher.matching.index import OfferIndex
from matcher.matching.items import item_terms
from matcher.matching.offers import Need, Offer, Point

TOP = 20
SAME = 1e-6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--needs", type=int, default=1_000)
    parser.add_argument("--offers", type=int, default=20_000)
    options = parser.parse_args()
    gaps = differences(options.needs, options.offers)
    print(
        f"{options.needs} needs x {options.offers} offers: {sum(gap > SAME for gap in gaps)} with "
        f"another top {TOP}, largest difference {max(gaps):.1e}"
    )


def differences(needs: int, offers: int) -> list[float]:
    """Return for each of so many random needs how far the answer is from the reference's."""
    corpus = make_corpus(offers, needs)
    index = OfferIndex(corpus.offers)
    reference = Reference(index, corpus.offers)
    return [difference(index, reference, need) for need in corpus.needs]


def difference(index: OfferIndex, reference: "Reference", need: Need) -> float:
    """Return the largest difference of a score, and of the last score from who is left out."""
    found, scores = index.rank(need, TOP), reference.scores(need)
    rows = np.array([reference.rows[one.offer_id] for one in found], np.int64)
    wrong = np.abs(scores[rows] - [one.score for one in found]).max(initial=0.0)
    left_out = np.delete(scores, rows).max(initial=0.0)
    last = found[-1].score if len(found) == TOP else 0.0
    return float(max(wrong, left_out - last))


class Reference:
    """The whole score by scikit-learn's matrices and plain numpy, every offer for every need."""

    def __init__(self, index: OfferIndex, offers: Sequence[Offer]) -> None:
        self.index = index
        self.rows = {offer.id: row for row, offer in enumerate(offers)}
        read = [item_terms(offer, index.basis.analyzer) for offer in offers]
        items = [terms for one in read for terms in one]
        self.vectorizer = CountVectorizer(analyzer=list)
        self.items = csr_array(self.vectorizer.fit_transform(items)).astype(np.float64)
        self.starts = np.concatenate([[0], np.cumsum([len(one) for one in read])])
        owner = np.repeat(np.arange(len(read)), np.diff(self.starts))
        join = csr_array((np.ones(owner.size), (owner, np.arange(owner.size))))
        self.whole = csr_array(join @ self.items)
        names = self.vectorizer.get_feature_names_out()
        self.idf = np.array([self._idf(name) for name in names])
        plain = np.array([not name.startswith(CONCEPT) for name in names], np.float64)
        self.lengths = self.whole @ plain
        self.item_weights, self.whole_weights = self._weighed(self.items), self._weighed(self.whole)
        self.filled = self._filled()
        self.latitudes = np.array([offer.place.latitude for offer in offers])
        self.longitudes = np.array([offer.place.longitude for offer in offers])
        self.limits = np.array([offer.travel.miles or np.inf for offer in offers]) * 1.609344
        self.asks = np.array([offer.recent_asks for offer in offers])
        self.organisations = np.array([offer.organisation_id for offer in offers])

    def scores(self, need: Need) -> np.ndarray:
        """Return the score of every offer, 0 where it is barred."""
        reading, weights = self.index.reader.read(need), self.index.weights
        columns = self.vectorizer.vocabulary_
        asked, mass = np.zeros(self.idf.size), np.zeros(self.idf.size)
        for name, term in reading.terms.items():
            if name in columns:
                asked[columns[name]] = term.weight / reading.norm
                mass[columns[name]] = term.weight / reading.mass
        squares = np.add.reduceat((self.item_weights @ asked) ** 2, self.starts[:-1])
        rms = np.sqrt(squares / np.diff(self.starts))
        text = weights.whole * (self.whole_weights @ asked) + weights.items * rms
        text += weights.bm25 * (self.filled @ mass)
        text /= weights.whole + weights.items + weights.bm25
        return text * self._shares(need)

    def _idf(self, name: str) -> float:
        basis = self.index.basis
        if name.startswith(CONCEPT):
            return basis.statistics.concept_idf(
                basis.analyzer.thesaurus.by_id[name[len(CONCEPT) :]]
            )
        return basis.statistics.idf(name)

    def _weighed(self, counts: csr_array) -> csr_array:
        weighed = counts.copy()
        weighed.data = (1.0 + np.log(weighed.data)) * self.idf[weighed.indices]
        return normalize(weighed)

    def _filled(self) -> csr_array:
        weights, average = self.index.weights, self.index.statistics.average_length
        base = weights.bm25_k1 * (1.0 - weights.bm25_b + weights.bm25_b * self.lengths / average)
        filled = self.whole.copy()
        filled.data = filled.data / (filled.data + np.repeat(base, np.diff(self.whole.indptr)))
        return filled

    def _shares(self, need: Need) -> np.ndarray:
        weights = self.index.weights
        kilometres = haversine(need.place, self.latitudes, self.longitudes)
        same = self.organisations == need.organisation_id
        travel = 1.0 - weights.travel * kilometres / (kilometres + weights.travel_km)
        load = 1.0 - weights.load * self.asks / (self.asks + weights.load_asks)
        return np.where(same | (kilometres > self.limits + 0.01), 0.0, travel * load)


def haversine(here: Point, latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Return kilometres from here to each of the places."""
    first, second = np.radians(here.latitude), np.radians(latitudes)
    across = np.radians(longitudes - here.longitude)
    half = np.sin((second - first) / 2) ** 2
    half += np.cos(first) * np.cos(second) * np.sin(across / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(half))


if __name__ == "__main__":
    main()
