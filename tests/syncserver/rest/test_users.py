"""People as admins see and change them, over REST."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from domain.accounts import Account
from domain.members import Role
from tests.builders import id_of
from tests.syncserver.rest.conftest import PASSWORD, Clock, House, Someone

NEW = {"role": "student", "name": "Eve Lang", "email": "Eve@Example.org"}


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def names(answer: Any) -> list[str]:
    return [one["name"] for one in answer.json()]


async def actions(house: House, user_id: str) -> list[tuple[str, str, str | None]]:
    """The audited acts of a person's own room: what, by whom, of which fields."""
    query = text("SELECT action, actor_id, digests FROM audit_logs WHERE room = :room ORDER BY n")
    rows = await house.services.relay.read(
        lambda r: list(r.connection.execute(query, {"room": f"user:{user_id}"}))
    )
    return [(action, actor, ",".join(json.loads(digests))) for action, actor, digests in rows]


async def test_admins_see_everybody_by_name(house: House, clock: Clock) -> None:
    clock.pass_(minutes=5)
    await house.sign_in(house.ana.email)

    answer = await house.ada.get("/users")

    assert names(answer) == ["Ada", "Ana", "Ben", "Mia", "Noah"]
    assert answer.json()[1] == {
        "id": house.ana.id,
        "name": "Ana",
        "email": "ana@example.org",
        "role": "student",
        "status": "active",
        "timeZone": "Europe/Berlin",
        "createdAt": "2026-03-02T12:00:00.000Z",
        "lastSeenAt": "2026-03-02T12:05:00.000Z",
    }
    assert (await house.ada.get(f"/users/{house.ana.id}")).json() == answer.json()[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("role=mentor", ["Mia", "Noah"]),
        ("role=student&q=BEN", ["Ben"]),
        ("q=example.ORG", ["Ada", "Ana", "Mia", "Noah"]),
        ("q=nobody", []),
        ("status=disabled", ["Ben"]),
        ("status=active&role=student", ["Ana"]),
    ],
)
async def test_people_are_found_by_role_status_and_text(
    house: House, query: str, found: list[str]
) -> None:
    await house.ada.post(f"/users/{house.ben.id}/deactivate")
    await house.ada.patch(f"/users/{house.ben.id}", {"email": "benedict@elsewhere.net"})

    assert names(await house.ada.get(f"/users?{query}")) == found


async def test_the_list_comes_in_pages(house: House) -> None:
    found, path = [], "/users?limit=2"
    while path:
        page = await house.ada.get(path)
        found.append(names(page))
        path = page.headers.get("Link", "")[1:].split(">")[0].removeprefix("/api")

    assert found == [["Ada", "Ana"], ["Ben", "Mia"], ["Noah"]]


async def test_a_text_is_looked_for_through_all_pages_of_many_people(house: House) -> None:
    for number in range(205):
        form = {**NEW, "name": f"Person {number:03}", "email": f"p{number}@x.org"}
        assert (await house.ada.post("/users", form)).status_code == 201
    await house.ada.post("/users", {**NEW, "name": "Zoë Ångström"})

    answer = await house.ada.get("/users?q=zoË&limit=1")

    assert names(answer) == ["Zoë Ångström"]
    assert "Link" not in answer.headers
    assert len((await house.ada.get("/users?limit=500")).json()) == 211


@pytest.mark.parametrize(
    ("query", "field"), [("role=king", "role"), ("status=gone", "status"), ("limit=0", "limit")]
)
async def test_a_filter_that_is_none_is_named(house: House, query: str, field: str) -> None:
    answer = await house.ada.get(f"/users?{query}")

    assert code_of(answer) == (422, "invalid")
    assert answer.json()["errors"][0]["field"] == field


async def test_a_new_person_sets_a_password_with_the_code_and_is_in(
    house: House, clock: Clock
) -> None:
    form = {**NEW, "cohortId": house.spring, "mentorId": house.noah.id, "timeZone": "Asia/Tokyo"}

    made = await house.ada.post("/users", form)

    assert made.status_code == 201
    user = made.json()["user"]
    assert made.headers["Location"] == f"/api/users/{user['id']}"
    assert (user["email"], user["role"], user["status"]) == ("eve@example.org", "student", "active")
    assert (user["timeZone"], user["lastSeenAt"]) == ("Asia/Tokyo", None)
    assert made.json()["expiresAt"] == "2026-03-16T12:00:00.000Z"
    assert code_of(await _try_sign_in(house, "eve@example.org")) == (401, "credentials_wrong")
    clock.pass_(days=13)
    reset = {"email": "eve@example.org", "code": made.json()["code"], "newPassword": PASSWORD}
    assert (await house.nobody.post("/auth/reset", reset)).status_code == 204
    assert (await house.sign_in("eve@example.org")).id == user["id"]
    noah = await house.sign_in(house.noah.email)
    card = next(one for one in (await noah.get("/students")).json() if one["id"] == user["id"])
    assert (card["cohortId"], card["mentorIds"]) == (house.spring, [house.noah.id])


async def test_a_new_mentor_leads_the_cohort_that_is_named(house: House) -> None:
    form = {**NEW, "role": "mentor", "cohortId": house.spring}

    made = (await house.ada.post("/users", form)).json()

    cohort = (await house.ada.get(f"/cohorts/{house.spring}")).json()
    assert cohort["mentorIds"] == [house.mia.id, made["user"]["id"]]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "nowhere"}, "email"),
        ({"role": "admin"}, "role"),
        ({"timeZone": "Mars/Base"}, "timeZone"),
        ({"cohortId": id_of("none")}, "cohortId"),
        ({"cohortId": "x"}, "cohortId"),
        ({"mentorId": id_of("none")}, "mentorId"),
        ({"role": "mentor", "mentorId": id_of("none")}, "mentorId"),
    ],
)
async def test_a_wrong_field_of_a_new_person_is_named(
    house: House, wrong: dict[str, str], field: str
) -> None:
    answer = await house.ada.post("/users", {**NEW, **wrong})

    assert code_of(answer) == (422, "invalid")
    assert [one["field"] for one in answer.json()["errors"]] == [field]


async def test_nobody_is_added_twice(house: House) -> None:
    first = await house.ada.post("/users", NEW, Idempotency_Key="eve")
    again = await house.ada.post("/users", NEW, Idempotency_Key="eve")
    other = await house.ada.post("/users", NEW)

    assert again.json() == first.json()
    assert code_of(other) == (409, "email_taken")


async def test_a_change_is_live_for_the_person_and_everybody_else(house: House) -> None:
    changed = await house.ada.patch(
        f"/users/{house.ana.id}", {"name": "Ana Lima", "email": "lima@example.org"}
    )

    assert (changed.status_code, changed.json()["name"]) == (200, "Ana Lima")
    assert (await house.ana.get("/me")).json()["email"] == "lima@example.org"
    assert "Ana Lima" in names(await house.mia.get("/students"))
    assert (await house.sign_in("lima@example.org")).id == house.ana.id


async def test_another_role_counts_for_the_sign_ins_that_there_are(house: House) -> None:
    await house.ada.patch(f"/users/{house.noah.id}", {"role": "admin"})
    assert (await house.noah.get("/users")).status_code == 200

    await house.noah.patch(f"/users/{house.ada.id}", {"role": "mentor"})
    assert code_of(await house.ada.get("/users")) == (403, "forbidden")
    last = await house.noah.patch(f"/users/{house.noah.id}", {"role": "mentor"})
    assert code_of(last) == (409, "last_admin")


async def test_who_changes_sides_signs_in_anew(house: House) -> None:
    row = await house.plan()

    answer = await house.ada.patch(f"/users/{house.ana.id}", {"role": "mentor"})

    assert answer.json()["role"] == "mentor"
    assert code_of(await house.ana.get("/me")) == (401, "token_invalid")
    again = await house.sign_in(house.ana.email)
    assert again.grant["user"]["role"] == "mentor"
    assert (await again.get("/students")).status_code == 200
    assert (await house.mia.get(f"/schedules/{row['id']}")).json()["status"] == "canceled"


async def test_the_sessions_of_who_changes_sides_can_be_handed_over(house: House) -> None:
    row = await house.plan()
    form = {"role": "student", "handOverTo": house.noah.id}

    await house.ada.patch(f"/users/{house.mia.id}", form)

    assert (await house.noah.get(f"/schedules/{row['id']}")).json()["mentorId"] == house.noah.id


async def test_only_who_saw_the_latest_changes_a_person(house: House) -> None:
    path = f"/users/{house.ana.id}"
    seen = (await house.ada.get(path)).headers["ETag"]
    first = await house.ada.patch(path, {"name": "Ana A."}, If_Match=seen)

    stale = await house.ada.patch(path, {"name": "Ana B."}, If_Match=seen)
    fresh = await house.ada.patch(path, {"name": "Ana B."}, If_Match=first.headers["ETag"])

    assert code_of(stale) == (412, "changed")
    assert (fresh.status_code, fresh.json()["name"]) == (200, "Ana B.")


async def test_a_taken_address_and_who_is_not_there_are_refused(house: House) -> None:
    taken = await house.ada.patch(f"/users/{house.ana.id}", {"email": house.ben.email})
    absent = [
        await house.ada.patch(f"/users/{id_of('x')}", {"name": "X"}),
        await house.ada.get(f"/users/{id_of('x')}"),
        await house.ada.post(f"/users/{id_of('x')}/reset-code"),
    ]

    assert code_of(taken) == (409, "email_taken")
    assert [code_of(one) for one in absent] == [(404, "not_found")] * 3


async def test_a_reset_code_of_an_admin_sets_a_password(house: House) -> None:
    made = await house.ada.post(f"/users/{house.ana.id}/reset-code")

    assert made.json()["expiresAt"] == "2026-03-03T12:00:00.000Z"
    form = {"email": house.ana.email, "code": made.json()["code"], "newPassword": "another phrase"}
    assert (await house.nobody.post("/auth/reset", form)).status_code == 204
    assert code_of(await house.ana.get("/me")) == (401, "token_invalid")
    assert (await house.sign_in(house.ana.email, "another phrase")).id == house.ana.id


async def test_sessions_can_be_handed_over_by_the_mentors_id_alone(house: House) -> None:
    row = await house.plan()

    answer = await house.ada.post(
        f"/users/{house.mia.id}/deactivate", {"handOverTo": house.noah.id}
    )

    assert answer.status_code == 204
    assert (await house.noah.get(f"/schedules/{row['id']}")).json()["mentorId"] == house.noah.id


async def test_what_concerns_an_account_is_audited_without_a_secret(house: House) -> None:
    ana, ada = house.ana.id, house.ada.id
    before = len(await actions(house, ana))
    await house.ada.patch(f"/users/{ana}", {"email": "lima@example.org", "name": "Ana Lima"})
    form = {"currentPassword": PASSWORD, "newPassword": "another phrase"}
    await house.ana.post("/auth/password", form)
    made = (await house.ada.post(f"/users/{ana}/reset-code")).json()
    reset = {"email": "lima@example.org", "code": made["code"], "newPassword": PASSWORD}
    await house.nobody.post("/auth/reset", reset)
    again = await house.sign_in("lima@example.org")
    form = {"currentPassword": PASSWORD, "newEmail": "ana@example.org"}
    await again.post("/auth/email", form)

    audited = await actions(house, ana)

    account = [one for one in audited[before:] if one[2] != "name"]
    assert account == [
        ("account.change", ada, "email,name"),
        ("account.password", ana, "password"),
        ("account.reset_code", ada, "resetCode"),
        ("account.reset_password", ana, "password"),
        ("account.change", ana, "email"),
    ]
    assert house.services.relay._ledger.verify_audit().ok


async def test_what_admins_do_is_audited_with_the_device(house: House) -> None:
    ana = f"/users/{house.ana.id}"
    await house.ada.post(f"{ana}/reset-code")
    await house.ada.post(f"{ana}/deactivate", {})
    await house.ada.post(f"{ana}/reactivate")
    made = (await house.ada.post("/invitations", {"role": "mentor"})).json()
    await house.ada.delete(f"/invitations/{made['id']}")
    [device] = (await house.ada.get("/me/devices")).json()

    deeds = (await house.ada.get(f"/audit-logs?actorId={house.ada.id}")).json()

    asked = ("account.reset_code", "account.deactivate", "account.reactivate", "invitation.create")
    found = [one for one in deeds if one["action"] in (*asked, "invitation.withdraw")]
    assert {one["action"] for one in found} == {*asked, "invitation.withdraw"}
    assert {one["deviceId"] for one in found} == {device["id"]}
    named = [one["fields"] for one in found if one["action"].startswith("invitation.")]
    assert named[:2] == [[f"invitation={made['id']}"]] * 2


async def test_an_address_is_changed_with_the_password_only(house: House) -> None:
    right = {"currentPassword": PASSWORD, "newEmail": "Lima@Example.org"}

    wrong = await house.ana.post("/auth/email", {**right, "currentPassword": "not that one"})
    malformed = await house.ana.post("/auth/email", {**right, "newEmail": "nowhere"})
    taken = await house.ana.post("/auth/email", {**right, "newEmail": house.ben.email})
    done = await house.ana.post("/auth/email", right)

    assert code_of(wrong) == (401, "credentials_wrong")
    assert malformed.json()["errors"][0]["field"] == "newEmail"
    assert code_of(taken) == (409, "email_taken")
    assert done.status_code == 204
    assert (await house.sign_in("lima@example.org")).id == house.ana.id
    account = await house.services.relay.read(lambda r: r.find(Account, house.ana.id))
    assert account is not None
    assert (account.email, account.role) == ("lima@example.org", Role.STUDENT)


async def _try_sign_in(house: House, email: str) -> Any:
    return await Someone(house.nobody.http).post(
        "/auth/login", {"email": email, "password": PASSWORD}
    )
