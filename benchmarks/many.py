"""How long very many needs take: alone, with two processes, and with two workers of Dask.

    python benchmarks/many.py                           # 10,000 needs x 100,000 offers
    python benchmarks/many.py --needs 1000 --offers 10000

The scheduler and its workers stand on 127.0.0.1. The three ways must give the same answers. Seconds
by the clock and of processor time, which says more where other work shares the machine.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from benchmarks.corpus import make_corpus
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Candidate, Need

Answers = list[list[Candidate]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--offers", type=int, default=100_000)
    options = parser.parse_args()
    corpus = make_corpus(options.offers, options.needs)
    index = OfferIndex(corpus.offers)
    for need in corpus.needs[:50]:
        index.rank(need)
    print(f"{options.needs:,} needs x {options.offers:,} offers")
    alone = timed("alone", lambda: index.rank_many(corpus.needs))
    shared = timed("two processes", lambda: index.rank_many(corpus.needs, jobs=2))
    print(f"  the same answers: {same(alone, shared)}", flush=True)
    with scheduler() as address:
        by_dask(index, corpus.needs, alone, address)


def by_dask(index: OfferIndex, needs: Sequence[Need], alone: Answers, address: str) -> None:
    few = needs[:2]
    timed("Dask, two needs: sending the index", lambda: index.rank_many(few, cluster=address))
    found = timed("Dask, two workers", lambda: index.rank_many(needs, cluster=address))
    print(f"  the same answers: {same(alone, found)}", flush=True)


def same(one: Answers, other: Answers) -> bool:
    return [[(each.offer_id, each.parts) for each in found] for found in one] == [
        [(each.offer_id, each.parts) for each in found] for found in other
    ]


def timed(name: str, work: Callable[[], Answers]) -> Answers:
    clock, own, children = time.perf_counter(), time.process_time(), of_children()
    answers = work()
    clock, own = time.perf_counter() - clock, time.process_time() - own
    print(
        f"  {name:36} {clock:7.2f} s by the clock, {own:6.2f} s of processor time here, "
        f"{of_children() - children:6.2f} s in processes that ended",
        flush=True,
    )
    return answers


def of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def scheduler() -> Iterator[str]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        Client(cluster),
    ):
        yield cluster.scheduler_address


if __name__ == "__main__":
    main()
