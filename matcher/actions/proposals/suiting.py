"""Whether a volunteer who was approved some time ago still suits: people change their limits."""

from dataclasses import replace

from matcher.actions.occasion import Occasion
from matcher.actions.proposals.needs import make_need
from matcher.actions.proposals.offering import make_offer
from matcher.matching.index import OfferIndex
from matcher.matching.offers import TravelLimit
from matcher.records.pairings import Pairing

#: Asks are counted by the caller; the matcher is not asked again.
NO_ASKS = 0
NO_LIMIT = TravelLimit()


def still_suits(kept: Pairing, occasion: Occasion) -> bool:
    """Return whether nothing bars the pair as both stand now.

    Pairs that the matcher did not make are a person's decision: a coordinator's, or a colleague's
    who passed the ask on. Those who meet at an event make no journey, so no limit on travel counts.
    """
    if "candidate" not in kept.snapshot:
        return True
    offer = replace(make_offer(kept.volunteer, NO_ASKS), asks_left=None)
    need = make_need(kept.help_request, frozenset(), occasion)
    if "gathering" in kept.snapshot:
        offer, need = replace(offer, travel=NO_LIMIT), replace(need, minutes=None)
    return not OfferIndex((offer,), weights=occasion.settings.weights).count_barred(need)
