"""The access matrix: who gets what from every route; a route without a row here fails."""

from dataclasses import dataclass
from typing import Any

import jwt
import pytest

from syncserver.rest import all_routes
from syncserver.rest.routes import Who
from tests.syncserver.rest.conftest import KEY, PASSWORD, House, Someone

# In this order, the owner last: what they may do changes what is there.
PEOPLE = ("other student", "other mentor", "former mentor", "admin", "owner")
ALL_SAME = (200,) * 5
ADMINS = (403, 403, 403, 200, 403)


@dataclass(frozen=True)
class Row:
    """The answers to `PEOPLE`; those without a good token get 401, the disabled 403, always.

    `{…}` in path and body: a session of Mia with Ana (`session`), people and the cohort by name.
    `owner` is who owns the subject: its mentor, or the student.
    """

    path: str
    answers: tuple[int, ...]
    body: Any = None
    owner: str = "mia"


TIMES = {"startTime": "2026-03-20T09:00:00Z", "endTime": "2026-03-20T10:00:00Z"}
SESSION = {"title": "X", "confirmOverlap": True, **TIMES}
ESSAY = {"title": "Loops", "body": "Two *kinds*."}
PERSON = {"role": "student", "name": "E", "email": "e@x.org"}
REGISTRATION = {"role": "student", "name": "E", "email": "e@x.org", "password": PASSWORD}

MATRIX = {
    # Open to anyone: what they give depends on what is sent, not on who asks.
    "POST /auth/register": Row("/auth/register", (422,) * 5, REGISTRATION),
    "POST /auth/login": Row("/auth/login", (401,) * 5, {"email": "e@x.org", "password": "x"}),
    "POST /auth/refresh": Row("/auth/refresh", (401,) * 5, {"refreshToken": "x"}),
    "POST /auth/reset": Row(
        "/auth/reset", (422,) * 5, {"email": "e@x.org", "code": "x", "newPassword": PASSWORD}
    ),
    "GET /health": Row("/health", ALL_SAME),
    "GET /version": Row("/version", ALL_SAME),
    "GET /openapi.json": Row("/openapi.json", ALL_SAME),
    "GET /asyncapi.json": Row("/asyncapi.json", ALL_SAME),
    "GET /docs": Row("/docs", ALL_SAME),
    # One's own account.
    "POST /auth/logout": Row("/auth/logout", (204,) * 5),
    "POST /auth/password": Row(
        "/auth/password", (204,) * 5, {"currentPassword": PASSWORD, "newPassword": PASSWORD}
    ),
    "POST /auth/email": Row(
        "/auth/email",
        (204, 409, 409, 409, 409),
        {"currentPassword": PASSWORD, "newEmail": "n@x.org"},
    ),
    "GET /me": Row("/me", ALL_SAME),
    "GET /me/devices": Row("/me/devices", ALL_SAME),
    "DELETE /me/devices/{device_id}": Row("/me/devices/{device}", (404, 404, 404, 404, 204)),
    # Students, and who may come in.
    "GET /students": Row("/students", (403, 200, 200, 200, 200)),
    "POST /students/{student_id}/claim": Row("/students/{ana}/claim", (403, 409, 409, 409, 409)),
    "PUT /students/{student_id}/mentors/{mentor_id}": Row(
        "/students/{ana}/mentors/{mia}", (403, 403, 403, 204, 403)
    ),
    "DELETE /students/{student_id}/mentors/{mentor_id}": Row(
        "/students/{ana}/mentors/{mia}", (403, 403, 403, 204, 403)
    ),
    "POST /invitations": Row("/invitations", (403, 403, 403, 201, 403), {"role": "mentor"}),
    "GET /invitations": Row("/invitations", ADMINS),
    "DELETE /invitations/{invitation_id}": Row(
        "/invitations/{invitation}", (403, 403, 403, 204, 403)
    ),
    # People as admins see them.
    "GET /users": Row("/users", ADMINS),
    "POST /users": Row("/users", (403, 403, 403, 201, 403), PERSON),
    "GET /users/{user_id}": Row("/users/{ana}", ADMINS),
    "PATCH /users/{user_id}": Row("/users/{ana}", ADMINS, {"name": "Ana B."}),
    "POST /users/{user_id}/reset-code": Row("/users/{ana}/reset-code", (403, 403, 403, 201, 403)),
    "POST /users/{user_id}/deactivate": Row("/users/{ana}/deactivate", (403, 403, 403, 204, 403)),
    "POST /users/{user_id}/reactivate": Row("/users/{ana}/reactivate", (403, 403, 403, 204, 403)),
    # Cohorts.
    "GET /cohorts": Row("/cohorts", ALL_SAME),
    "POST /cohorts": Row("/cohorts", (403, 201, 201, 201, 201), {"name": "New"}),
    "GET /cohorts/{cohort_id}": Row("/cohorts/{spring}", (404, 200, 200, 200, 200)),
    "PATCH /cohorts/{cohort_id}": Row(
        "/cohorts/{spring}", (403, 403, 403, 200, 200), {"description": "New"}
    ),
    "POST /cohorts/{cohort_id}/join-code": Row(
        "/cohorts/{spring}/join-code", (403, 403, 403, 201, 201)
    ),
    "PUT /cohorts/{cohort_id}/members/{user_id}": Row(
        "/cohorts/{spring}/members/{noah}", (403, 403, 403, 204, 204)
    ),
    "DELETE /cohorts/{cohort_id}/members/{user_id}": Row(
        "/cohorts/{spring}/members/{noah}", (403, 403, 403, 204, 204)
    ),
    # Sessions: of one that is not visible nothing is told.
    "GET /schedules": Row("/schedules", ALL_SAME),
    "POST /schedules": Row(
        "/schedules", (403, 403, 403, 403, 201), {**SESSION, "studentId": "{ana}"}
    ),
    "GET /schedules/{schedule_id}": Row("/schedules/{session}", (404, 404, 404, 404, 200)),
    "PUT /schedules/{schedule_id}": Row("/schedules/{session}", (404, 404, 404, 404, 200), SESSION),
    "PATCH /schedules/{schedule_id}": Row(
        "/schedules/{session}", (404, 404, 404, 404, 200), {"title": "New"}
    ),
    "DELETE /schedules/{schedule_id}": Row("/schedules/{session}", (404, 404, 404, 404, 204)),
    "PATCH /schedules/{schedule_id}/status": Row(
        "/schedules/{session}/status", (404, 404, 404, 404, 200), {"status": "completed"}, "ana"
    ),
    # Entries and what is said about them: an entry of Ana's that waits for Mia's review.
    "GET /entries": Row("/entries", ALL_SAME),
    "POST /entries": Row("/entries", (201, 403, 403, 403, 201), ESSAY, "ana"),
    "GET /entries/{entry_id}": Row("/entries/{entry}", (404, 404, 404, 404, 200)),
    "PUT /entries/{entry_id}": Row("/entries/{entry}", (404, 404, 404, 404, 200), ESSAY, "ana"),
    "PATCH /entries/{entry_id}": Row(
        "/entries/{entry}", (404, 404, 404, 404, 403), {"title": "New"}
    ),
    "DELETE /entries/{entry_id}": Row("/entries/{entry}", (404, 404, 404, 404, 204), None, "ana"),
    "PATCH /entries/{entry_id}/status": Row(
        "/entries/{entry}/status", (404, 404, 404, 404, 200), {"status": "approved"}
    ),
    "GET /entries/{entry_id}/comments": Row(
        "/entries/{entry}/comments", (404, 404, 404, 404, 200), None, "ana"
    ),
    "POST /entries/{entry_id}/comments": Row(
        "/entries/{entry}/comments", (404, 404, 404, 404, 201), {"body": "Why?"}
    ),
    # What happened.
    "GET /activity-feed": Row("/activity-feed", ALL_SAME),
    "GET /audit-logs": Row("/audit-logs", ADMINS),
    "GET /audit-logs/{row_type}/{row_id}": Row(
        "/audit-logs/schedule/{session}", (404, 404, 404, 200, 200), None, "ana"
    ),
    "GET /me/audit": Row("/me/audit", ALL_SAME),
    "GET /dashboard": Row("/dashboard", ALL_SAME),
    "GET /sync/rooms/{room}": Row("/sync/rooms/student:{ana}", (404, 404, 404, 404, 200)),
}
ROUTES = {route.name: route for route in all_routes()}


def test_every_route_has_a_row() -> None:
    assert MATRIX.keys() == ROUTES.keys()


@pytest.fixture
async def people(house: House) -> dict[str, Someone]:
    """Max was Ana's mentor and one of Spring's; Dan is deactivated."""
    max_ = await house.invite("Max")
    led, known = (
        f"/cohorts/{house.spring}/members/{max_.id}",
        f"/students/{house.ana.id}/mentors/{max_.id}",
    )
    dan = await house.register("Dan", "student", joinCode=house.join_code)
    came_and_left = [
        await house.mia.put(led),
        await house.ada.put(known),
        await house.mia.delete(led),
        await house.ada.delete(known),
        await house.ada.post(f"/users/{dan.id}/deactivate"),
    ]
    assert {one.status_code for one in came_and_left} == {204}
    return {
        "other student": house.ben,
        "other mentor": house.noah,
        "former mentor": max_,
        "admin": house.ada,
        "disabled": dan,
    }


async def subjects(house: House) -> dict[str, str]:
    devices = (await house.mia.get("/me/devices")).json()
    return {
        "session": (await house.plan())["id"],
        "entry": (await house.ana.post("/entries", ESSAY)).json()["id"],
        "spring": house.spring,
        "device": devices[0]["id"],
        "invitation": (await house.ada.post("/invitations", {"role": "mentor"})).json()["id"],
        **{name: getattr(house, name).id for name in ("mia", "noah", "ana", "ben")},
    }


def filled(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: filled(inner, known) for name, inner in value.items()}
    return value.format_map(known) if isinstance(value, str) else value


@pytest.mark.parametrize("name", MATRIX)
async def test_everybody_gets_what_the_matrix_says(
    house: House, people: dict[str, Someone], name: str
) -> None:
    row, method, known = MATRIX[name], name.partition(" ")[0], await subjects(house)
    path, body = filled(row.path, known), filled(row.body, known)
    asking = {**people, "owner": getattr(house, row.owner)}

    answers = [(await asking[who].ask(method, path, body)).status_code for who in PEOPLE]

    assert dict(zip(PEOPLE, answers, strict=True)) == dict(zip(PEOPLE, row.answers, strict=True))


@pytest.mark.parametrize("name", [name for name in MATRIX if ROUTES[name].who is not Who.ANYONE])
async def test_nobody_gets_anything_without_a_good_token(
    house: House, people: dict[str, Someone], name: str
) -> None:
    row, method, known = MATRIX[name], name.partition(" ")[0], await subjects(house)
    path, body = filled(row.path, known), filled(row.body, known)
    good = house.mia.grant["accessToken"]
    claims = jwt.decode(good, options={"verify_signature": False})
    bad = {
        "token_expired": jwt.encode({**claims, "exp": claims["iat"] - 1}, KEY, "HS256"),
        "token_invalid": jwt.encode(claims, b"x" * 32, "HS256"),
    }

    anonymous = await house.nobody.ask(method, path, body)
    refused = {
        code: await house.nobody.ask(method, path, body, Authorization=f"Bearer {token}")
        for code, token in bad.items()
    }
    disabled = await people["disabled"].ask(method, path, body)

    assert (anonymous.status_code, anonymous.json()["code"]) == (401, "token_missing")
    assert {code: one.json()["code"] for code, one in refused.items()} == {c: c for c in bad}
    assert {one.status_code for one in refused.values()} == {401}
    assert (disabled.status_code, disabled.json()["code"]) == (403, "account_disabled")
