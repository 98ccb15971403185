"""Changing the thesaurus: one version after another, each with who made it; any can be undone."""

from collections.abc import Sequence
from itertools import count

from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.proposing_anew import propose_anew
from matcher.lifecycle.refusals import MovedOn, NotAllowed, NotFound
from matcher.matching.thesaurus import slug
from matcher.records.database import writing
from matcher.records.pages.thesaurus_log import changes_between
from matcher.records.programmes import get_programme, lock_programme
from matcher.records.thesaurus_versions import (
    OwnThesaurus,
    ThesaurusVersion,
    every_group,
    find_thesaurus,
    latest_thesaurus,
)

#: How the ids of added groups begin, and how long they may be.
OWN = "own"
LONGEST_ID = 60


def own_group_id(own: OwnThesaurus, terms: Sequence[str]) -> str:
    """Return an id for a group that is to be added, after its first term; no other has it."""
    named = f"{OWN}-{slug(terms[0]) or 'group'}"[:LONGEST_ID] if terms else OWN
    taken = {group.id for group in every_group(own)}
    numbered = (f"{named}-{number}" for number in count(2))
    return named if named not in taken else next(each for each in numbered if each not in taken)


def save_thesaurus(own: OwnThesaurus, based_on: int, occasion: Occasion) -> int:
    """Keep a new version and have the matcher look again where a choice is still to be made.

    Returns the number of the version. Raises MovedOn where somebody has changed the thesaurus
    since version ``based_on``, NotAllowed where nothing would change.
    """
    with writing() as session:
        return _save(session, own, based_on, occasion)


def undo_thesaurus_change(number: int, occasion: Occasion) -> int:
    """Put what version ``number`` changed back to how it was before; later changes stay.

    Raises NotFound, and NotAllowed where that is how it is already.
    """
    with writing() as session:
        before, after = (find_thesaurus(session, each) for each in (number - 1, number))
        if before is None or after is None:
            raise NotFound("no such version of the thesaurus")
        latest, own = latest_thesaurus(session)
        undone = _put_back(own, before, after)
        return _save(session, undone, latest, occasion)


def _save(session: Session, own: OwnThesaurus, based_on: int, occasion: Occasion) -> int:
    programme = get_programme(session)
    lock_programme(session, programme.id)
    latest, before = latest_thesaurus(session)
    if latest != based_on:
        raise MovedOn("somebody else has changed the thesaurus meanwhile")
    if own == before:
        raise NotAllowed("the thesaurus is like that already")
    kept = ThesaurusVersion(
        programme_id=programme.id,
        number=latest + 1,
        values=own.as_values(),
        made_at=occasion.now,
        made_by=occasion.actor_id,
    )
    session.add(kept)
    record(session, "change_thesaurus", kept.__tablename__, kept.number, occasion)
    propose_anew(session)
    return kept.number


def _put_back(own: OwnThesaurus, before: OwnThesaurus, after: OwnThesaurus) -> OwnThesaurus:
    for change in changes_between(before, after):
        group_id = change.group_id
        if change.is_own:
            group = before.groups.get(group_id)
            own = own.having(group) if group else own.without(group_id)
        if group_id in before.off ^ after.off:
            own = own.switched(group_id, on=group_id not in before.off)
    return own
