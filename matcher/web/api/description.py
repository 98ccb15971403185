"""The programming interface as OpenAPI 3.1 describes it. A test holds every answer against it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from matcher.actions.coordinator.api_tokens import REQUESTS_A_MINUTE
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.choices import (
    DeclineReason,
    Kind,
    MissedReason,
    Outcome,
    WhoPays,
)
from matcher.lifecycle.scopes import Scope

VERSION = "1.0.0"
MOST_AT_ONCE = 200
USUAL_AT_ONCE = 50
TOKEN = "token"

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
YES_NO: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
REFERENCE: Schema = {"type": "string", "pattern": "^H-[0-9]+$", "examples": ["H-1001"]}
ORGANISATION: Schema = {
    "type": ["string", "null"],
    "description": "Its official name; null where it is not a known body, or not to be told.",
}


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "type": ["string", "null"], "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _one_of(values: type[StrEnum]) -> Schema:
    return {"type": "string", "enum": [each.value for each in values]}


def _object(description: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _page(name: str) -> Schema:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    cursor = {
        "type": ["string", "null"],
        "description": "Give it as `cursor` to go on; null at the end.",
    }
    return _object(f"Some of each {name.lower()}, the oldest first.", items=items, next=cursor)


def _numbers(states: type[StrEnum]) -> Schema:
    return {
        "type": "object",
        "description": "How many stand where; states in which there are none are left out.",
        "propertyNames": {"enum": [each.value for each in states]},
        "additionalProperties": {"type": "integer", "minimum": 0},
    }


SCHEMAS: Mapping[str, Schema] = {
    "Request": _object(
        "One asking for help. Requests whose address nobody proved are not told.",
        reference=REFERENCE,
        state=_one_of(help_request.State),
        organisation=ORGANISATION,
        kind=_or_null(_one_of(Kind)),
        place={**TEXT, "description": "The place as it is shown: never a whole postcode."},
        council={**TEXT, "description": "The GSS code of its council; empty if not known."},
        nation=TEXT,
        wanted_dates={"type": "array", "items": DAY, "description": "Empty where flexible."},
        who_pays=_one_of(WhoPays),
        places={**NUMBER, "minimum": 1, "maximum": 3},
        filled={**NUMBER, "minimum": 0, "maximum": 3},
        sent_at=MOMENT,
        confirmed_at=_or_null(MOMENT),
        proposed_at=_or_null(MOMENT),
        ended_at=_or_null(MOMENT),
        end_reason={**TEXT, "description": "Empty while it is open."},
    ),
    "Pairing": _object(
        "One volunteer proposed for one request, and what came of it.",
        id=NUMBER,
        request=REFERENCE,
        state=_one_of(pairing.State),
        volunteer={**NUMBER, "description": "The same number is the same person."},
        organisation=ORGANISATION,
        rank=NUMBER,
        score={"type": "number", "minimum": 0, "maximum": 1},
        wave={**NUMBER, "description": "0 before anybody was asked."},
        proposed_at=MOMENT,
        asked_at=_or_null(MOMENT),
        answered_at=_or_null(MOMENT),
        answer_reason={"type": "string", "enum": ["", *(each.value for each in DeclineReason)]},
    ),
    "Visit": _object(
        "One meeting.",
        id=NUMBER,
        request=REFERENCE,
        pairing=NUMBER,
        state=_one_of(visit.State),
        host=ORGANISATION,
        guest=ORGANISATION,
        day=_or_null(DAY),
        requester_said=_or_null(_one_of(Outcome)),
        volunteer_said=_or_null(_one_of(Outcome)),
        requester_helped=_or_null(YES_NO),
        volunteer_helped=_or_null(YES_NO),
        missed_because=_or_null(_one_of(MissedReason)),
    ),
    "Counts": _object(
        "How many requests, volunteers, pairings and visits stand where.",
        requests=_numbers(help_request.State),
        volunteers={"type": "object", "additionalProperties": NUMBER},
        pairings=_numbers(pairing.State),
        visits=_numbers(visit.State),
    ),
    "Problem": _object(
        "What is wrong and how to mend it (RFC 9457).",
        type={"type": "string", "format": "uri-reference"},
        title=TEXT,
        status=NUMBER,
        detail=TEXT,
    ),
    "RequestPage": _page("Request"),
    "PairingPage": _page("Pairing"),
    "VisitPage": _page("Visit"),
}
REFUSALS = {
    "400": "A parameter cannot be read.",
    "401": "There is no token, or it does not work.",
    "403": "The token may not read this.",
    "404": "There is no such thing.",
    "429": "More requests in this minute than the token has.",
}
LIMIT_HEADERS = {
    "RateLimit-Limit": {"schema": NUMBER, "description": "Requests a minute."},
    "RateLimit-Remaining": {"schema": NUMBER, "description": "What is left of them."},
    "RateLimit-Reset": {"schema": NUMBER, "description": "Seconds until they begin anew."},
}
CURSOR: Schema = {
    "name": "cursor",
    "in": "query",
    "description": "`next` of the page before.",
    "schema": TEXT,
}
LIMIT: Schema = {
    "name": "limit",
    "in": "query",
    "schema": {**NUMBER, "minimum": 1, "maximum": MOST_AT_ONCE, "default": USUAL_AT_ONCE},
}


def _state(states: type[StrEnum]) -> Schema:
    return {"name": "state", "in": "query", "schema": _one_of(states)}


def _reading(
    name: str, summary: str, schema: str, scope: Scope, parameters: Iterable[Schema] = ()
) -> Schema:
    answered = {
        "description": summary,
        "headers": LIMIT_HEADERS,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
    refused = {status: {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "description": f"The token needs the scope `{scope}`.",
            "security": [{TOKEN: []}],
            "parameters": list(parameters),
            "responses": {"200": answered, **refused},
        }
    }


def _paths() -> Schema:
    reference = {"name": "reference", "in": "path", "required": True, "schema": REFERENCE}
    requests, pairings, visits = (
        [_state(states), LIMIT, CURSOR]
        for states in (help_request.State, pairing.State, visit.State)
    )
    scope = Scope.REQUESTS
    return {
        "/requests": _reading("listRequests", "Requests", "RequestPage", scope, requests),
        "/requests/{reference}": _reading(
            "getRequest", "One request", "Request", scope, [reference]
        ),
        "/pairings": _reading("listPairings", "Pairings", "PairingPage", Scope.PAIRINGS, pairings),
        "/visits": _reading("listVisits", "Visits", "VisitPage", Scope.VISITS, visits),
        "/counts": _reading("getCounts", "Counts", "Counts", Scope.COUNTS),
    }


def _refusal(words: str) -> Schema:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": words, "content": {"application/problem+json": problem}}


def describe(base_url: str, programme: str) -> Schema:
    """Return the description of the programming interface at an address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{programme}: reading by other programs",
            "version": VERSION,
            "description": "Read-only. Nothing here names a person, or holds an address or what "
            f"anybody wrote. A token may send {REQUESTS_A_MINUTE} requests a minute.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": f"{base_url}/api/v1"}],
        "paths": _paths(),
        "components": {
            "schemas": dict(SCHEMAS),
            "responses": {status: _refusal(words) for status, words in REFUSALS.items()},
            "securitySchemes": {
                TOKEN: {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Coordinators make tokens on their page “Other programs”.",
                }
            },
        },
    }
