"""The administration in a real window, by keyboard alone, at a real relay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import ADMIN, Person, RelayProcess
from tests.end2end.samples import JAMAL, PATIENCE_S, RAFAEL, Sample, served_sample

pytestmark = pytest.mark.slow

EMAIL, NAME, PASSWORD = ADMIN
HOST = Person("", NAME, EMAIL, PASSWORD.strip(), "admin")
NEW_PASSWORD = "a window to the garden"
ROSTER = """Name;E-mail;Role;Cohort
Eva Berg;eva@example.org;student;Web Foundations
Ida Holm;ida@example.org;mentor;
Max Moll;nowhere;;
"""


@pytest.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest.fixture
async def desk(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[Desk]:
    """The admin's computer, with the administration open."""
    desk = Desk("host", tmp_path, surroundings(tmp_path, is_headless=True), relay.port)
    try:
        await desk.start()
        await desk.sign_in(HOST)
        await desk.ask("open_page", page="settings")
        await press(desk, "People and roles")
        yield desk
    finally:
        await desk.close()


async def press(desk: Desk, *names: str) -> None:
    """Go to each control by Tab and press Enter there."""
    for name in names:
        await desk.ask("go_to", name=name)
        await desk.ask("press_key", key="Return")


async def write(desk: Desk, name: str, text: str) -> None:
    """Go to a field by Tab and type."""
    await desk.ask("go_to", name=name)
    await desk.ask("type_keys", text=text)


async def show(desk: Desk, part: str) -> None:
    """Go to another part with the arrow keys."""
    await desk.ask("go_to_part", name=part)


async def reads(desk: Desk, *words: str) -> None:
    """Wait until the page says these words."""
    async with asyncio.timeout(PATIENCE_S):
        for one in words:
            while not await desk.ask("look_at", what="is_on_page", words=one):
                pass  # each look is a question to another process, and takes its time


async def find(desk: Desk, name: str) -> None:
    """Open somebody's page from the list of all."""
    await write(desk, "Find by name or e-mail", name.split()[0])
    async with asyncio.timeout(PATIENCE_S):
        while not await desk.ask("look_at", what="row_text", words=name):
            pass
        while await desk.ask("look_at", what="row_text", words=" · Admin · "):
            pass  # all people are still listed, the admin among them
    await desk.ask("go_to", name="People")
    await desk.ask("press_key", key="Return")
    await reads(desk, "Here since")


async def shown_code(desk: Desk, name: str = "Code") -> str:
    """What stands in the line of a code, once it is there."""
    async with asyncio.timeout(PATIENCE_S):
        while not (code := await desk.ask("look_at", what="line", words=name)):
            pass
    return str(code)


async def ask(relay: RelayProcess, path: str, **body: Any) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.post(f"{relay.url}/api/auth/{path}", json=body)


async def may_enter(relay: RelayProcess, email: str, password: str) -> str:
    """The role with which this person is in, or the code of the refusal."""
    answer = await ask(relay, "login", email=email, password=password)
    told = answer.json()
    return str(told["user"]["role"] if answer.is_success else told["code"])


async def test_a_role_is_given_and_a_password_is_set_anew(desk: Desk, relay: RelayProcess) -> None:
    rafael = relay.people[RAFAEL]
    await find(desk, rafael.name)

    await press(desk, "Edit…")
    await desk.ask("go_to", name="Role")
    await desk.ask("press_key", key="End")
    await press(desk, "Save")
    await reads(desk, "Admin")
    await press(desk, "Reset code…")
    code = await shown_code(desk)
    await desk.ask("press_key", key="Escape")

    answer = await ask(relay, "reset", email=rafael.email, code=code, newPassword=NEW_PASSWORD)
    assert answer.status_code == 204
    assert await may_enter(relay, rafael.email, NEW_PASSWORD) == "admin"


async def test_a_mentor_who_leaves_hands_over_and_may_come_back(
    desk: Desk, relay: RelayProcess
) -> None:
    rafael, jamal = relay.people[RAFAEL], relay.people[JAMAL]
    await find(desk, rafael.name)
    await reads(desk, jamal.name)

    await press(desk, "Deactivate…")
    await desk.ask("go_to", name="Cancel the coming sessions")
    await desk.ask("press_key", key="Down")
    await write(desk, "To this mentor", NAME)
    await desk.ask("go_to", name="Also where that mentor has something else then")
    await desk.ask("press_key", key="Space")
    await press(desk, "Deactivate")
    await reads(desk, "They mentor nobody.")
    assert await may_enter(relay, rafael.email, rafael.password) == "account_disabled"
    await press(desk, "Reactivate")
    async with asyncio.timeout(PATIENCE_S):
        while await may_enter(relay, rafael.email, rafael.password) != "mentor":
            pass

    await press(desk, "All people")
    await find(desk, jamal.name)
    await reads(desk, NAME)


async def test_a_student_is_assigned_and_unassigned(desk: Desk, relay: RelayProcess) -> None:
    jamal, other = relay.people[JAMAL], relay.people["wanjiku.kamau"]
    await find(desk, jamal.name)

    await press(desk, "Assign a mentor…")
    await write(desk, "Mentor", "Kamau")
    await press(desk, "Assign")
    await reads(desk, other.name)
    await desk.ask("go_to", name="Mentors")
    await desk.ask("press_in_row", words=other.name)
    await press(desk, "Unassign")

    async with asyncio.timeout(PATIENCE_S):
        while await desk.ask("look_at", what="row_text", words=other.name):
            pass
    await desk.ask("wait_for_sync", state="synced")
    assert not await desk.ask("look_at", what="is_on_page", words="waiting to send")


async def test_an_invitation_lets_one_mentor_in_and_a_withdrawn_one_nobody(
    desk: Desk, relay: RelayProcess
) -> None:
    await show(desk, "Invitations")
    codes = []
    for _ in range(2):
        await press(desk, "Invite a mentor")
        codes.append(await shown_code(desk))
        await desk.ask("press_key", key="Escape")
    await reads(desk, f"Made by {NAME}")
    person = {"name": "Ida Holm", "password": NEW_PASSWORD, "timeZone": "UTC", "role": "mentor"}

    first = await ask(relay, "register", **person, email="ida@x.example", invitation=codes[0])
    await desk.ask("press_in_row", words="Open")
    await press(desk, "Withdraw")
    await reads(desk, "Used")
    async with asyncio.timeout(PATIENCE_S):
        while await desk.ask("look_at", what="row_text", words="Open"):
            pass
    second = await ask(relay, "register", **person, email="eva@x.example", invitation=codes[1])

    assert first.status_code == 201
    assert second.json()["code"] == "invitation_unknown"


async def test_a_cohort_is_made_and_its_code_lets_a_student_in(
    desk: Desk, relay: RelayProcess
) -> None:
    await show(desk, "Cohorts")
    await press(desk, "New cohort…")
    await write(desk, "Name", "Winter Start")
    await press(desk, "Create cohort")
    await reads(desk, "Winter Start", "Nobody is in this cohort yet.")
    await press(desk, "Add a student…")
    await write(desk, "Student", relay.people[JAMAL].name)
    await press(desk, "Add")
    await desk.ask("wait_for_sync", state="synced")
    await press(desk, "Show the code")
    await reads(desk, "This cohort has no code yet.")
    await press(desk, "Make a code")
    code = await shown_code(desk, "Join code")

    answer = await ask(
        relay,
        "register",
        role="student",
        name="Eva Berg",
        email="eva@x.example",
        password=NEW_PASSWORD,
        timeZone="UTC",
        joinCode=code,
    )

    assert answer.status_code == 201
    await reads(desk, "Eva Berg", relay.people[JAMAL].name)


async def test_a_person_is_added_and_sets_a_password_with_the_code(
    desk: Desk, relay: RelayProcess
) -> None:
    await press(desk, "New person…")
    await write(desk, "Name", "Eva Berg")
    await write(desk, "E-mail", "eva@x.example")
    await write(desk, "Cohort", "Web Foundations")
    await press(desk, "Add person")
    code = await shown_code(desk)
    await desk.ask("press_key", key="Escape")

    await ask(relay, "reset", email="eva@x.example", code=code, newPassword=NEW_PASSWORD)

    assert await may_enter(relay, "eva@x.example", NEW_PASSWORD) == "student"


async def test_people_are_added_from_a_file(
    desk: Desk, relay: RelayProcess, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    await show(desk, "Import")

    await press(desk, "Choose a file…")
    await desk.ask("type_keys", text=str(file))
    await desk.ask("press_key", key="Return")
    await reads(desk, "2 people can be added. 1 row cannot be added.", "This is no e-mail address.")
    await press(desk, "Add 2 people")
    await reads(desk, "2 people are added.")

    row = await desk.ask("look_at", what="row_text", words="Ida Holm")
    code = row.rpartition("Code: ")[2]
    await ask(relay, "reset", email="ida@example.org", code=code, newPassword=NEW_PASSWORD)
    assert await may_enter(relay, "ida@example.org", NEW_PASSWORD) == "mentor"


async def test_who_becomes_an_admin_is_told_and_has_the_administration_at_the_next_start(
    desk: Desk, relay: RelayProcess, tmp_path: Path
) -> None:
    rafael = relay.people[RAFAEL]
    environment = surroundings(tmp_path, is_headless=True)
    theirs = Desk(RAFAEL, tmp_path, environment, relay.port)
    try:
        await theirs.start()
        await theirs.sign_in(rafael)
        await find(desk, rafael.name)
        await press(desk, "Edit…")
        await desk.ask("go_to", name="Role")
        await desk.ask("press_key", key="End")
        await press(desk, "Save")

        async with asyncio.timeout(PATIENCE_S):
            while not await theirs.found(["You have another role now."]):
                pass
        await theirs.quit()
        await theirs.start()
        await theirs.ask("first_paint")
        await theirs.ask("open_page", page="settings")
        await press(theirs, "People and roles")
        await reads(theirs, NAME)
    finally:
        await theirs.close()


async def test_the_audit_log_tells_what_was_done_here(desk: Desk, relay: RelayProcess) -> None:
    await find(desk, relay.people[JAMAL].name)
    await press(desk, "Edit…")
    await write(desk, "Name", "Jamal W.")
    await press(desk, "Save")
    await reads(desk, "Jamal W.")

    await press(desk, "All people")
    await show(desk, "Audit")
    await reads(desk, f"{NAME} changed the account of Jamal W.")
    await write(desk, "By whom", "Kamau")
    await desk.ask("press_key", key="Return")
    async with asyncio.timeout(PATIENCE_S):
        while await desk.ask("look_at", what="row_text", words=NAME):
            pass
    await reads(desk, "Wanjikũ Kamau")
    await desk.ask("go_to", name="Audit log")
    await desk.ask("press_key", key="Return")
    await desk.ask("go_to", name="Close")
    await desk.ask("press_key", key="Escape")


async def test_ones_own_e_mail_is_changed(desk: Desk, relay: RelayProcess) -> None:
    await desk.ask("open_page", page="settings")

    await press(desk, "Change e-mail…")
    await write(desk, "New e-mail address", "new@x.example")
    await write(desk, "Password", HOST.password)
    await press(desk, "Change e-mail")
    await reads(desk, "From now on you sign in as new@x.example.")

    assert await may_enter(relay, "new@x.example", HOST.password) == "admin"
    assert await may_enter(relay, HOST.email, HOST.password) == "credentials_wrong"
