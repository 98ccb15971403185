"""Every setting of a programme is on a page in plain words, or named among those that are not."""

from matcher.records.pages.settings_log import flatten
from matcher.records.programmes import ProgrammeSettings
from matcher.records.settings_checks import find_clashes
from matcher.web.forms.settings_catalogue import NOT_ON_A_PAGE, SECTIONS

ON_PAGES = [setting.path for section in SECTIONS.values() for setting in section.settings]


def test_every_setting_is_on_exactly_one_page_or_named_as_on_none():
    assert sorted([*ON_PAGES, *NOT_ON_A_PAGE]) == sorted(flatten(ProgrammeSettings()))


def test_the_settings_as_they_come_contradict_nothing():
    assert find_clashes(ProgrammeSettings()) == ()
