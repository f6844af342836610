"""The audit log as an admin reads it."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.sync.states import Phase, SyncState
from desktop.ui.admin.audit_dialog import AuditDialog
from desktop.ui.admin.screen import AdminScreen
from tests.builders import World, id_of
from tests.desktop.account.admin_relays import a_record
from tests.desktop.ui.admin.conftest import OpenAdmin
from tests.desktop.ui.admin.conftest import opened as opened_at
from tests.desktop.ui.rows import dialogs, ids, open_row, texts, until
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def records(seat: Seat, world: World) -> None:
    """What the relay has noted, the newest first."""
    seat.relay.records = [
        a_record(4),
        a_record(
            3,
            actorId=world.admin,
            actorName="Ada Okafor",
            action="student.assign",
            rowType="student_card",
            rowId=world.ana,
            values={"mentor_ids": [[], [world.mia]]},
        ),
        a_record(2, action="audit.read", values=None, fields=[]),
        a_record(1, at="2025-10-01T12:00:00.000Z", values={"title": [None, "Loops"]}),
    ]


async def opened(open_admin: OpenAdmin, name: str = "") -> AdminScreen:
    return await opened_at(open_admin, "audit", name=name)


@pytest.mark.usefixtures("records")
async def test_a_row_says_who_did_what_and_what_it_was_before(open_admin: OpenAdmin) -> None:
    screen = await opened(open_admin)

    assert texts(screen.audit.page.records.list) == [
        "Mia Stone changed the session “Recursion”, Today, 13:00 · Title: Loops → Recursion",
        "Ada Okafor assigned Mia Stone to Ana Ruiz, Today, 13:00 · Mentors: Mia Stone",
        "Mia Stone looked at the history of the session “Recursion”, Today, 13:00",
        "Mia Stone made the session “Loops”, Wed 1 Oct, 14:00 · Title: Loops",
    ]


async def test_a_membership_says_who_has_access_and_to_whom(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    seat.relay.records = [
        a_record(
            1,
            actorName="Ada Okafor",
            action="student.assign",
            room=f"student:{world.ana}",
            rowType="member",
            rowId=world.ana,
            values={"user_id": [None, world.mia], "access": [None, "read"]},
        )
    ]

    screen = await opened(open_admin)
    view = screen.audit.page
    assert ids(view.records.list) == []
    view.kind.setCurrentIndex(view.kind.findData("member"))
    await all_done()

    assert texts(view.records.list) == [
        "Ada Okafor gave Mia Stone access to what Ana Ruiz shares with mentors, "
        "Today, 13:00 · Person: Mia Stone · Student: Ana Ruiz"
    ]


async def test_what_is_not_here_is_called_as_another_record_calls_it(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    session = id_of("a session that only others have")
    seat.relay.records = [
        a_record(12 - n, rowId=session, values={"place": ["A", "B"]}, fields=["place"])
        for n in range(11)
    ]
    seat.relay.records.append(
        a_record(1, rowId=session, action="schedule.create", values={"title": [None, "Talk"]})
    )
    seat.relay.page = 6

    view = (await opened(open_admin)).audit.page
    await until(lambda: len(ids(view.records.list)) == 12)

    said = {words.partition(",")[0] for words in texts(view.records.list)}
    assert said == {"Mia Stone changed the session “Talk”", "Mia Stone planned the session “Talk”"}


@pytest.mark.usefixtures("records")
async def test_the_filters_ask_for_a_person_a_kind_and_a_time(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    view = (screen := await opened(open_admin)).audit.page

    view.person.choose(world.mia)
    await all_done()
    assert len(ids(view.records.list)) == 3
    view.span.setCurrentIndex(view.span.findData("7"))
    await all_done()
    assert len(ids(view.records.list)) == 2
    view.kind.setCurrentIndex(view.kind.findData("entry"))
    await all_done()

    assert view.records.empty.title.accessibleName() == "Nothing that fits"
    assert seat.relay.readings[-1] == {
        "limit": "100",
        "actorId": world.mia,
        "type": "entry",
        "from": "2025-11-23T23:00:00Z",
    }
    assert screen.page.current == "audit"


async def test_older_records_are_read_as_one_scrolls(seat: Seat, open_admin: OpenAdmin) -> None:
    seat.relay.records = [a_record(100 - n) for n in range(60)]
    seat.relay.page = 20
    view = (await opened(open_admin)).audit.page
    await until(lambda: len(ids(view.records.list)) == 40)

    def is_all_here() -> bool:
        view.records.list.scrollToBottom()
        return len(ids(view.records.list)) == 60

    await until(is_all_here)


async def test_another_filter_shows_the_newest_on_top(
    seat: Seat, world: World, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    seat.relay.records = [
        a_record(90 - n, actorId=world.mia if n % 2 else world.admin) for n in range(60)
    ]
    screen = await opened(open_admin)
    rows = screen.audit.page.records.list
    await until(lambda: len(ids(rows)) == 60)
    open_row(qtbot, rows, "mentors 60")
    dialogs(screen.page)[0].reject()
    assert rows.verticalScrollBar().value() > 0

    screen.audit.page.person.choose(world.mia)
    await until(lambda: len(ids(rows)) == 30)

    assert rows.verticalScrollBar().value() == 0
    assert rows.current_id() == ""


@pytest.mark.usefixtures("records")
async def test_it_is_read_when_one_turns_to_it_and_not_when_the_window_comes_back(
    seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    page = (await opened(open_admin)).page
    window, elsewhere = QStackedWidget(), QWidget()
    qtbot.addWidget(window)
    for one in (elsewhere, page):
        window.addWidget(one)
    window.setCurrentWidget(page)
    window.show()
    await all_done()
    read = len(seat.relay.readings)

    async def reach_the_relay_again() -> None:
        for phase in (Phase.OFFLINE, Phase.LIVE):
            seat.workspace.news.sync.emit(SyncState(phase))
        await all_done()

    await reach_the_relay_again()
    window.showMinimized()
    await reach_the_relay_again()
    window.showNormal()
    window.hide()
    await reach_the_relay_again()
    window.show()
    await all_done()
    assert len(seat.relay.readings) == read

    window.setCurrentWidget(elsewhere)
    window.setCurrentWidget(page)
    await all_done()
    assert len(seat.relay.readings) == read + 1


async def test_what_could_not_be_read_is_read_once_the_relay_is_reached(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    seat.relay.trouble = httpx.ConnectError("Nobody there.")
    screen = await opened(open_admin)
    assert screen.audit.rows.trouble
    seat.relay.trouble = None
    seat.relay.records = [a_record(1)]

    seat.workspace.news.sync.emit(SyncState(Phase.LIVE))
    await all_done()

    assert ids(screen.audit.page.records.list) == ["mentors 1"]


@pytest.mark.usefixtures("records")
async def test_enter_shows_a_record_before_and_after(open_admin: OpenAdmin, qtbot: QtBot) -> None:
    screen = await opened(open_admin)

    open_row(qtbot, screen.audit.page.records.list, "mentors 4")

    [dialog] = dialogs(screen.page)
    assert isinstance(dialog, AuditDialog)
    assert dialog.entry.said.accessibleName() == "Mia Stone changed the session “Recursion”"
    change, recorded = dialog.entry.facts
    assert "Loops" in change
    assert "Recursion" in change
    assert recorded == "schedule.update · schedule"


async def test_a_record_has_as_much_room_as_it_needs(
    seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    long = "\n".join(f"Line {n} of many." for n in range(60))
    seat.relay.records = [
        a_record(2),
        a_record(1, values={"agenda": ["One line.", long]}, fields=["agenda"]),
    ]
    screen = await opened(open_admin)
    heights = []
    for row_id in ("mentors 2", "mentors 1"):
        open_row(qtbot, screen.audit.page.records.list, row_id)
        [dialog] = dialogs(screen.page)
        assert isinstance(dialog, AuditDialog)
        QApplication.sendPostedEvents()  # that it is laid out
        await all_done()
        heights.append((dialog.height(), dialog.area.verticalScrollBar().maximum()))
        dialog.reject()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
        assert not isValid(dialog)  # none stays in memory

    (short, hidden), (tall, more) = heights
    assert (hidden, tall) == (0, 480)
    assert short < 240
    assert more > 0


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(("name", "content"), [("a.csv", "csv of 4"), ("a.ndjson", "ndjson of 4")])
async def test_all_that_fits_is_written_to_a_file(
    seat: Seat, open_admin: OpenAdmin, tmp_path: Path, name: str, content: str
) -> None:
    file = tmp_path / name
    screen = await opened(open_admin, str(file))

    screen.page.primary_action.trigger()
    assert screen.page.primary_action.text() == "Writing…"
    await all_done()
    assert screen.page.primary_action.text() == "Export…"

    assert file.read_text("utf-8") == content
    assert seat.said == [f"The audit log is in {file}."]


@pytest.mark.usefixtures("records")
async def test_why_there_is_no_file_is_said(
    seat: Seat, open_admin: OpenAdmin, tmp_path: Path
) -> None:
    screen = await opened(open_admin, str(tmp_path / "nowhere" / "a.csv"))
    screen.page.primary_action.trigger()
    await all_done()
    seat.relay.trouble = httpx.ConnectError("Nobody there.")
    screen.page.primary_action.trigger()
    await all_done()

    assert seat.said[0] == "This file cannot be written."
    assert seat.said[1].startswith("This needs the relay.")
