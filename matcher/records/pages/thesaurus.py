"""The groups of the thesaurus as coordinators read them: searched, and a page at a time."""

from dataclasses import dataclass

from matcher.lifecycle.refusals import NotFound
from matcher.matching.thesaurus import Group, shipped_thesaurus
from matcher.records.pages.paging import ON_A_PAGE, Page
from matcher.records.thesaurus_versions import OwnThesaurus, every_group

#: Which groups a list shows.
SHOWS = ("all", "own", "off", "acronyms")


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group, and whether it counts. ``own`` says that coordinators added it."""

    group_id: str
    terms: tuple[str, ...]
    weight: float
    section: str
    acronym: bool
    own: bool
    on: bool


def list_sections() -> tuple[str, ...]:
    """Return the sections of the shipped thesaurus, in its order."""
    sections = (group.section for group in shipped_thesaurus().groups if group.section)
    return tuple(dict.fromkeys(sections))


def list_groups(
    own: OwnThesaurus, *, words: str = "", section: str = "", show: str = "", number: int = 1
) -> Page[GroupView]:
    """Return a page of groups, narrowed by words, section and what to show; others are no limit."""
    views = (_view(own, group) for group in every_group(own))
    found = [view for view in views if _shown(view, show) and _matches(view, words, section)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * ON_A_PAGE
    return Page(tuple(found[start : start + ON_A_PAGE]), number, pages, len(found))


def get_group(own: OwnThesaurus, group_id: str) -> GroupView:
    """Return one group. Raises NotFound."""
    for group in every_group(own):
        if group.id == group_id:
            return _view(own, group)
    raise NotFound("no such group")


def get_own_group(own: OwnThesaurus, group_id: str) -> GroupView:
    """Return one group that coordinators added. Raises NotFound, for shipped ones too."""
    if group_id not in own.groups:
        raise NotFound("no such group was added")
    return _view(own, own.groups[group_id])


def _view(own: OwnThesaurus, group: Group) -> GroupView:
    return GroupView(
        group_id=group.id,
        terms=group.terms,
        weight=group.weight,
        section=group.section,
        acronym=group.acronym,
        own=group.id in own.groups,
        on=group.id not in own.off,
    )


def _shown(view: GroupView, show: str) -> bool:
    kinds = {"own": view.own, "off": not view.on, "acronyms": view.acronym}
    return kinds.get(show, True)


def _matches(view: GroupView, words: str, section: str) -> bool:
    text = f"{view.group_id} {' | '.join(view.terms)}".lower()
    here = not section or view.section == section
    return here and all(word in text for word in words.lower().split())
