"""What every part of a score stands on: how text is read, how common words are, the weights."""

from dataclasses import dataclass

from matcher.matching.analyzer import Analyzer
from matcher.matching.statistics import Statistics
from matcher.matching.weights import Weights


@dataclass(frozen=True)
class Basis:
    """Fixed for the life of an index. The versions of its three parts name it for a log."""

    analyzer: Analyzer
    statistics: Statistics
    weights: Weights

    @property
    def versions(self) -> dict[str, str]:
        """The versions of the thesaurus, the statistics and the weights."""
        return {
            "thesaurus": self.analyzer.thesaurus.version,
            "statistics": self.statistics.version,
            "weights": self.weights.version,
        }
