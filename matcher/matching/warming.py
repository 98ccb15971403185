"""Compiles the matcher before anybody waits for it: `python -m matcher.matching.warming`.

The machine code is kept on disk, so that one run at the time of installing serves every process.
"""

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


if __name__ == "__main__":
    warm_up()
