"""REST in general: what the relay says of itself, and what it answers to a bad request."""

import httpx
import pytest

from tests.contract.people import House, Someone
from tests.contract.problems import assert_problem


@pytest.fixture(scope="module")
def mia(house: House) -> Someone:
    return house.mentor()


def test_health_is_for_everybody(house: House) -> None:
    answer = house.nobody.get("health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_version_names_program_and_protocols(house: House) -> None:
    answer = house.nobody.get("version").json()

    assert set(answer) == {"version", "protocol", "minProtocol"}
    assert (answer["protocol"], answer["minProtocol"]) == (1, 1)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("auth/register", "post"),
        ("auth/login", "post"),
        ("auth/refresh", "post"),
        ("auth/logout", "post"),
        ("auth/password", "post"),
        ("auth/reset", "post"),
        ("me", "get"),
        ("me/devices", "get"),
        ("me/devices/{}", "delete"),
        ("students", "get"),
        ("students/{}/claim", "post"),
        ("students/{}/mentors/{}", "put delete"),
        ("auth/email", "post"),
        ("invitations", "get post"),
        ("invitations/{}", "delete"),
        ("users", "get post"),
        ("users/{}", "get patch"),
        ("users/{}/reset-code", "post"),
        ("cohorts", "get post"),
        ("cohorts/{}", "patch"),
        ("cohorts/{}/join-code", "post"),
        ("cohorts/{}/members/{}", "put delete"),
        ("users/{}/deactivate", "post"),
        ("users/{}/reactivate", "post"),
        ("schedules", "get post"),
        ("schedules/{}", "get put patch delete"),
        ("schedules/{}/status", "patch"),
        ("activity-feed", "get"),
        ("audit-logs", "get"),
        ("audit-logs/{}/{}", "get"),
        ("dashboard", "get"),
        ("sync/rooms/{}", "get"),
        ("health", "get"),
        ("version", "get"),
        ("openapi.json", "get"),
        ("asyncapi.json", "get"),
    ],
)
def test_the_description_names_every_request(house: House, path: str, methods: str) -> None:
    description = house.nobody.get("openapi.json").json()

    named = {_without_names(known): set(ways) for known, ways in description["paths"].items()}
    assert description["openapi"].startswith("3.1")
    assert set(methods.split()) <= named[f"/api/{path}"]


def test_a_body_that_is_no_json_is_a_bad_request(mia: Someone) -> None:
    for body in (b"{", b"\xff\xfe", b"title=Loops", b"[" * 100_000):
        assert_problem(mia.post("schedules", body), 400, "bad_request")


def test_a_body_that_is_no_object_is_refused(mia: Someone) -> None:
    for body in (b"[]", b'"loops"', b"7"):
        answer = mia.post("schedules", body)
        assert_problem(answer, answer.status_code, answer.json()["code"])
        assert answer.status_code in (400, 422)


def test_a_body_that_is_too_large_is_refused_and_nothing_is_lost(mia: Someone) -> None:
    answer = mia.post("cohorts", {"name": "Large", "description": "x" * 2_000_000})

    assert_problem(answer, 413, "too_large")
    assert mia.get("cohorts").status_code == 200


def test_an_address_that_is_not_there_is_not_found(mia: Someone) -> None:
    assert_problem(mia.get("sessions"), 404, "not_found")
    assert_problem(mia.get("schedules/..%2F..%2Fetc%2Fpasswd"), 404, "not_found")


def test_an_address_that_knows_no_such_method_says_so(mia: Someone) -> None:
    answer = mia.delete("schedules")

    assert_problem(answer, 405, "method_not_allowed")


def test_no_other_origin_is_let_in(house: House) -> None:
    answer = house.nobody.get("health", Origin="https://elsewhere.example.org")

    assert "Access-Control-Allow-Origin" not in answer.headers


def test_who_changed_an_item_is_told_to_its_readers_only(house: House, mia: Someone) -> None:
    student = house.student(mia)
    planned = mia.plan(student)

    records = student.get(f"audit-logs/schedule/{planned['id']}").json()

    assert [record["actorId"] for record in records] == [mia.id]
    assert records[0]["values"]["title"] == [None, "Loops and lists"]
    assert_problem(house.mentor().get(f"audit-logs/schedule/{planned['id']}"), 404, "not_found")


def test_who_deleted_the_own_item_still_sees_what_became_of_it(house: House, mia: Someone) -> None:
    student = house.student(mia)
    planned = mia.plan(student)
    mia.delete(f"schedules/{planned['id']}")
    path = f"audit-logs/schedule/{planned['id']}"

    found = [one.get(path).json() for one in (mia, student, house.admin)]

    for records in found:
        assert [one["action"] for one in records] == ["schedule.create", "schedule.delete"]
        assert records[1]["values"]["title"] == ["Loops and lists", None]
    assert_problem(house.mentor().get(path), 404, "not_found")


def test_polling_is_a_clear_400(house: House) -> None:
    answer = httpx.get(f"{house.url}/socket.io/?EIO=4&transport=polling")

    problem = assert_problem(answer, 400, "bad_request")
    assert "WebSocket" in problem["detail"]
    assert problem["errors"] == []


def _without_names(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
