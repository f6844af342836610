"""Invitations: who may come in as a mentor, and who did, over REST."""

from typing import Any

from tests.builders import id_of
from tests.syncserver.rest.conftest import Clock, House


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_admins_see_who_made_and_used_which_invitation_and_no_code(
    house: House, clock: Clock
) -> None:
    clock.pass_(minutes=1)
    made = (await house.ada.post("/invitations", {"role": "mentor"})).json()

    answer = await house.ada.get("/invitations")

    newest, *older = answer.json()
    assert newest == {
        "id": made["id"],
        "role": "mentor",
        "createdAt": "2026-03-02T12:01:00.000Z",
        "createdBy": house.ada.id,
        "expiresAt": "2026-03-16T12:01:00.000Z",
        "usedAt": None,
        "usedBy": None,
    }
    assert {one["usedBy"] for one in older} == {house.mia.id, house.noah.id}
    assert {one["usedAt"] for one in older} == {"2026-03-02T12:00:00.000Z"}
    assert made["code"] not in answer.text


async def test_an_invitation_that_is_withdrawn_opens_nothing(house: House) -> None:
    made = (await house.ada.post("/invitations", {"role": "mentor"})).json()
    path = f"/invitations/{made['id']}"

    withdrawn = await house.ada.delete(path)

    assert (withdrawn.status_code, withdrawn.content) == (204, b"")
    form = {"role": "mentor", "name": "E", "email": "e@x.org", "password": "a long password"}
    late = await house.nobody.post("/auth/register", {**form, "invitation": made["code"]})
    assert code_of(late) == (422, "invitation_unknown")
    assert made["id"] not in (await house.ada.get("/invitations")).text
    assert code_of(await house.ada.delete(path)) == (404, "not_found")
    assert code_of(await house.ada.delete(f"/invitations/{id_of('x')}")) == (404, "not_found")


async def test_a_used_invitation_stays_on_record(house: House) -> None:
    used = (await house.ada.get("/invitations")).json()[0]

    assert code_of(await house.ada.delete(f"/invitations/{used['id']}")) == (409, "invitation_used")
    assert used in (await house.ada.get("/invitations")).json()


async def test_invitations_come_in_pages(house: House, clock: Clock) -> None:
    for _ in range(3):
        clock.pass_(minutes=1)
        await house.ada.post("/invitations", {"role": "mentor"})
    whole = (await house.ada.get("/invitations")).json()

    found, path = [], "/invitations?limit=2"
    while path:
        page = await house.ada.get(path)
        found += page.json()
        path = page.headers.get("Link", "")[1:].split(">")[0].removeprefix("/api")

    assert found == whole
    assert len(whole) == 5
    assert [one["createdAt"] for one in whole] == sorted(
        (one["createdAt"] for one in whole), reverse=True
    )
