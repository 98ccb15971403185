"""How long one ranking among a million offers takes, without reading a million texts first.

    python benchmarks/million.py                        # 10,000 to 1,000,000 offers
    python benchmarks/million.py --sizes 100000 1000000

A part of the offers is generated and read as in benchmarks/ranking.py; then their items, and their
facts apart from them, are dealt out anew to as many offers as are wanted. So lengths, words, places
and limits are spread as in generated ones, and no two offers are alike. Each need is ranked a few
times in turn with all others, and its shortest time counts; figures are medians in milliseconds.
"""

import argparse
import resource
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.corpus import make_corpus
from matcher.matching.blocks import block_order, make_blocks
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need
from matcher.matching.postings import PartWeights, make_postings
from matcher.matching.shelf import Tray
from matcher.matching.table import Table, _spans

PART = 50_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--needs", type=int, default=200)
    parser.add_argument("--tries", type=int, default=5)
    options = parser.parse_args()
    for size in options.sizes:
        corpus = make_corpus(min(size, PART), options.needs)
        index = OfferIndex(corpus.offers)
        seconds = time.process_time()
        index._shelf._trays = [dealt_out(index, size)]
        seconds = time.process_time() - seconds
        entries = index._shelf._trays[0].postings.entries.size
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        times = shortest(index, corpus.needs, options.tries)
        print(
            f"{size:9,} offers: p50 {np.median(times):.2f} ms, p95 {np.percentile(times, 95):.2f}; "
            f"{entries:,} postings, dealt out in {seconds:.0f} s of processor time, "
            f"at most {peak:,.0f} MB",
            flush=True,
        )


def dealt_out(index: OfferIndex, size: int) -> Tray:
    """Return a tray of so many offers, made of the items and the facts of the index's."""
    chance = np.random.default_rng(1)
    encoder, [tray, *_] = index._encoder, index._shelf._trays
    old, made = tray.table, Table(encoder)
    copies = -(-size // len(old))
    owner = np.concatenate([chance.permutation(len(old)) for _ in range(copies)])[:size]
    facts = old.facts[owner]
    facts = facts[block_order(facts)]
    words = old.words
    lengths = np.diff(words.offer_items)[owner]
    items = chance.integers(0, words.item_starts.size - 1, lengths.sum())
    made._words["terms"].extend(words.terms[_spans(words.item_starts, items)])
    made._words["counts"].extend(words.counts[_spans(words.item_starts, items)])
    made._append_sizes(lengths.tolist(), np.diff(words.item_starts)[items].tolist())
    made._facts.extend(facts)
    made.offers = [old.offers[row] for row in owner.tolist()]
    made.rows = {f"o{row}": row for row in range(size)}
    made._weigh(0)
    weights = index.weights
    together = weights.whole + weights.items + weights.bm25
    parts = PartWeights(weights.whole / together, weights.items / together, weights.bm25 / together)
    postings = make_postings(made.words, len(encoder.vocabulary), parts)
    return Tray(made, postings, make_blocks(made.facts))


def shortest(index: OfferIndex, needs: Sequence[Need], tries: int) -> np.ndarray:
    found = np.full(len(needs), np.inf)
    for _ in range(tries):
        for place, need in enumerate(needs):
            start = time.perf_counter()
            index.find(need)
            found[place] = min(found[place], time.perf_counter() - start)
    return found * 1e3


if __name__ == "__main__":
    main()
