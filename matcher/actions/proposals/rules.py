"""What the matcher goes by besides the offers: the weights and the thesaurus, each by version."""

from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from matcher.matching.thesaurus import Thesaurus, shipped_thesaurus
from matcher.matching.weights import Weights
from matcher.records.programmes import ProgrammeSettings, get_programme, latest_settings
from matcher.records.thesaurus_versions import OwnThesaurus, latest_thesaurus, whole_thesaurus


@dataclass(frozen=True)
class Rules:
    """Weights and thesaurus with the numbers of the rows they came from; 0 is as shipped."""

    weights: Weights = field(default_factory=Weights)
    thesaurus: Thesaurus = field(default_factory=shipped_thesaurus)
    settings_version: int = 0
    thesaurus_number: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """The same for rules that rank alike."""
        return self.weights.version, self.thesaurus.version


def read_rules(session: Session) -> Rules:
    """Return the rules in force."""
    kept = latest_settings(session, get_programme(session).id)
    settings = ProgrammeSettings() if kept is None else ProgrammeSettings(**kept.values)
    number, own = latest_thesaurus(session)
    return Rules(
        weights=settings.weights,
        thesaurus=whole_thesaurus(own),
        settings_version=0 if kept is None else kept.version,
        thesaurus_number=number,
    )


def rules_with_weights(rules: Rules, weights: Weights) -> Rules:
    """Return the rules with other weights, to be tried."""
    return replace(rules, weights=weights)


def rules_with_thesaurus(rules: Rules, own: OwnThesaurus) -> Rules:
    """Return the rules with another thesaurus, to be tried."""
    return replace(rules, thesaurus=whole_thesaurus(own))
