"""What people with areas may see and change at the desk, tried on every route with every id."""

import re
from dataclasses import dataclass

import pytest
import time_machine

from matcher.actions.coordinator.access import change_role
from matcher.actions.coordinator.api_tokens import make_token
from matcher.actions.coordinator.noting import add_note
from matcher.actions.coordinator.saving_views import Filters, save_view
from matcher.actions.coordinator.tasks import add_task
from matcher.actions.handed_in import Whereabouts
from matcher.lifecycle.access import Role, Sight
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.scopes import Scope
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.matching.offers import Bar
from matcher.records.api_tokens import ApiToken
from matcher.records.coordinators import Coordinator
from matcher.records.database import writing
from matcher.records.exports import Export
from matcher.records.organisations import OrganisationDomain
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Visit
from matcher.records.saved_views import Listing
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer, VolunteerNote
from matcher.web.areas import ADDRESSED, is_within_areas
from tests.cast import NEWBURY, STORY_NEED, STORY_OFFER
from tests.house.test_get_changes_nothing import digest, sign_in
from tests.house.test_roles import desk_routes

#: In everything that is of another area, and in nothing else.
MARK = re.compile("zennor", re.IGNORECASE)
ZENNOR = Whereabouts(
    place_id="outcode:TR26",
    place_label="Zennor, Cornwall",
    latitude=50.19,
    longitude=-5.56,
    outcode="TR26",
    nation="England",
    council_gss="E06000052",
)
API_LISTS = ("requests", "pairings", "visits")
FIGURES = ("requests", "asks", "first-yes", "load", "organisations", "routes", "unmet-regions")
#: Where a page says again what somebody typed.
TYPED = re.compile("value=|words=zennor")
POSTS = re.compile(r'method="post"[^>]*action="(/coordinator[^"#]*)')
#: What may stand after an address, with rows of another area in it.
QUESTIONS = (
    *(f"/coordinator/requests?words={words}" for words in ("zennor", "H-1002", "person")),
    *(f"/coordinator/volunteers?words={words}" for words in ("zennor", "person", "council")),
    "/coordinator/statistics?span=all",
    "/coordinator/emails?fate=refused",
    "/coordinator/requests/1/by-hand?words=zennor",
    *(f"/coordinator/requests/1/why-not?bar={bar}" for bar in Bar),
    "/coordinator/requests/1/compare?pairing=1&pairing=2",
    "/coordinator/requests/1/approve?pairing=2",
    "/coordinator/candidates/1/then?past=2",
)
#: Forms of an own request with a row of another area in them.
FORMS = (
    ("/coordinator/requests/1/by-hand", {"volunteer": "2", "reason": "I know them"}),
    ("/coordinator/requests/1/by-hand?words=zennor", {"volunteer": "2", "reason": "Yes"}),
    ("/coordinator/requests/1/approve", {"pairing": "2"}),
)
#: No row has it.
NOBODYS = 999_999
WHO = {"name": "Zennor Person", "organisation": "Zennor Council"}


@dataclass(frozen=True)
class World:
    """The ids of one area's rows, by their names in addresses."""

    ids: dict[str, int]
    token: str


def make_world(cast, coordinator_id, where, who, email, words):
    """One request with its volunteer, whom they met, and all that hangs on these."""
    acting = cast.acting(Actor.COORDINATOR, coordinator_id)
    need, offer = f"{STORY_NEED} {words}", f"{STORY_OFFER} {words}"
    request_id = cast.request(where=where, need=need, email=f"ruth@{email}", **who)
    volunteer_id = cast.volunteer(where=where, offer=offer, email=f"victor@{email}", **who)
    pairing_id = cast.confirmed(request_id, volunteer_id)
    add_note(volunteer_id, f"A note {words}", acting)
    with writing() as session:
        facts = {"help_request_id": request_id, "words": f"Call {words}"}
        add_task(session, TaskKind.REPLY, where.outcode, cast.occasion, **facts)
    token = make_token(f"Report {words}", list(Scope), acting)
    email = cast.rows(OutgoingEmail, help_request_id=request_id)[0]
    with writing() as session:
        refused = session.get_one(OutgoingEmail, email.id)
        refused.sent_at, refused.failed_at = None, cast.occasion.now
        refused.last_error = f"550 {words}"
        session.query(Visit).filter_by(pairing_id=pairing_id).one().on = cast.occasion.today
    filters = Filters(Listing.REQUESTS, words=words)
    view_id = save_view(f"View {words}", filters, is_shared=True, occasion=acting)
    ids = {
        "request_id": request_id,
        "view_id": view_id,
        "pairing_id": pairing_id,
        "volunteer_id": volunteer_id,
        "note_id": cast.rows(VolunteerNote, volunteer_id=volunteer_id)[0].id,
        "task_id": cast.rows(Task, help_request_id=request_id)[0].id,
        "email_id": email.id,
        "token_id": cast.rows(ApiToken, coordinator_id=coordinator_id)[0].id,
    }
    return World(ids, token)


@pytest.fixture
def worlds(cast):
    """Colin's own area and another, alike in everything; the first row of each table is his."""
    cora, colin = cast.coordinator(), cast.coordinator("colin@programme.example", "Colin Field")
    sight = Sight((NEWBURY.council_gss,), "West Berkshire")
    change_role(colin, Role.COORDINATOR, cast.acting(Actor.COORDINATOR, cora), sight)
    near = {"name": "Nora Near", "organisation": "Near Council"}
    own = make_world(cast, colin, NEWBURY, near, "near.example", "nearby")
    return own, make_world(cast, cora, ZENNOR, WHO, "zennor.example", "zennor")


@pytest.fixture
def colin(client, cast, worlds):
    """A browser in which Colin is signed in, who sees Newbury alone."""
    with time_machine.travel(cast.occasion.now, tick=False):
        sign_in(client, Actor.COORDINATOR, cast.rows(Coordinator, name="Colin Field")[0])
        assert client.get("/coordinator").status_code == 200
        yield client


def open_routes(app):
    """The desk's routes that are open to people with areas: rule and method."""
    return [
        (rule, method)
        for rule, _least in desk_routes(app)
        if is_within_areas(app.view_functions[rule.endpoint])
        for method in sorted(rule.methods & {"GET", "POST"})
    ]


def numbers_in(rule):
    return re.findall("<int:([a-z_]+)>", rule.rule)


def paths_of(rule, ids):
    """The ways to a page of these ids, for each name that can stand in the address."""
    path = re.sub("<int:([a-z_]+)>", lambda found: str(ids[found[1]]), rule.rule)
    if path.endswith("/views/new"):
        return [f"{path}?listing=requests"]
    if "<name>" not in path:
        return [path]
    names = Export if "export" in path else FIGURES
    return [path.replace("<name>", name) for name in names]


def test_every_number_in_an_open_address_is_of_a_row_that_areas_narrow(app):
    numbers = {name for rule, _method in open_routes(app) for name in numbers_in(rule)}
    assert numbers == set(ADDRESSED)


def test_a_closed_page_answers_and_changes_nothing(app, colin, worlds):
    before = digest()
    closed = {
        (method, re.sub("<[^>]+>", "1", rule.rule))
        for rule, _least in desk_routes(app)
        if not is_within_areas(app.view_functions[rule.endpoint])
        for method in rule.methods & {"GET", "POST"}
    }
    answers = {each: colin.open(each[1], method=each[0]).status_code for each in closed}
    assert {each: status for each, status in answers.items() if status not in {403, 404}} == {}
    assert digest() == before


def test_a_row_of_another_area_is_as_unknown_as_a_number_that_nobody_has(app, colin, worlds):
    own, other = worlds
    unknown = dict.fromkeys(other.ids, NOBODYS)
    before, told = digest(), {}
    for rule, method in open_routes(app):
        for name in numbers_in(rule):
            for foreign in (other.ids, own.ids | {name: other.ids[name]}):
                answer = colin.open(paths_of(rule, foreign)[0], method=method)
                nothing = colin.open(paths_of(rule, unknown)[0], method=method)
                told[method, rule.rule, name] = (answer.status_code, nothing.status_code)
                assert not MARK.search(answer.text)
    assert set(told.values()) == {(404, 404)}
    assert digest() == before


def test_no_page_shows_anything_of_another_area(app, colin, worlds):
    own, _other = worlds
    shown = {}
    for rule, method in open_routes(app):
        if method == "GET" or rule.endpoint == "coordinator_exports.take":
            for path in paths_of(rule, own.ids):
                answer = colin.open(path, method=method, data={"details": "yes"})
                shown[path] = (answer.status_code, MARK.findall(answer.text))
    assert {path: told for path, told in shown.items() if told[1] or told[0] >= 403} == {}


def test_no_question_in_an_address_leads_to_another_area(colin, worlds):
    pages = {path: colin.get(path, follow_redirects=True).text for path in QUESTIONS}
    lines = [line for page in pages.values() for line in page.splitlines() if MARK.search(line)]
    assert [line for line in lines if not TYPED.search(line)] == []


def test_no_form_of_an_own_request_reaches_a_row_of_another_area(colin, worlds):
    before = digest()["pairing"]
    for path, data in FORMS:
        colin.post(path, data=data)
    assert digest()["pairing"] == before


def test_a_token_reads_what_whoever_made_it_sees(colin, worlds):
    numbers = {}
    for name, world in zip(("colin", "cora"), worlds, strict=True):
        key = {"Authorization": f"Bearer {world.token}"}
        told = [colin.get(f"/api/v1/{what}", headers=key).json for what in API_LISTS]
        counted = colin.get("/api/v1/counts", headers=key).json["requests"]
        one = colin.get("/api/v1/requests/H-1002", headers=key).status_code
        numbers[name] = [*(len(each["items"]) for each in told), sum(counted.values()), one]
    assert numbers == {"colin": [1, 1, 1, 1, 404], "cora": [2, 2, 2, 2, 200]}


def test_figures_are_of_own_areas(colin, worlds):
    table = colin.get("/coordinator/statistics/requests.csv?span=all").text
    counts = colin.get("/coordinator/exports/counts.csv").text.split()
    assert [line for line in counts[1:] if not line.endswith(",1")] == []
    assert '"Sent, address proved",1\r\n' in table


def test_a_calendar_holds_the_visits_of_its_owners_areas(colin, worlds):
    colin.post("/coordinator/calendar")
    page = colin.get("/coordinator/calendar").text
    calendar = colin.get(re.search(r"/t/desk_calendar/[0-9a-f.]+", page)[0]).text
    assert calendar.count("BEGIN:VEVENT") == 1
    assert not MARK.search(calendar)


def test_no_page_draws_what_leads_to_a_closed_one(app, colin, worlds):
    own, _other = worlds
    drawn = set()
    for rule, method in open_routes(app):
        if method == "GET":
            page = colin.get(paths_of(rule, own.ids)[0]).text
            drawn |= {("GET", way) for way in re.findall(r'href="(/coordinator[^"#]*)', page)}
            drawn |= {("POST", way) for way in re.findall(POSTS, page)}
    adapter = app.url_map.bind("help.test")
    views = {
        each: app.view_functions[adapter.match(each[1].partition("?")[0], each[0])[0]]
        for each in drawn
    }
    of_desk = {each: view for each, view in views.items() if hasattr(view, "least_role")}
    assert [each for each, view in of_desk.items() if not is_within_areas(view)] == []


def test_a_volunteer_is_let_in_without_trusting_a_domain_everywhere(colin, cast, worlds):
    waiting = cast.volunteer(where=NEWBURY, active=False, organisation="Nowhere", name="Nina")
    colin.post(f"/coordinator/volunteers/{waiting}/let-in", data={"trust_domain": "yes"})
    assert cast.get(Volunteer, waiting).state == State.ACTIVE
    assert cast.rows(OrganisationDomain, domain="walsall.example") == []
