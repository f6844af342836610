"""The OpenAPI description: complete, and without a reference that leads nowhere."""

from collections.abc import Iterator
from typing import Any

from syncserver.rest import all_routes
from syncserver.rest.openapi import describe

DESCRIPTION = describe(all_routes(), "1")


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_it_is_openapi_3_1() -> None:
    assert DESCRIPTION["openapi"] == "3.1.0"


def test_every_route_is_in_it() -> None:
    described = {
        (method.upper(), path)
        for path, methods in DESCRIPTION["paths"].items()
        for method in methods
    }

    assert len(described) == len(all_routes())
    assert ("PATCH", "/api/schedules/{scheduleId}/status") in described


def test_every_reference_leads_somewhere() -> None:
    known = {f"#/components/schemas/{name}" for name in DESCRIPTION["components"]["schemas"]}

    assert set(references(DESCRIPTION)) <= known


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [
        operation["operationId"]
        for methods in DESCRIPTION["paths"].values()
        for operation in methods.values()
    ]

    assert len(names) == len(set(names))


def test_every_parameter_of_a_path_is_described() -> None:
    for path, methods in DESCRIPTION["paths"].items():
        for operation in methods.values():
            named = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def test_a_resource_has_no_tag_and_a_new_session_no_id() -> None:
    schedule = DESCRIPTION["components"]["schemas"]["Schedule"]
    created = DESCRIPTION["paths"]["/api/schedules"]["post"]["requestBody"]
    fields = created["content"]["application/json"]["schema"]["properties"]

    assert "type" not in schedule["properties"]
    assert not {"id", "type"} & set(fields)
    assert {"title", "confirmOverlap", "studentId"} <= set(fields)


def test_who_must_sign_in_is_said() -> None:
    paths = DESCRIPTION["paths"]

    assert paths["/api/me"]["get"]["security"] == [{"token": []}]
    assert "security" not in paths["/api/health"]["get"]
