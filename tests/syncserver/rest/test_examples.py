"""The examples of the OpenAPI description: each route has one, and the relay really answers so.

`RENEW_EXAMPLES=1` writes what the relay answered into `examples.json`.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from syncserver.rest import all_routes, openapi
from syncserver.rest.openapi import describe
from syncserver.rest.routes import PREFIX, Route
from tests.syncserver.rest.conftest import PASSWORD, House, Someone
from tests.syncserver.rest.test_access_matrix import (
    MATRIX,
    PEOPLE,
    REGISTRATION,
    filled,
    people,
    subjects,
)

__all__ = ["people"]  # a fixture

FILE = Path(openapi.__file__).with_name("examples.json")
ROUTES: dict[str, Route] = {route.name: route for route in all_routes()}
DESCRIPTION = describe(ROUTES.values(), "1")
# Where the matrix shows a refusal, or the example should say more: who asks, and with what.
OTHERS: dict[str, tuple[str, dict[str, Any] | None]] = {
    "POST /auth/register": ("nobody", {**REGISTRATION, "joinCode": "{join_code}"}),
    "POST /auth/login": ("nobody", {"email": "mia@example.org", "password": PASSWORD}),
    "POST /auth/refresh": ("nobody", {"refreshToken": "{refresh_token}"}),
    "POST /auth/reset": (
        "nobody",
        {"email": "ana@example.org", "code": "{reset_code}", "newPassword": PASSWORD},
    ),
    "POST /auth/logout": ("owner", {"everywhere": False}),
    "POST /students/{student_id}/claim": ("other mentor", None),
    "PATCH /entries/{entry_id}": ("author", {"title": "Loops and lists"}),
    "DELETE /students/{student_id}/mentors/{mentor_id}": ("admin", {"sessions": "cancel"}),
    "DELETE /cohorts/{cohort_id}/members/{user_id}": ("owner", {"sessions": "cancel"}),
    "POST /users/{user_id}/deactivate": ("admin", {"handOverTo": "{noah}"}),
}
PATHS = {
    "POST /students/{student_id}/claim": "/students/{ben}/claim",
    "POST /users/{user_id}/deactivate": "/users/{mia}/deactivate",
}
HIDDEN = (
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+"), "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"),
    (re.compile(r"\b[\w-]{43}\b"), "dGhpcyBpcyBubyB0b2tlbiBvZiBhIHJlYWwgcmVsYXk"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "0" * 64),
    (re.compile(r"(?<!-)\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b(?!-)"), "7KQM-3VXT-PW9H"),
    (re.compile(r"(?<!-)\b[2-9A-Z]{4}-[2-9A-Z]{4}\b(?!-)"), "7KQM-3VXT"),
)
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


def shortened(value: Any) -> Any:
    """Of a list of an answer the first."""
    return value[:1] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """The same without what is secret or another one each time."""
    text = json.dumps(value)
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    ids: dict[str, str] = {}
    return json.loads(UUID.sub(lambda found: ids.setdefault(found[0], an_id(len(ids))), text))


def an_id(number: int) -> str:
    return f"01980000-0000-7000-8000-{number:012d}"


async def asked(house: House, people: dict[str, Someone], name: str) -> dict[str, Any]:
    """One request that is accepted, and its answer."""
    row, method = MATRIX[name], name.partition(" ")[0]
    good = [who for who, status in zip(PEOPLE, row.answers, strict=True) if status < 300]
    who, body = OTHERS.get(name, (good[-1] if good else "", row.body))
    reset = await house.ada.post(f"/users/{house.ana.id}/reset-code")
    known = {
        **await subjects(house),
        "join_code": house.join_code,
        "refresh_token": house.mia.grant["refreshToken"],
        "reset_code": reset.json()["code"],
    }
    others = {"owner": getattr(house, row.owner), "author": house.ana, "nobody": house.nobody}
    asking = {**people, **others}[who]
    body = filled(body, known)
    answer = await asking.ask(method, filled(PATHS.get(name, row.path), known), body)
    assert answer.status_code == ROUTES[name].status, answer.text
    kept: dict[str, Any] = {} if body is None else {"request": body}
    if "application/json" in answer.headers.get("Content-Type", ""):
        kept["answer"] = answer.json()
    return kept


def schema(name: str, part: str) -> dict[str, Any]:
    method, _, path = name.partition(" ")
    address = PREFIX + openapi.camel_path(path)
    operation = DESCRIPTION["paths"][address][method.lower()]
    holder = (
        operation["requestBody"]
        if part == "request"
        else (operation["responses"][str(ROUTES[name].status)])
    )
    found: dict[str, Any] = holder["content"]["application/json"]["schema"]
    return {**found, "components": DESCRIPTION["components"]}


def check(name: str, part: str, value: Any) -> None:
    wrong = [str(error) for error in jsonschema_rs.iter_errors(schema(name, part), value)]
    assert wrong == [], (name, part, value)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - {"GET /openapi.json", "GET /asyncapi.json"}))
async def test_the_example_of_a_route_is_what_the_relay_takes_and_answers(
    house: House, people: dict[str, Someone], name: str
) -> None:
    real = await asked(house, people, name)
    if os.environ.get("RENEW_EXAMPLES"):
        _renew(name, plain({part: shortened(value) for part, value in real.items()}))
    kept = json.loads(FILE.read_text("utf-8")).get(name, {})

    assert kept.keys() == real.keys()
    assert plain(real.get("request")) == kept.get("request")
    for part, value in real.items():
        check(name, part, value)
        check(name, part, kept[part])
    first, example = shortened(real.get("answer")), kept.get("answer")
    if isinstance(first, dict):
        assert example.keys() == first.keys()
    elif first:
        assert example[0].keys() == first[0].keys()


def _renew(name: str, example: dict[str, Any]) -> None:
    known = json.loads(FILE.read_text("utf-8"))
    known[name] = example
    text = json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False)
    FILE.write_text(f"{text}\n", "utf-8")


def test_every_route_with_a_body_or_a_json_answer_has_an_example() -> None:
    documents = {"GET /openapi.json", "GET /asyncapi.json"}  # those are the example themselves
    for name in ROUTES.keys() - documents:
        route, kept = ROUTES[name], openapi.EXAMPLES.get(name, {})
        is_json = route.answer is not None and route.media_type == "application/json"
        assert ("answer" in kept) == is_json, name
        if route.body is not None:
            assert "request" in kept, name


def test_no_example_is_of_a_route_that_is_gone() -> None:
    assert openapi.EXAMPLES.keys() <= ROUTES.keys()


def test_every_route_says_what_it_is_and_who_may_ask() -> None:
    for methods in DESCRIPTION["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"].startswith("For ")
            assert operation["description"].endswith(".")
