"""Every setting of a programme in plain words, by the page on which it stands.

A setting that is added to ``ProgrammeSettings`` is named on one of the pages, or among those that
no page shows.
"""

from matcher.web.forms.setting import Setting
from matcher.web.forms.settings_asking import HOURS, PROPOSALS, WAVES
from matcher.web.forms.settings_keeping import DECISIONS, LIMITS, PROGRAMME, TIMES
from matcher.web.forms.settings_matching import MATCHING
from matcher.web.forms.settings_peers import PEERS

SECTIONS = {
    each.name: each
    for each in (PROGRAMME, PROPOSALS, WAVES, HOURS, DECISIONS, MATCHING, PEERS, TIMES, LIMITS)
}
#: Measured once and for all, or a bar rather than a preference: no page changes them.
NOT_ON_A_PAGE = frozenset(
    {
        "weights.a_little_over",
        "weights.acronym",
        "weights.audience",
        "weights.bm25_b",
        "weights.bm25_k1",
        "weights.boilerplate",
        "weights.inside_phrase",
        "weights.neighbour",
        "weights.short_need",
        "weights.spelling",
        "weights.travel_km",
        "weights.unwanted",
    }
)


def setting_of(path: str) -> Setting | None:
    """Return the setting of a path; None where no page shows it."""
    every = (setting for section in SECTIONS.values() for setting in section.settings)
    return next((setting for setting in every if setting.path == path), None)


def heading_of(setting: Setting) -> str:
    """Return the heading under which a setting stands, or the title of its page."""
    for section in SECTIONS.values():
        for heading, settings in section.parts:
            if setting in settings:
                return heading or section.title
    return ""
