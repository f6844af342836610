"""The OpenAPI 3.1 description, made from the routes and their types."""

import inspect
import re
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec

from syncserver.rest.problems import MEDIA_TYPE, STATUS_OF, FieldError, Problem
from syncserver.rest.routes import LONGEST_KEY, PREFIX, Route, Who

REF = "#/components/schemas/{name}"
PARAMETER = re.compile(r"\{(\w+)\}")
DESCRIPTION = "Everything that a client may ask of a Tandem relay over HTTP."
WHO = {
    Who.ANYONE: "anyone",
    Who.SIGNED_IN: "signed in",
    Who.MENTOR: "mentors",
    Who.ADMIN: "admins",
}
FOR = {
    Who.ANYONE: "anybody, also before signing in",
    Who.SIGNED_IN: "everybody who is signed in",
    Who.MENTOR: "mentors and admins",
    Who.ADMIN: "admins",
}
LINK = {
    "description": 'Where the next page is: `<…>; rel="next"`; absent on the last one.',
    "schema": {"type": "string"},
}
# Real requests and answers; a test makes them anew and holds them against these.
EXAMPLES: dict[str, dict[str, Any]] = msgspec.json.decode(
    Path(__file__).with_name("examples.json").read_bytes()
)
SIGNED_IN_CODES = (
    "token_missing",
    "token_invalid",
    "token_expired",
    "forbidden",
    "account_disabled",
)
SENTENCES = {
    400: "The body is not JSON",
    401: "Not signed in",
    403: "Visible, but not allowed",
    404: "Absent or not visible: the same answer",
    409: "A rule does not allow it",
    412: "It has another version than If-Match says",
    413: "The body is too large",
    422: "A value is wrong; errors names the field",
    429: "Too many tries; see Retry-After",
}
RETRY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Same key and body, same answer.",
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag that was seen, or several; another version is answered with 412.",
    "schema": {"type": "string"},
}


def describe(routes: Iterable[Route], version: str) -> dict[str, Any]:
    """The whole document."""
    routes = list(routes)
    types = _types(routes)
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    schema_of = dict(zip(map(repr, types), schemas, strict=True))
    for component in components.values():
        drop_tag(component)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        address = paths.setdefault(PREFIX + camel_path(route.path), {})
        address[route.method.lower()] = _operation(route, schema_of, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tandem relay", "version": version, "description": DESCRIPTION},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def drop_tag(component: dict[str, Any]) -> None:
    """Take away what tells the replicas' rows and commands apart: REST does not show it."""
    properties = component.get("properties", {})
    if "enum" in properties.get("type", {}):
        del properties["type"]
        component["required"] = [one for one in component["required"] if one != "type"]


def _types(routes: list[Route]) -> list[Any]:
    """All types that a body, an answer or a query has, each once."""
    named: list[Any] = [Problem]
    for route in routes:
        named += [one for one in (route.body, route.query, *_answers(route)) if one is not None]
    return list({repr(one): one for one in named}.values())


def _answers(route: Route) -> tuple[Any, ...]:
    """The types that it may answer with."""
    return route.answer if isinstance(route.answer, tuple) else (route.answer,)


def _operation(
    route: Route, schema_of: dict[str, Any], components: dict[str, Any]
) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(route),
        "summary": route.summary,
        "description": _description(route),
        "tags": [route.path.split("/")[1]],
        "x-who": WHO[route.who],
        "responses": _responses(route, schema_of),
    }
    if parameters := _parameters(route, schema_of, components):
        operation["parameters"] = parameters
    if route.who is not Who.ANYONE:
        operation["security"] = [{"token": []}]
    if route.body is not None:
        schema = _without(route, schema_of[repr(route.body)], components)
        content = {"schema": schema, **_example(route, "request")}
        operation["requestBody"] = {
            "required": bool(schema.get("required", True)),
            "content": {"application/json": content},
        }
    return operation


def _description(route: Route) -> str:
    """Who may ask, what there is to know, and how the next page and a repeated request go."""
    said = [f"For {FOR[route.who]}."]
    if told := inspect.getdoc(route.handle):
        said.append(" ".join(told.split()))
    if _is_paged(route):
        said.append("The next page stands in `Link`.")
    if route.method != "GET":
        said.append("Repeated under the same `Idempotency-Key`, it is done once.")
    return " ".join(said)


def _is_paged(route: Route) -> bool:
    fields = route.query.__struct_fields__ if route.query else ()
    return "cursor" in fields and route.media_type == "application/json"


def _example(route: Route, part: str) -> dict[str, Any]:
    """The example of a request or an answer, where there is one (`examples.json`)."""
    kept = EXAMPLES.get(route.name, {})
    return {"example": kept[part]} if part in kept else {}


def _without(route: Route, schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """A command's own fields: without its tag and what the relay fills in; others as they are."""
    whole = components[schema["$ref"].rpartition("/")[2]]
    names = dict(
        zip(route.body.__struct_fields__, route.body.__struct_encode_fields__, strict=True)
    )
    left_out = {names[name] for name in route.given if name in names}
    if not route.given:
        return schema if whole.get("required") else {**whole}
    return {
        "type": "object",
        "description": route.summary,
        "properties": {
            name: one for name, one in whole["properties"].items() if name not in left_out
        },
        "required": [name for name in whole["required"] if name not in left_out],
    }


def _parameters(
    route: Route, schema_of: dict[str, Any], components: dict[str, Any]
) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = [
        {"name": _camel(name), "in": "path", "required": True, "schema": {"type": "string"}}
        for name in PARAMETER.findall(route.path)
    ]
    if route.query is not None:
        whole = components[schema_of[repr(route.query)]["$ref"].rpartition("/")[2]]
        parameters += [
            {"name": name, "in": "query", "schema": _as_parameter(schema)}
            for name, schema in whole["properties"].items()
        ]
    if route.method != "GET":
        parameters.append(RETRY_KEY)
    if "changed" in route.errors:
        parameters.append(IF_MATCH)
    return parameters


def _as_parameter(schema: dict[str, Any]) -> dict[str, Any]:
    """What a query may say: never null; an empty value counts as absent."""
    known = [one for one in schema.get("anyOf", [schema]) if one != {"type": "null"}]
    said = {name: schema[name] for name in ("default",) if schema.get(name) is not None}
    plain = [{key: value for key, value in one.items() if key != "default"} for one in known]
    return {"anyOf": [*plain, {"const": ""}], **said}


def _responses(route: Route, schema_of: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done"}
    if route.answer is not None:
        schemas = [schema_of[repr(one)] for one in _answers(route)]
        schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
        files = {media_type: {"schema": {"type": "string"}} for media_type in route.files}
        content = {"schema": schema, **_example(route, "answer")}
        good["content"] = {route.media_type: content, **files}
    if _is_paged(route):
        good["headers"] = {"Link": LINK}
    responses = {str(route.status): good}
    for status, codes in sorted(_codes(route).items()):
        told = ", ".join(f"`{code}`" for code in sorted(codes))
        responses[str(status)] = {
            "description": f"{SENTENCES[status]}: {told}",
            "content": {
                MEDIA_TYPE: {
                    "schema": schema_of[repr(Problem)],
                    "examples": {code: _problem_example(status, code) for code in sorted(codes)},
                }
            },
        }
    return responses


def _problem_example(status: int, code: str) -> dict[str, Any]:
    """What this refusal looks like; its sentence is made for the case."""
    wrong = [FieldError("title", "required", "This is needed.")] if code == "invalid" else []
    detail = f"{SENTENCES[status]}."
    told = Problem(HTTPStatus(status).phrase, status, code, detail, errors=wrong)
    return {"value": msgspec.to_builtins(told)}


def _codes(route: Route) -> dict[int, set[str]]:
    """The codes by status: the route's own, and those that follow from what it needs."""
    implied = (
        (route.who is not Who.ANYONE, SIGNED_IN_CODES),
        (PARAMETER.search(route.path) is not None, ("not_found",)),
        (route.body is not None, ("bad_request", "too_large", "invalid")),
        (route.query is not None, ("invalid",)),
        (route.method != "GET", ("idempotency_key_reused", "invalid")),  # a key may be too long
        (True, route.errors),
    )
    codes: dict[int, set[str]] = {}
    for applies, names in implied:
        for name in names if applies else ():
            status = 401 if name.startswith("token_") else STATUS_OF.get(name, 409)
            codes.setdefault(status, set()).add(name)
    return codes


def _operation_id(route: Route) -> str:
    words = re.findall(r"[A-Za-z0-9]+", route.path)
    return route.method.lower() + "".join(word[0].upper() + word[1:] for word in words)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def camel_path(path: str) -> str:
    return PARAMETER.sub(lambda match: f"{{{_camel(match.group(1))}}}", path)
