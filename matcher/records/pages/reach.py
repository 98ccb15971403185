"""How many more volunteers each change of a request would bring into reach, as last counted."""

from dataclasses import asdict, dataclass

from matcher.records.help_requests import HelpRequest


@dataclass(frozen=True, slots=True)
class Reach:
    """So many more could be asked: by video, from a little further away, on other dates."""

    if_remote: int = 0
    if_wider: int = 0
    if_other_dates: int = 0


def read_reach(request: HelpRequest) -> Reach:
    """Return what was counted last; nothing where nothing was."""
    return Reach(**request.reach)


def write_reach(request: HelpRequest, reach: Reach) -> None:
    """Keep what was counted."""
    request.reach = asdict(reach)
