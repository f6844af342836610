"""What an admin asks of the relay: which requests it is, and what comes of the answers."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from desktop.account.administration import Administration, Part
from desktop.account.api import ApiRefused, Unreachable
from domain.members import Role
from tests.desktop.account.admin_relays import a_token
from tests.desktop.account.servers import SERVER, Answer, Server, a_problem

PERSON = {
    "id": "u1",
    "name": "Ana Ruiz",
    "email": "ana@example.org",
    "role": "student",
    "status": "active",
    "timeZone": "Europe/Berlin",
    "createdAt": "2025-11-01T08:00:00.000Z",
    "lastSeenAt": None,
}
CODE = {"code": "ABCD-EFGH", "expiresAt": "2025-12-08T08:00:00.000Z"}


def administration(*answers: Answer) -> tuple[Administration, Server]:
    server = Server(*answers)
    return Administration(server.api, a_token), server


async def test_people_come_part_by_part() -> None:
    link = '</api/users?limit=100&cursor=abc>; rel="next"'
    admin, server = administration(
        httpx.Response(200, json=[PERSON], headers={"Link": link}),
        httpx.Response(200, json=[PERSON | {"id": "u2", "status": "disabled"}]),
    )

    first = await admin.users(role="student", q="ana & co")
    second = await admin.users(role="student", q="ana & co", after=first.after)

    assert first.after == "abc"
    assert [one.is_active for one in (*first.rows, *second.rows)] == [True, False]
    assert second.after == ""
    assert server.queries[1] == {
        "limit": "100",
        "role": "student",
        "q": "ana & co",
        "cursor": "abc",
    }


async def test_a_new_person_is_sent_without_empty_fields_and_with_a_key() -> None:
    admin, server = administration(httpx.Response(201, json={"user": PERSON, **CODE}))

    made = await admin.add_user({"name": "Ana Ruiz", "cohortId": ""}, key="k1")

    assert server.asked == [("/api/users", {"name": "Ana Ruiz"})]
    assert server.headers[0]["Idempotency-Key"] == "k1"
    assert (made.user.name, made.code) == ("Ana Ruiz", "ABCD-EFGH")


async def test_what_an_admin_does_with_a_person() -> None:
    admin, server = administration(
        httpx.Response(200, json=PERSON),
        httpx.Response(200, json=PERSON | {"role": "mentor"}),
        httpx.Response(201, json=CODE),
        *[httpx.Response(204)] * 3,
    )

    assert (await admin.user("u1")).last_seen_at is None
    assert (await admin.change_user("u1", {"role": "mentor"})).role is Role.MENTOR
    assert (await admin.reset_code("u1")).code == "ABCD-EFGH"
    await admin.deactivate("u1")
    await admin.deactivate("u1", hand_over_to="u2", overlapping=True)
    await admin.reactivate("u1")

    done = [
        f"{method} {path}" for method, (path, _) in zip(server.methods, server.asked, strict=True)
    ]
    assert done == [
        "GET /api/users/u1",
        "PATCH /api/users/u1",
        "POST /api/users/u1/reset-code",
        "POST /api/users/u1/deactivate",
        "POST /api/users/u1/deactivate",
        "POST /api/users/u1/reactivate",
    ]
    assert server.asked[4][1] == {"sessions": {"handOver": "u2"}, "confirmOverlap": True}


async def test_invitations_and_codes() -> None:
    open_one = {"id": "i1", "role": "mentor", "createdAt": CODE["expiresAt"]}
    shown: dict[str, Any] = open_one | {"expiresAt": CODE["expiresAt"], "createdBy": "u1"}
    admin, server = administration(
        httpx.Response(200, json=[shown]),
        httpx.Response(201, json=CODE | {"id": "i2"}),
        httpx.Response(204),
        httpx.Response(200, json={"joinCode": None}),
        httpx.Response(201, json={"joinCode": "ABCD-EFGH"}),
    )

    found = await admin.invitations()
    assert isinstance(found, Part)
    assert found.rows[0].used_at is None
    assert (await admin.invite()).code == "ABCD-EFGH"
    await admin.withdraw("i1")
    assert await admin.cohort_code("c1") == ""
    assert await admin.new_cohort_code("c1") == "ABCD-EFGH"

    assert server.methods == ["GET", "POST", "DELETE", "GET", "POST"]
    assert admin.link(code="ABCD-EFGH") == f"tandem://join?server={SERVER}&code=ABCD-EFGH"


async def test_a_refusal_is_said_and_changes_nothing() -> None:
    admin, _server = administration(a_problem(409, "last_admin", "Somebody has to be an admin."))

    with pytest.raises(ApiRefused, match="Somebody has to be an admin"):
        await admin.change_user("u1", {"role": "mentor"})


async def test_an_answer_of_something_else_is_none_of_a_relay() -> None:
    admin, _server = administration(httpx.Response(200, json={"hello": "world"}))

    with pytest.raises(Unreachable):
        await admin.users()
