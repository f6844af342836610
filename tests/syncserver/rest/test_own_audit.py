"""Who changed what is mine, over REST."""

from typing import Any

from tests.syncserver.rest.conftest import House


def told(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 200, answer.text
    return [(one["actorName"], one["action"]) for one in answer.json()]


async def test_it_tells_of_own_rows_whoever_changed_them_the_newest_first(house: House) -> None:
    row = await house.plan()
    await house.ana.patch(f"/schedules/{row['id']}/status", {"status": "completed"})

    mine = await house.ana.get("/me/audit")

    assert told(mine)[:2] == [("Ana", "schedule.complete"), ("Mia", "schedule.create")]
    assert mine.json()[1]["values"]["title"] == [None, "Recursion"]
    assert "Mia" not in {name for name, _action in told(await house.ben.get("/me/audit"))}


async def test_what_one_did_oneself_can_be_left_out(house: House) -> None:
    row = await house.plan()
    await house.ana.patch(f"/schedules/{row['id']}/status", {"status": "completed"})

    mine = await house.ana.get("/me/audit?byOthers=true")

    assert told(mine)[0] == ("Mia", "schedule.create")
    assert "Ana" not in {name for name, _action in told(mine)}


async def test_it_tells_who_changed_the_card_in_a_room_that_students_do_not_read(
    house: House,
) -> None:
    await house.noah.post(f"/students/{house.ben.id}/claim")

    mine = await house.ben.get("/me/audit")

    cards = [one for one in mine.json() if one["rowType"] == "student_card"]
    assert (cards[0]["actorName"], cards[0]["room"]) == ("Noah", "mentors")
    assert cards[0]["values"]["mentor_ids"] == [None, [house.noah.id]]


async def test_an_admins_look_at_what_is_mine_is_told(house: House) -> None:
    row = await house.plan()
    await house.ada.get(f"/audit-logs/schedule/{row['id']}")

    assert told(await house.ana.get("/me/audit"))[0] == ("Ada", "audit.read")


async def test_what_follows_by_itself_is_not_told(house: House) -> None:
    await house.plan()

    kinds = {one["rowType"] for one in (await house.ana.get("/me/audit")).json()}

    assert kinds == {"schedule", "student_card", "account"}


async def test_it_comes_in_pages_without_a_gap(house: House) -> None:
    path = f"/schedules/{(await house.plan())['id']}"
    for title in "abcd":
        await house.mia.patch(path, {"title": title})
    whole = (await house.ana.get("/me/audit")).json()

    found, page = [], "/me/audit?limit=2"
    while page:
        answer = await house.ana.get(page)
        found += answer.json()
        page = answer.headers.get("Link", "")[1:].split(">")[0].removeprefix("/api")

    assert found == whole
    assert len(whole) > 5


async def test_a_mentor_reads_of_the_own_account_and_card_alone(house: House) -> None:
    await house.plan()

    kinds = {one["rowType"] for one in (await house.mia.get("/me/audit")).json()}

    assert kinds == {"account", "mentor_card"}
