import pytest
from sqlalchemy import exists, func, inspect, select, text
from sqlalchemy.orm import aliased

from matcher.records.database import Base, db, whole_sight, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.sight import (
    FOR_EVERYBODY,
    HiddenFromAreasError,
    narrow,
    narrowed,
    rules_of,
    sees,
)
from matcher.records.volunteers import Volunteer
from tests.cast import NEWBURY, WALSALL

NEWBURY_ONLY = (NEWBURY.council_gss,)
NARROWED = rules_of(1, ())
OTHER = aliased(HelpRequest)
#: A request in every way in which a page may ask for one; each counts or lists what it finds.
WAYS = {
    "rows": select(HelpRequest),
    "columns": select(HelpRequest.id),
    "an alias": select(OTHER.id),
    "a bare count": select(func.count()).select_from(HelpRequest),
    "a count instead": select(HelpRequest).with_only_columns(
        func.count(), maintain_column_froms=True
    ),
    "a subquery": select(func.count()).select_from(select(HelpRequest.id).subquery()),
    "a subquery of rows": select(aliased(HelpRequest, select(HelpRequest).subquery())),
    "a common table": select(select(HelpRequest.id).cte().c.id),
    "a scalar subquery": select(select(func.count(HelpRequest.id)).scalar_subquery()),
    "a condition": select(Volunteer.id).where(
        exists(select(Pairing.id).join(HelpRequest).where(HelpRequest.id == 2))
    ),
    "a union": select(HelpRequest.id).union(select(HelpRequest.id)),
    "a join": select(Volunteer.id, HelpRequest.id).join(HelpRequest, HelpRequest.id > 0),
    "a table": select(HelpRequest.__table__),
    "words": text("SELECT id FROM help_request"),
}


def found(session, wanted):
    """What a reading finds; nothing where it is refused."""
    try:
        rows = session.execute(wanted).all()
    except HiddenFromAreasError:
        return "refused"
    return [row[-1].id if isinstance(row[-1], HelpRequest) else row[-1] for row in rows]


@pytest.fixture
def elsewhere(cast):
    """A session that sees Newbury alone, where nothing is; one request is in Walsall."""
    request_id = cast.request(where=WALSALL)
    volunteer_id = cast.volunteer()
    cast.proposal(request_id, volunteer_id)
    session = db.session()
    session.rollback()
    with narrowed(session, 1, NEWBURY_ONLY):
        yield session


def test_no_way_of_asking_finds_what_is_elsewhere(elsewhere):
    answers = {way: found(elsewhere, wanted) for way, wanted in WAYS.items()}
    assert {way: told for way, told in answers.items() if told not in ([], [0], "refused")} == {}


def test_no_table_shows_what_is_elsewhere(elsewhere):
    keys = {model: inspect(model).primary_key[0].key for model in NARROWED}
    seen = [elsewhere.scalars(select(getattr(*each))).first() for each in keys.items()]
    assert seen == [None] * len(keys)


def test_what_an_action_read_is_forgotten(elsewhere):
    with whole_sight(elsewhere):
        kept = elsewhere.get(HelpRequest, 1)
    assert [kept is None, elsewhere.get(HelpRequest, 1) is None] == [False, True]


def test_what_was_read_before_is_forgotten(cast):
    request = cast.get(HelpRequest, cast.request(where=WALSALL))
    narrow(db.session(), 1, NEWBURY_ONLY)
    assert db.session.get(HelpRequest, request.id) is None


def test_an_action_decides_on_everything_and_then_the_areas_count_again(elsewhere):
    with writing() as session:
        inside = session.get(HelpRequest, 1)
    assert [inside is None, sees(elsewhere, HelpRequest, 1)] == [False, False]


def test_a_volunteer_of_another_area_who_is_proposed_is_seen(cast):
    volunteer_id, other_id = cast.volunteer(where=WALSALL), cast.volunteer(where=WALSALL)
    cast.proposal(cast.request(where=NEWBURY), volunteer_id)
    with narrowed(db.session(), 1, NEWBURY_ONLY) as session:
        assert [sees(session, Volunteer, each) for each in (volunteer_id, other_id)] == [
            True,
            False,
        ]


def test_areas_of_no_council_show_nothing(cast):
    cast.proposal(cast.request(), cast.volunteer())
    with narrowed(db.session(), 1, ()) as session:
        assert [found(session, select(each.id)) for each in (HelpRequest, Volunteer)] == [[], []]


def test_every_table_says_who_sees_it():
    mapped = {mapper.class_ for mapper in Base.registry.mappers}
    assert set(rules_of(1, ())) ^ FOR_EVERYBODY == mapped
