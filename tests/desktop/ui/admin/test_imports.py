"""People from a file: looked at, added row by row, and what is left when something fails."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.admin.import_result import LoseCodesDialog
from desktop.ui.admin.imports import ImportScreen
from domain.accounts import Account
from domain.students import StudentCard
from tests.builders import World
from tests.desktop.account.servers import a_problem
from tests.desktop.ui.admin.conftest import OpenAdmin
from tests.desktop.ui.rows import dialogs, texts, until
from tests.desktop.ui.seats import Seat, all_done

ROSTER = """Name;Email;Role;Cohort;Mentor
Eva Berg;eva@example.org;;Spring;Mia Stone
Ida Holm;ida@example.org;mentor;;
Max Moll;nowhere;;;
Uwe Krug;uwe@example.org;;Winter;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    return file


async def chosen(open_admin: OpenAdmin, file: Path, **more: Any) -> ImportScreen:
    screen = open_admin("import", file=str(file), **more)
    screen.page.primary_action.trigger()
    await all_done()
    return screen.imports


def states(imports: ImportScreen) -> list[str]:
    return [row.state.name for row in imports.rows]


async def test_every_row_is_shown_before_anybody_is_added(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    imports = await chosen(open_admin, file)

    assert texts(imports.page.list) == [
        "Eva Berg, Ready, Line 2 · eva@example.org · Student · Spring · with Mia Stone",
        "Ida Holm, Ready, Line 3 · ida@example.org · Mentor",
        "Max Moll, Cannot be added, This is no e-mail address. Line 4 · nowhere · Student",
        "Uwe Krug, Cannot be added, "
        "There is no such cohort. Line 5 · uwe@example.org · Student · Winter",
    ]
    words = "roster.csv: 2 people can be added. 2 rows cannot be added."
    assert imports.page.words.accessibleName() == words
    assert imports.page.add.text() == "Add 2 people"
    assert imports.page.add.hasFocus()
    assert not [one for one in seat.relay.asked if one[0] == "POST"]


async def test_who_can_be_added_is_added_and_the_result_is_written_down(
    world: World, seat: Seat, open_admin: OpenAdmin, file: Path, tmp_path: Path
) -> None:
    result = tmp_path / "result.csv"
    imports = await chosen(open_admin, file, name=str(result))

    imports.page.add.click()
    await all_done()
    assert states(imports) == ["ADDED", "ADDED", "WRONG", "WRONG"]
    assert imports.page.export.hasFocus()
    imports.page.export.click()
    await all_done()

    people = {one.email: one for one in seat.desk.relay.all_of(Account)}
    card = seat.desk.relay.get(StudentCard, people["eva@example.org"].id)
    assert (card.cohort_id, card.mentor_ids) == (world.spring, [world.mia])
    assert people["eva@example.org"].time_zone == "Europe/Berlin"
    with result.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["state"] for row in rows] == ["Added", "Added", *["Cannot be added"] * 2]
    assert rows[0]["code"] == imports.rows[0].code != ""
    assert rows[2]["reason"] == "This is no e-mail address."
    assert seat.said == [f"The result is in {result}."]


async def test_where_the_relay_is_gone_the_rest_waits_for_another_try(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    imports = await chosen(open_admin, file)
    seat.relay.trouble = httpx.ConnectError("Nobody there.")

    imports.page.add.click()
    await all_done()
    assert states(imports)[:2] == ["READY", "READY"]
    assert imports.page.banner.text.accessibleName().startswith("This needs the relay.")
    assert imports.page.add.hasFocus()
    seat.relay.trouble = None
    imports.page.add.click()
    await all_done()

    assert states(imports)[:2] == ["ADDED", "ADDED"]


async def test_a_lost_answer_adds_nobody_twice(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    imports = await chosen(open_admin, file)
    seat.relay.loses = 1

    imports.page.add.click()
    await all_done()
    imports.page.add.click()
    await all_done()

    assert states(imports)[:2] == ["ADDED", "ADDED"]
    emails = [one.email for one in seat.desk.relay.all_of(Account)]
    assert emails.count("eva@example.org") == 1


async def test_what_the_relay_refuses_stays_with_the_reason_and_the_others_go_on(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    imports = await chosen(open_admin, file)
    seat.relay.refusals["eva@example.org"] = a_problem(409, "email_taken", "It is taken.")

    imports.page.add.click()
    await all_done()

    assert states(imports)[:2] == ["FAILED", "ADDED"]
    assert texts(imports.page.list)[0].startswith("Eva Berg, Not added, It is taken. Line 2")
    assert imports.page.add.text() == "Try 1 person again"
    seat.relay.refusals.clear()
    imports.page.add.click()
    await all_done()
    assert states(imports)[:2] == ["ADDED", "ADDED"]


async def test_a_relay_that_asks_for_patience_is_asked_again(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    imports = await chosen(open_admin, file)
    patience = a_problem(429, "too_many_requests", "Wait.", headers={"Retry-After": "0"})
    seat.relay.refusals["eva@example.org"] = patience
    seat.relay.refuses_once = True

    imports.page.add.click()
    await all_done()

    assert states(imports)[:2] == ["ADDED", "ADDED"]


async def test_stop_leaves_the_rest_for_later(
    seat: Seat, open_admin: OpenAdmin, file: Path, qtbot: QtBot
) -> None:
    imports = await chosen(open_admin, file)
    seat.relay.answering.clear()

    imports.page.add.click()
    assert imports.page.stop.hasFocus()
    imports.page.stop.click()
    seat.relay.answering.set()
    await all_done()

    assert states(imports)[:2] == ["READY", "READY"]
    assert not imports.page.progress.isVisible()


async def test_stop_ends_a_rest_that_the_relay_has_asked_for(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    imports = await chosen(open_admin, file)
    patience = a_problem(429, "too_many_requests", "Wait.", headers={"Retry-After": "50"})
    seat.relay.refusals["eva@example.org"] = patience

    imports.page.add.click()
    rests = "The relay asks to wait 50 seconds; then it goes on by itself."
    await until(lambda: imports.page.banner.text.accessibleName() == rests)
    imports.page.stop.click()
    assert imports.page.stop.text() == "Stopping…"
    await all_done()

    assert states(imports)[:2] == ["READY", "READY"]
    assert imports.page.banner.isHidden()
    assert imports.page.add.text() == "Add 2 people"


async def test_who_was_not_added_yet_is_not_tried_again(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    imports = await chosen(open_admin, file)
    seat.relay.refusals["eva@example.org"] = a_problem(409, "email_taken", "It is taken.")

    imports.page.model.dataChanged.connect(lambda *_rows: imports.page.stop.click())
    imports.page.add.click()
    await all_done()

    assert states(imports)[:2] == ["FAILED", "READY"]
    assert imports.page.add.text() == "Add 2 people"


async def test_another_file_is_asked_about_before_codes_are_lost(
    open_admin: OpenAdmin, file: Path, tmp_path: Path
) -> None:
    screen = open_admin("import", file=str(file), name=str(tmp_path / "result.csv"))
    imports = screen.imports
    screen.page.primary_action.trigger()
    await all_done()
    imports.page.add.click()
    await all_done()
    codes = [row.code for row in imports.rows]

    screen.page.primary_action.trigger()
    [question] = dialogs(screen.page)
    assert isinstance(question, LoseCodesDialog)
    words = "The codes of 2 people are shown only here, and go with their rows."
    assert question.sentence.accessibleName() == words
    assert question.back_button.isDefault()
    question.export_button.click()
    await all_done()
    assert [row.code for row in imports.rows] == codes
    assert (tmp_path / "result.csv").exists()
    assert "until you export" not in imports.page.words.accessibleName()

    screen.page.primary_action.trigger()
    await all_done()
    assert [row.code for row in imports.rows] == ["", "", "", ""]


async def test_a_file_that_is_being_read_does_not_mix_with_the_one_before(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    screen = open_admin("import", file=str(file))
    imports = screen.imports
    screen.page.primary_action.trigger()
    await all_done()
    seat.relay.answering.clear()

    screen.page.primary_action.trigger()
    assert not imports.page.add.isVisible()
    screen.page.primary_action.trigger()
    imports.page.add.click()
    seat.relay.answering.set()
    await all_done()

    assert states(imports)[:2] == ["READY", "READY"]
    assert imports.page.add.isVisible()
    assert not [one for one in seat.relay.asked if one[0] == "POST"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,b\n1,2\n", "The first line has to name the columns, with name and email among them."),
        ("name,email\n", "There is nobody in this file."),
        (None, "This file cannot be read."),
    ],
)
async def test_a_file_that_is_none_is_said(
    open_admin: OpenAdmin, tmp_path: Path, content: str | None, words: str
) -> None:
    file = tmp_path / "other.csv"
    if content is not None:
        file.write_text(content, "utf-8")

    imports = await chosen(open_admin, file)

    assert imports.page.banner.text.accessibleName() == words
    assert imports.rows == []


async def test_without_the_relay_nobody_can_say_who_is_there_already(
    seat: Seat, open_admin: OpenAdmin, file: Path
) -> None:
    seat.relay.trouble = httpx.ConnectError("Nobody there.")

    imports = await chosen(open_admin, file)

    assert imports.page.banner.text.accessibleName().startswith("This needs the relay.")
    assert imports.rows == []
