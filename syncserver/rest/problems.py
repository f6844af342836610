"""Errors as answers: application/problem+json (RFC 9457), each with a code and a sentence."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from domain.errors import Invalid, Refused
from syncserver.auth import TokenRefused
from syncserver.limits import TooMany
from syncserver.logs import log
from syncserver.storage.ledger import Busy

MEDIA_TYPE = "application/problem+json"

# The status of a refusal; all others are rules that the rows as they stand do not fit: 409.
STATUS_OF = {
    "bad_request": 400,
    "credentials_wrong": 401,
    "forbidden": 403,
    "not_assigned": 403,
    "account_disabled": 403,
    "not_found": 404,
    "changed": 412,
    "too_large": 413,
    "invalid": 422,
    "comment_required": 422,
    "join_code_unknown": 422,
    "invitation_unknown": 422,
    "reset_code_unknown": 422,
    "idempotency_key_reused": 422,
    "too_many_tries": 429,
}
CODE_OF = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
SENTENCES = {
    400: "This request cannot be understood.",
    404: "This is not here, or not for you.",
    405: "This address does not know this method.",
    413: "This is too large.",
    500: "Something went wrong on the relay; it was noted.",
}
MISSING = re.compile(r"missing required field `(\w+)`")
PATTERN = "matching regex"  # of ids and rooms, whose pattern tells people nothing
PLACE = re.compile(r" - at `\$\.?([^`]*)`$")


class FieldError(msgspec.Struct, frozen=True):
    """One value that is wrong; `field` is its path in the request."""

    field: str
    code: str
    message: str


class Problem(msgspec.Struct, frozen=True):
    """Any answer that is not a success."""

    title: str
    status: int
    code: str
    detail: str
    type: str = "about:blank"
    errors: list[FieldError] = []


def refused_answer(_request: Request[Any, Any, Any], error: Refused) -> Response[bytes]:
    """A rule of the domain, with what a window needs beside the sentence."""
    return problem(STATUS_OF.get(error.code, 409), error.code, str(error), **error.data)


def token_answer(_request: Request[Any, Any, Any], error: TokenRefused) -> Response[bytes]:
    status = 403 if error.code == "account_disabled" else 401
    answer = problem(status, error.code, error.message)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def limit_answer(_request: Request[Any, Any, Any], error: TooMany) -> Response[bytes]:
    answer = problem(429, "too_many_tries", str(error))
    answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


def invalid_answer(
    _request: Request[Any, Any, Any], error: Invalid | msgspec.ValidationError
) -> Response[bytes]:
    """A value that breaks a limit, with the field that it is in."""
    wrong = field_error(error)
    return problem(422, "invalid", wrong.message, errors=[wrong])


def http_answer(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework itself refuses: unknown addresses and methods, large bodies."""
    status = error.status_code
    code = CODE_OF.get(status, "internal" if status >= 500 else "bad_request")
    answer = problem(status, code, SENTENCES.get(status, SENTENCES[400]))
    if status == 405:
        answer.headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    return answer


def _methods_at(request: Request[Any, Any, Any]) -> set[str]:
    """The methods that this address knows (RFC 9110, section 15.5.6)."""
    asked = request.url.path.strip("/").split("/")
    known: set[str] = set()
    for route in request.app.routes:
        parts = route.path.strip("/").split("/")
        pairs = zip(parts, asked, strict=False)
        if len(parts) == len(asked) and all(a == b or a.startswith("{") for a, b in pairs):
            known.update(getattr(route, "methods", ()))
    return known


def fault_answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of ours: logged with its trace, told without it."""
    log("rest").error("request_failed", method=request.method, exc_info=error)
    return problem(500, "internal", SENTENCES[500])


def busy_answer(_request: Request[Any, Any, Any], error: Busy) -> Response[bytes]:
    """The file is locked or the disk full for now: nothing was changed."""
    log("rest").error("busy", exc_info=error)
    answer = problem(503, "busy", "The relay is busy; try again.")
    answer.headers["Retry-After"] = "1"
    return answer


# What may happen in any request without a fault of ours.
EXPECTED: dict[type[Exception], Callable[..., Response[bytes]]] = {
    Refused: refused_answer,
    TokenRefused: token_answer,
    TooMany: limit_answer,
    Invalid: invalid_answer,
    msgspec.ValidationError: invalid_answer,
    Busy: busy_answer,
}
HANDLERS: dict[Any, Any] = {**EXPECTED, HTTPException: http_answer, Exception: fault_answer}


def expected_answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to one of `EXPECTED`."""
    answer = next(answer for kind, answer in EXPECTED.items() if isinstance(error, kind))
    return answer(request, error)


def problem(
    status: int, code: str, detail: str, errors: list[FieldError] | None = None, **more: Any
) -> Response[bytes]:
    """The answer; `more` are further members, for instance the overlapped sessions."""
    told = Problem(HTTPStatus(status).phrase, status, code, detail, errors=errors or [])
    members = {**more, **msgspec.to_builtins(told)}
    return Response(msgspec.json.encode(members), status_code=status, media_type=MEDIA_TYPE)


def refusal_code(body: object) -> str:
    """The code of a problem's body."""
    try:
        return msgspec.json.decode(body, type=Problem).code  # type: ignore[call-overload,no-any-return]
    except (msgspec.MsgspecError, TypeError):
        return "unknown"


def field_error(error: Invalid | msgspec.ValidationError) -> FieldError:
    """The field and the reason, from ours or from msgspec's own words."""
    text = str(error)
    place = PLACE.search(text)
    path = place.group(1) if place else ""
    cause = error if isinstance(error, Invalid) else error.__cause__
    if isinstance(cause, Invalid):
        return FieldError(_joined(path, cause.field), cause.code, str(cause))
    sentence = PLACE.sub("", text)
    if missing := MISSING.search(sentence):
        return FieldError(_joined(path, missing.group(1)), "required", "This is needed.")
    if PATTERN in sentence:
        return FieldError(path, "malformed", "This does not have the form that it needs.")
    return FieldError(path, _code(sentence), f"{sentence}.")


def _joined(path: str, field: str) -> str:
    if not path or path == field or path.endswith(f".{field}"):
        return path or field
    return f"{path}.{field}"


def _code(sentence: str) -> str:
    if sentence.endswith("length >= 1"):
        return "required"
    if "length >=" in sentence:
        return "too_short"
    if "length <=" in sentence:
        return "too_long"
    return "out_of_range" if "`int`" in sentence and "=" in sentence else "malformed"
