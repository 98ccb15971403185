"""How long one ranking takes, on one generated corpus in one run with its peers.

    python benchmarks/ranking.py                        # 10,000 and 100,000 offers, with the peers
    python benchmarks/ranking.py --sizes 1000000 --no-peers
    python benchmarks/ranking.py --exact 1000           # against scikit-learn in double precision
    python benchmarks/ranking.py --picture docs/ranking-growth.svg --sizes 10000 100000 1000000

The whole score is measured: reading the need, bars, words, neighbours, travel and load, top 20.
The peers weigh words only. Figures are medians in milliseconds a need.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.corpus import Corpus, make_corpus
from benchmarks.peers import PEERS
from matcher.matching.analyzer import CONCEPT
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer, TravelLimit
from matcher.matching.statistics import item_terms

TOP = 20


def main() -> None:
    options = read_options()
    if options.exact:
        exactness(options.exact)
        return
    results = [measure(size, options.needs, options.peers) for size in options.sizes]
    if options.picture:
        draw(results, options.picture)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--needs", type=int, default=300)
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument("--exact", type=int, default=0, metavar="NEEDS")
    parser.add_argument("--picture", type=Path)
    return parser.parse_args()


def measure(size: int, needs: int, peers: bool) -> dict[str, float]:
    corpus = make_corpus(size, needs)
    seconds, index = timed(lambda: OfferIndex(corpus.offers))
    found = {"offers": size, "build, seconds": seconds}
    found["rank, with limits"] = median(index.rank, corpus.needs)
    found["of which reading the need"] = median(index.reader.read, corpus.needs)
    found["explaining one candidate"] = explaining(index, corpus.needs)
    found["rank, an unknown word in each"] = median(index.rank, misspelt(corpus.needs))
    found |= changes(index, corpus.offers)
    found["rank_many of 1,000, two processes"] = many(index, make_corpus(1, 1_000).needs)
    free = [replace(offer, travel=TravelLimit()) for offer in corpus.offers]
    unlimited = OfferIndex(free, statistics=index.statistics)
    found["rank, no limits"] = median(unlimited.rank, corpus.needs)
    if peers:
        found |= peers_of(corpus)
    show(found)
    return found


def peers_of(corpus: Corpus) -> dict[str, float]:
    texts = ["\n".join((one.title, *one.skills, *one.experience)) for one in corpus.offers]
    found = {}
    for name, make in PEERS.items():
        search = make(texts)
        found[name] = median(lambda need, search=search: search(need.text, TOP), corpus.needs)
    return found


def explaining(index: OfferIndex, needs: Sequence[Need]) -> float:
    candidates = [index.rank(need, 1)[0] for need in needs[:100]]
    return median(lambda one: one.reasons, candidates, warm=0)


def misspelt(needs: Sequence[Need]) -> list[Need]:
    dice = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    strange = ["".join(dice.choices(letters, k=9)) for _ in needs]
    return [
        replace(need, text=f"{need.text} {word}") for need, word in zip(needs, strange, strict=True)
    ]


def changes(index: OfferIndex, offers: Sequence[Offer]) -> dict[str, float]:
    new = [replace(offer, id=f"new{place}") for place, offer in enumerate(offers[:1_000])]
    added = median(index.add, new)
    seen = new[-1].id in index
    removed = median(index.remove, [offer.id for offer in new])
    assert seen
    return {"add": added, "remove": removed}


def many(index: OfferIndex, needs: Sequence[Need]) -> float:
    index.rank_many(needs[:10], jobs=2)
    seconds, _ = timed(lambda: index.rank_many(needs, jobs=2))
    return seconds / len(needs) * 1e3


def exactness(needs: int, offers: int = 20_000) -> None:
    """Hold the top 20 of random needs against the whole score in double precision."""
    corpus = make_corpus(offers, needs)
    index = OfferIndex(corpus.offers)
    reference = Reference(index, corpus.offers)
    wrong, largest = 0, 0.0
    for need in corpus.needs:
        expected = reference.rank(need)
        found = index.rank(need, TOP)
        gaps = [abs(one.score - score) for one, (_, score) in zip(found, expected, strict=True)]
        largest = max(largest, *gaps)
        wrong += max(gaps) > 1e-6
    print(
        f"{needs} needs x {offers} offers: {wrong} with another top {TOP}, "
        f"largest difference of a score {largest:.1e}"
    )


class Reference:
    """The whole score by scikit-learn's matrices and plain numpy, every offer for every need."""

    def __init__(self, index: OfferIndex, offers: Sequence[Offer]) -> None:
        from scipy.sparse import csr_array
        from sklearn.feature_extraction.text import CountVectorizer

        self.index, self.offers = index, offers
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

    def rank(self, need: Need) -> list[tuple[str, float]]:
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
        text += weights.bm25 * self._bm25(mass)
        text /= weights.whole + weights.items + weights.bm25
        scores = text * self._shares(need)
        best = np.argsort(-scores, kind="stable")[:TOP]
        return [(self.offers[row].id, float(scores[row])) for row in best]

    def _idf(self, name: str) -> float:
        basis = self.index.basis
        if name.startswith(CONCEPT):
            return basis.statistics.concept_idf(
                basis.analyzer.thesaurus.by_id[name[len(CONCEPT) :]]
            )
        return basis.statistics.idf(name)

    def _weighed(self, counts):
        from sklearn.preprocessing import normalize

        weighed = counts.copy()
        weighed.data = (1.0 + np.log(weighed.data)) * self.idf[weighed.indices]
        return normalize(weighed)

    def _bm25(self, mass: np.ndarray) -> np.ndarray:
        weights, average = self.index.weights, self.index.statistics.average_length
        base = weights.bm25_k1 * (1.0 - weights.bm25_b + weights.bm25_b * self.lengths / average)
        filled = self.whole.copy()
        filled.data = filled.data / (filled.data + np.repeat(base, np.diff(self.whole.indptr)))
        return filled @ mass

    def _shares(self, need: Need) -> np.ndarray:
        weights = self.index.weights
        kilometres = np.array([haversine(need, offer) for offer in self.offers])
        limits = np.array([offer.travel.miles or np.inf for offer in self.offers]) * 1.609344
        asks = np.array([offer.recent_asks for offer in self.offers])
        same = np.array([one.organisation_id == need.organisation_id for one in self.offers])
        travel = 1.0 - weights.travel * kilometres / (kilometres + weights.travel_km)
        load = 1.0 - weights.load * asks / (asks + weights.load_asks)
        return np.where(same | (kilometres > limits + 0.01), 0.0, travel * load)


def haversine(need: Need, offer: Offer) -> float:
    first, second = np.radians(need.place.latitude), np.radians(offer.place.latitude)
    across = np.radians(offer.place.longitude - need.place.longitude)
    half = np.sin((second - first) / 2) ** 2
    half += np.cos(first) * np.cos(second) * np.sin(across / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(half))


def median(work: Callable[..., object], arguments: Sequence[object], warm: int = 3) -> float:
    for argument in arguments[:warm] if not isinstance(arguments[0], (Offer, str)) else ():
        work(argument)
    times = [timed(lambda argument=argument: work(argument))[0] for argument in arguments]
    return float(np.median(times)) * 1e3


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def show(found: dict[str, float]) -> None:
    print(f"\n{found['offers']:,} offers")
    ours = found["rank, with limits"]
    for name, value in found.items():
        ratio = f"  {value / ours:8.2f} x" if name.startswith(("rank,", "peer")) else ""
        print(f"  {name:38} {value:10.4f}{ratio}", flush=True)


def draw(results: Sequence[dict[str, float]], path: Path) -> None:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    sizes = [result["offers"] for result in results]
    for name in [name for name in results[-1] if name.startswith(("rank, with", "peer"))]:
        points = [result.get(name, np.nan) for result in results]
        axes.loglog(
            sizes, points, marker="o", label=name.replace("rank, with limits", "this matcher")
        )
    axes.set_xlabel("offers")
    axes.set_ylabel("milliseconds a need (median)")
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path)
    path.with_suffix(".json").write_text(json.dumps(list(results), indent=1) + "\n")


if __name__ == "__main__":
    main()
