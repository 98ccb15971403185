"""What other programs read: as described, a page at a time, exactly so often, nobody's name."""

import re

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from matcher.actions.coordinator.access import end_coordinator
from matcher.actions.coordinator.api_tokens import end_token, make_token
from matcher.lifecycle.scopes import Scope
from matcher.lifecycle.tables import Actor
from matcher.records.api_tokens import ApiToken
from matcher.records.database import writing
from matcher.records.volunteers import Volunteer

AT = "/api/v1"


@pytest.fixture
def token(cast, monday) -> str:
    """A token that may read everything."""
    return make_token("Report", list(Scope), cast.acting(Actor.COORDINATOR, cast.coordinator()))


@pytest.fixture
def read(client, token):
    def ask(path: str, given: str = token):
        return client.get(AT + path, headers={"Authorization": f"Bearer {given}"})

    return ask


@pytest.fixture
def visited(cast) -> None:
    cast.confirmed(cast.request(), cast.volunteer(name="Victor Osei"))
    cast.request(confirmed=False, need="Something quite else", name="Rita", email="rita@x.example")


def described(client) -> dict:
    return client.get(f"{AT}/openapi.json").json


def problems(document: dict, path: str, status: int, answer) -> list[str]:
    """What the description says of an answer that is not so."""
    found = document["paths"][path]["get"]["responses"][str(status)]
    if "$ref" in found:
        found = document["components"]["responses"][str(status)]
    schema = found["content"][answer.mimetype]["schema"]
    whole = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:description", whole)
    checked = {"$ref": f"urn:description{schema['$ref']}"}
    validator = Draft202012Validator(checked, registry=registry, format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(answer.json)]


def test_the_description_is_openapi_3_1(client):
    faults = OpenAPIV31SpecValidator(described(client)).iter_errors()
    assert [each.message for each in faults] == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/requests", "/requests"),
        ("/requests/{reference}", "/requests/H-1001"),
        ("/pairings", "/pairings?state=confirmed&limit=200"),
        ("/visits", "/visits"),
        ("/counts", "/counts"),
    ],
)
def test_every_answer_is_as_it_is_described(client, read, visited, path, asked):
    answer = read(asked)
    assert answer.status_code == 200
    assert answer.json.get("items", True)
    assert problems(described(client), path, 200, answer) == []


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/requests", "/requests?limit=0", 400),
        ("/requests", "/requests?limit=many", 400),
        ("/requests", "/requests?cursor=%00", 400),
        ("/requests", "/requests?cursor=YWZ0ZXI6OTk5OTk5OTk5OTk", 400),
        ("/requests", "/requests?state=lost", 400),
        ("/requests/{reference}", "/requests/H-9999999999", 404),
        ("/requests/{reference}", "/requests/Ruth", 404),
    ],
)
def test_every_refusal_is_as_it_is_described(client, read, path, asked, status):
    answer = read(asked)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert problems(described(client), path, status, answer) == []


def test_what_is_not_there_and_what_is_not_read_are_problems_too(client):
    for answer, status in ((client.get(f"{AT}/people"), 404), (client.post(f"{AT}/visits"), 405)):
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize("given", ["", "ask_wrong", "ask_wrong x", "a" * 101, "é"])
def test_without_a_token_that_works_nothing_is_read(client, read, given):
    answer = read("/counts", given)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


def test_a_signed_in_coordinator_is_no_program(cora):
    assert cora.get(f"{AT}/requests").status_code == 401


def test_a_token_reads_only_what_it_may(client, read, cast):
    narrow = make_token("Counts", [Scope.COUNTS], cast.acting(Actor.COORDINATOR, 1))
    assert read("/counts", narrow).status_code == 200
    assert read("/requests", narrow).status_code == 403


def test_nobody_is_named(read, visited):
    told = "".join(read(path).text for path in ("/requests", "/pairings", "/visits", "/counts"))
    assert not re.search("Ruth|ruth|Rita|rita|Victor|victor|@|social media|quite else", told)


def test_an_organisation_that_somebody_typed_is_not_named(read, cast):
    cast.request(organisation="Jane Smith Consulting")
    assert read("/requests").json["items"][0]["organisation"] is None


def test_a_volunteer_who_hides_their_organisation_keeps_it_hidden(read, cast):
    volunteer_id = cast.volunteer()
    cast.confirmed(cast.request(), volunteer_id)
    with writing() as session:
        session.get_one(Volunteer, volunteer_id).hides_organisation = True
    assert read("/pairings").json["items"][0]["organisation"] is None
    assert read("/visits").json["items"][0]["guest"] is None


def test_pages_follow_each_other_without_gaps_or_doubles(read, cast):
    for number in range(5):
        cast.request(need=f"Subject number {number} of its own kind")
    seen, path = [], "/requests?limit=2"
    while path:
        page = read(path).json
        seen += [each["reference"] for each in page["items"]]
        path = f"/requests?limit=2&cursor={page['next']}" if page["next"] else ""
    assert seen == [f"H-{number}" for number in range(1001, 1006)]


def test_a_minute_has_exactly_so_many_requests(read, monkeypatch):
    monkeypatch.setattr("matcher.actions.coordinator.api_tokens.REQUESTS_A_MINUTE", 3)
    answers = [read("/counts") for _ in range(5)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]
    assert (answers[2].headers["RateLimit-Remaining"], answers[3].headers["Retry-After"]) == (
        "0",
        "60",
    )


def test_answers_are_kept_by_no_cache(client, read):
    for answer in (read("/counts"), read("/people"), client.get(f"{AT}/openapi.json")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_only_a_digest_of_the_token_is_kept(cast, token):
    (row,) = cast.rows(ApiToken)
    assert token.startswith("ask_")
    assert token not in "".join(str(value) for value in vars(row).values())


def test_a_token_ends_by_a_press_and_with_its_makers_access(read, cast, token):
    other = make_token("Other", [Scope.COUNTS], cast.acting(Actor.COORDINATOR, 1))
    end_token(cast.rows(ApiToken)[0].id, cast.acting(Actor.COORDINATOR))
    assert [read("/counts").status_code, read("/counts", other).status_code] == [401, 200]
    end_coordinator("cora@programme.example", cast.acting(Actor.COORDINATOR))
    assert read("/counts", other).status_code == 401


def test_a_token_is_shown_once_and_its_last_use_from_then_on(cora):
    data = {"name": "Monthly report", "scopes": ["counts"]}
    made = cora.post("/coordinator/programs", data=data).text
    token = re.search(r"ask_[\w-]{43}", made)[0]
    assert "Never" in cora.get("/coordinator/programs").text
    assert cora.get(f"{AT}/counts", headers={"Authorization": f"Bearer {token}"}).json
    page = cora.get("/coordinator/programs").text
    assert "Never" not in page
    assert token not in page


def test_a_token_says_what_it_is_for_and_what_it_reads(cora):
    page = cora.post("/coordinator/programs", data={"name": ""})
    assert page.status_code == 422
    assert "Enter what the token is for" in page.text
    assert "Select what may be read with it" in page.text
