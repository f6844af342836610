"""The audit log over REST: who changed an item, and who looked."""

import pytest

from tests.syncserver.rest.conftest import House


async def test_one_sees_the_audit_log_of_what_one_sees(house: House) -> None:
    row = await house.plan()
    await house.mia.patch(f"/schedules/{row['id']}", {"title": "Loops"})

    records = (await house.ana.get(f"/audit-logs/schedule/{row['id']}")).json()

    assert [one["action"] for one in records] == ["schedule.create", "schedule.update"]
    assert records[1]["values"]["title"] == ["Recursion", "Loops"]
    assert records[1]["actorId"] == house.mia.id


async def test_an_admins_look_at_what_is_not_theirs_is_audited(house: House) -> None:
    row = await house.plan()
    path = f"/audit-logs/schedule/{row['id']}"

    seen = await house.ada.get(path)
    after = (await house.ana.get(path)).json()

    assert len(seen.json()) == 1
    assert [(one["action"], one["actorId"]) for one in after[1:]] == [("audit.read", house.ada.id)]


async def test_an_admins_look_at_somebodys_card_is_audited_too(house: House) -> None:
    path = f"/audit-logs/student_card/{house.ana.id}"  # it lies in a room that admins read

    await house.ada.get(path)

    after = (await house.ada.get(f"{path}?newestFirst=true")).json()
    assert (after[0]["action"], after[0]["actorId"]) == ("audit.read", house.ada.id)
    assert after[0]["values"] == {
        "type": [None, "student_card"],
        "itemId": [None, house.ana.id],
    }


async def test_an_admins_look_at_the_own_account_is_nobody_elses_business(house: House) -> None:
    path = f"/audit-logs/account/{house.ada.id}"

    first, second = [(await house.ada.get(path)).json() for _ in range(2)]

    assert first == second
    assert "audit.read" not in {one["action"] for one in second}


async def test_a_look_at_what_is_gone_says_with_the_admin_what_it_was(house: House) -> None:
    row = await house.plan()
    await house.mia.delete(f"/schedules/{row['id']}")

    await house.ada.get(f"/audit-logs/schedule/{row['id']}")

    own = (await house.ada.get(f"/audit-logs/account/{house.ada.id}?newestFirst=true")).json()
    assert own[0]["fields"] == [f"itemId={row['id']}", "type=schedule"]


async def test_a_look_that_is_audited_leaves_the_chain_whole(house: House) -> None:
    row = await house.plan()
    await house.ada.get(f"/audit-logs/schedule/{row['id']}")

    verdict = house.services.relay._ledger.verify_audit()

    assert verdict.ok


@pytest.mark.parametrize("path", ["/audit-logs/schedule/nothing", "/audit-logs/spell/x"])
async def test_what_is_not_there_has_no_audit_log(house: House, path: str) -> None:
    assert (await house.ada.get(path)).status_code == 404


async def test_the_audit_log_comes_in_pages(house: House) -> None:
    path = f"/schedules/{(await house.plan())['id']}"
    for title in "abc":
        await house.mia.patch(path, {"title": title})

    first = await house.mia.get(f"/audit-logs{path.replace('schedules', 'schedule')}?limit=3")
    second = await house.mia.get(first.headers["Link"][1:].split(">")[0].removeprefix("/api"))

    assert (len(first.json()), len(second.json())) == (3, 1)


async def test_the_audit_log_comes_from_its_end_when_that_is_asked_for(house: House) -> None:
    path = f"/schedules/{(await house.plan())['id']}"
    for title in "abc":
        await house.mia.patch(path, {"title": title})
    logs = f"/audit-logs{path.replace('schedules', 'schedule')}?newestFirst=true&limit=3"

    first = await house.ana.get(logs)
    second = await house.ana.get(first.headers["Link"][1:].split(">")[0].removeprefix("/api"))

    assert [one["values"]["title"][1] for one in first.json()] == ["c", "b", "a"]
    assert [one["action"] for one in second.json()] == ["schedule.create"]
    assert "Link" not in second.headers


async def test_a_record_names_who_did_it_and_which_fields(house: House) -> None:
    row = await house.plan()
    await house.mia.patch(f"/schedules/{row['id']}", {"title": "Loops"})

    [_made, changed] = (await house.ana.get(f"/audit-logs/schedule/{row['id']}")).json()

    assert changed["actorName"] == "Mia"
    assert changed["fields"] == ["title"]


async def test_of_what_is_private_the_fields_are_named_and_no_values(house: House) -> None:
    draft = {"title": "Loops", "body": "Two.", "status": "draft"}
    row = (await house.ana.post("/entries", draft)).json()

    [made] = (await house.ana.get(f"/audit-logs/entry/{row['id']}")).json()

    assert made["values"] is None
    assert {"title", "body", "status"} <= set(made["fields"])
