"""How long one ranking takes, on one generated corpus in one run with its peers.

    python benchmarks/ranking.py                        # 10,000 and 100,000 offers, with the peers
    python benchmarks/ranking.py --sizes 1000000 --no-peers
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
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer, TravelLimit

TOP = 20


def main() -> None:
    options = read_options()
    results = [measure(size, options.needs, options.peers) for size in options.sizes]
    if options.picture:
        draw(results, options.picture)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--needs", type=int, default=300)
    parser.add_argument("--no-peers", dest="peers", action="store_false")
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
