"""Every route of the description answers its errors as problems; a new route is asked too."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.contract.people import House, Json, Someone
from tests.contract.problems import assert_problem

METHODS = {"get", "post", "put", "patch", "delete"}
WRITING = METHODS - {"get"}


@pytest.fixture(scope="module")
def description(house: House) -> Json:
    found: Json = house.nobody.get("openapi.json").json()
    return found


def operations(description: Json) -> Iterator[tuple[str, str, Json]]:
    """Method, address with an id that is nobody's, and the operation."""
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            parts = path.removeprefix("/api/").split("/")
            named = [str(uuid4()) if part.startswith("{") else part for part in parts]
            yield method, "/".join(named), operation


def test_without_a_token_every_route_that_needs_one_says_so(
    house: House, description: Json
) -> None:
    for method, path, operation in operations(description):
        if "security" in operation:
            answer = house.nobody.ask(method.upper(), path)
            assert_problem(answer, 401, "token_missing")
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_body_that_is_no_json_is_refused_everywhere(house: House, description: Json) -> None:
    for method, path, operation in operations(description):
        if "requestBody" in operation:
            assert_problem(house.admin.ask(method.upper(), path, b"{"), 400, "bad_request")


def test_a_body_that_is_too_large_is_refused_everywhere(house: House, description: Json) -> None:
    body = b'{"x":"' + b"x" * 300_000 + b'"}'
    for method, path, operation in operations(description):
        if "requestBody" in operation:
            assert_problem(house.admin.ask(method.upper(), path, body), 413, "too_large")


def test_another_method_is_refused_with_those_that_there_are(
    house: House, description: Json
) -> None:
    for path, methods in description["paths"].items():
        address = path.removeprefix("/api/")
        for method in METHODS - set(methods):
            answer = house.admin.ask(method.upper(), address)
            assert_problem(answer, 405, "method_not_allowed")
            allowed = {one.strip().lower() for one in answer.headers["Allow"].split(",")}
            assert set(methods) <= allowed


def test_an_id_that_is_nobodys_is_not_found_or_not_for_one(house: House, description: Json) -> None:
    student: Someone = house.student()
    for method, path, operation in operations(description):
        named = any(one["in"] == "path" for one in operation.get("parameters", []))
        if named and "requestBody" not in operation:
            answer = student.ask(method.upper(), path)
            assert answer.status_code in (403, 404), (method, path, answer.text)
            assert_problem(answer, answer.status_code, answer.json()["code"])


def test_every_route_that_writes_takes_a_key_and_every_list_pages(description: Json) -> None:
    for method, path, operation in operations(description):
        names = {one["name"] for one in operation.get("parameters", [])}
        answers = operation["responses"]
        assert ("Idempotency-Key" in names) == (method in WRITING), path
        paged = "cursor" in names and "application/json" in answers.get("200", {}).get(
            "content", {}
        )
        assert ("Link" in answers.get("200", {}).get("headers", {})) == paged, path


def test_every_error_of_the_description_has_its_codes_as_examples(description: Json) -> None:
    for method, path, operation in operations(description):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                examples = answer["content"]["application/problem+json"]["examples"]
                assert examples, (method, path)
                for code, example in examples.items():
                    assert (example["value"]["code"], example["value"]["status"]) == (
                        code,
                        int(status),
                    )
