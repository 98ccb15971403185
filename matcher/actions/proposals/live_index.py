"""The live index of one process: the offers as they stand, ranked by the rules in force."""

from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy.orm import Session

from matcher.actions.proposals.driving import Drives
from matcher.actions.proposals.rules import Rules, read_rules
from matcher.matching.index import OfferIndex
from matcher.matching.plain import offer_from_dict
from matcher.records.offers import changes_after, latest_index_version, latest_offers


@dataclass(slots=True)
class LiveIndex:
    """It follows the log of offers, the thesaurus and the weights, so all processes rank alike.

    ``drives`` is the router for driving times, None where estimates are all there is.
    """

    version: int = 0
    number: int = 0
    rules: Rules = field(default_factory=Rules)
    drives: Drives | None = None
    _index: OfferIndex = field(default_factory=lambda: OfferIndex(()))
    _lock: Lock = field(default_factory=Lock)

    def follow(self, session: Session) -> OfferIndex:
        """Return the index with every change of an offer, the thesaurus or a weight up to now."""
        with self._lock:
            newest, rules = latest_index_version(session), read_rules(session)
            version, up_to = (0, 0) if newest is None else (newest.id, newest.up_to)
            if version != self.version or rules.key != self.rules.key:
                self._rebuild(session, up_to, rules)
                self.version, self.number = version, up_to
            self.rules = rules
            self._replay(session)
            return self._index

    def _rebuild(self, session: Session, up_to: int, rules: Rules) -> None:
        offers = [offer_from_dict(payload) for payload in latest_offers(session, up_to)]
        session.rollback()  # none is read where there are none, and building takes its time
        self._index = OfferIndex(offers, thesaurus=rules.thesaurus, weights=rules.weights)

    def _replay(self, session: Session) -> None:
        for change in changes_after(session, self.number):
            if str(change.volunteer_id) in self._index:
                self._index.remove(str(change.volunteer_id))
            if change.payload is not None:
                self._index.add(offer_from_dict(change.payload))
            self.number = change.number
