"""Every error is application/problem+json with a code."""

from base64 import urlsafe_b64encode
from typing import Any

import httpx
import pytest

from domain.errors import Invalid
from syncserver.rest.problems import FieldError, field_error
from tests.syncserver.rest.conftest import House, Someone


def is_problem(answer: httpx.Response, status: int, code: str) -> bool:
    told: dict[str, Any] = answer.json()
    members = {"type", "title", "status", "code", "detail", "errors"}
    return (
        answer.headers["Content-Type"] == "application/problem+json"
        and members <= set(told)
        and (told["type"], told["status"], told["code"]) == ("about:blank", status, code)
        and answer.status_code == status
    )


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/", "/api/schedules/x/y/z"])
async def test_an_unknown_address_is_a_problem(house: House, path: str) -> None:
    assert is_problem(await house.nobody.http.get(path), 404, "not_found")


async def test_an_unknown_method_says_which_are_known(house: House) -> None:
    answer = await house.ana.delete("/me")

    assert is_problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "content", [b"{", b"nonsense", b"\xff\xfe", b'{"a":' * 5000, b'{"title": NaN}']
)
async def test_what_is_not_json_is_a_bad_request(house: House, content: bytes) -> None:
    answer = await send(house.mia, content)

    assert is_problem(answer, 400, "bad_request")


async def send(person: Someone, content: bytes) -> httpx.Response:
    headers = {"Authorization": f"Bearer {person.grant['accessToken']}"}
    return await person.http.post("/api/schedules", content=content, headers=headers)


@pytest.mark.parametrize("content", [b"[]", b"7", b"null"])
async def test_what_is_no_object_is_invalid(house: House, content: bytes) -> None:
    assert is_problem(await send(house.mia, content), 422, "invalid")


async def test_too_large_a_body_is_refused(house: House) -> None:
    content = b'{"title": "' + b"x" * 300_000 + b'"}'

    assert is_problem(await send(house.mia, content), 413, "too_large")
    figures = house.services.metrics.exposition().decode()
    assert 'tandem_limited_total{limit="body_bytes"} 1.0' in figures
    assert 'tandem_requests_total{method="POST",route="/schedules",status="413"} 1.0' in figures


@pytest.mark.logs("request_failed")
async def test_a_fault_of_ours_is_told_without_its_words(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret inner words")

    monkeypatch.setattr(house.services.relay, "read", broken)
    answer = await house.nobody.get("/health")

    assert is_problem(answer, 500, "internal")
    assert "inner words" not in answer.text


def test_our_own_field_and_reason_are_told() -> None:
    error = Invalid("endTime", "out_of_range", "The end is not after the start.")

    assert field_error(error) == FieldError(
        "endTime", "out_of_range", "The end is not after the start."
    )


@pytest.mark.parametrize("digits", ["9" * 30, "9" * 5000])
async def test_a_number_that_no_database_holds_is_no_fault_of_ours(
    house: House, digits: str
) -> None:
    row = await house.plan()
    room = f"/sync/rooms/student:{house.ana.id}"
    cursor = urlsafe_b64encode(f'["{digits}",""]'.encode()).decode()

    answers = [
        await house.mia.get(f"{room}?until={digits}"),
        await house.mia.get(f"{room}?cursor={digits}%20x"),
        await house.mia.get(f"/audit-logs/schedule/{row['id']}?cursor={cursor}"),
    ]
    changed = await house.mia.patch(
        f"/schedules/{row['id']}", {"title": "New"}, If_Match=f'"{digits}"'
    )

    assert [is_problem(answer, 422, "invalid") for answer in answers] == [True] * 3
    assert is_problem(changed, 412, "changed")


async def test_an_id_that_is_none_is_told_in_words_and_not_as_a_pattern(house: House) -> None:
    body = {"role": "student", "name": "E", "email": "e@x.org", "cohortId": "x"}

    problem = (await house.ada.post("/users", body)).json()

    assert problem["errors"] == [
        {
            "field": "cohortId",
            "code": "malformed",
            "message": "This does not have the form that it needs.",
        }
    ]
    assert problem["detail"] == "This does not have the form that it needs."
