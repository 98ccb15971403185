"""Compiles the matcher before anybody waits for it: `python -m matcher.matching.warming`.

The machine code is kept on disk, so that one run at the time of installing serves every process.
"""

import gc

from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer, Point
from matcher.matching.shelf import LARGE


def warm_up() -> None:
    """Rank once among many offers and once among few, and count who is barred."""
    here = Point(51.4, -1.3)
    said = ("council tax",)
    offers = [Offer(f"o{number}", experience=said, place=here) for number in range(LARGE)]
    index = OfferIndex(offers)
    index.add(Offer("late", experience=said, place=here))
    need = Need("n", text="council tax", place=here)
    index.rank(need)
    index.count_barred(need)
    keep_for_good()


def keep_for_good() -> None:
    """Take what was loaded so far out of the garbage collector's sight.

    It would go through hundreds of thousands of objects time and again, and once more at the end:
    on a busy machine three processes took ten seconds to stop.
    """
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    warm_up()
