"""What every proposal is kept with, so that "why was this proposed then?" has an answer."""

from dataclasses import asdict, dataclass, replace

from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.rules import Rules
from matcher.matching.offers import Candidate, Need
from matcher.matching.plain import as_dict
from matcher.records.database import JsonObject
from matcher.records.pairings import Pairing


@dataclass(frozen=True)
class MadeFrom:
    """What one ranking was made from: the need, the offers up to a number, and the rules."""

    need: Need
    offers_up_to: int
    index_version: int
    rules: Rules

    @classmethod
    def of(cls, need: Need, live: LiveIndex) -> "MadeFrom":
        """Return what a ranking by this index, as it has just followed, is made from."""
        return cls(need, live.number, live.version, live.rules)

    def as_values(self) -> JsonObject:
        """Return this as a snapshot keeps it; the minutes are left out, for they come again."""
        return {
            "need": as_dict(replace(self.need, minutes=None)),
            "offers_up_to": self.offers_up_to,
            "index_version": self.index_version,
            "weights": self.rules.weights.version,
            "weight_values": asdict(self.rules.weights),
            "settings_version": self.rules.settings_version,
            "thesaurus": self.rules.thesaurus.version,
            "thesaurus_number": self.rules.thesaurus_number,
        }


def make_pairing(
    made_from: MadeFrom, rank: int, candidate: Candidate, occasion: Occasion
) -> Pairing:
    """Return a proposal with what it was made from; it is not yet in any session."""
    return Pairing(
        help_request_id=int(made_from.need.id),
        volunteer_id=int(candidate.offer_id),
        rank=rank,
        score=candidate.score,
        snapshot={**made_from.as_values(), "candidate": as_dict(candidate)},
        proposed_at=occasion.now,
    )
