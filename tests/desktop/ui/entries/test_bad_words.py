"""Bad words typed at the desktop: said at the field and not lost, or shown as they are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.ui.entries.screen import EntriesScreen
from desktop.ui.entries.writer import PREVIEW, EntryWriter
from desktop.ui.theme import Theme
from domain.entries import Entry
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.tour import settle

SeatOf = Callable[[str], Seat]
LEFT = Qt.MouseButton.LeftButton
# What is typed, and in which field.
REFUSED = {
    "control characters in a title": ("title", "Loops\u0007"),
    "control characters in a text": ("body", "Two\u001b[2Jkinds"),
    "a link to a file": ("resources", "file:///etc/passwd"),
    "a link that is a program": ("resources", "javascript:alert(1)"),
}


@pytest.fixture
def seat(seat_of: SeatOf, world: World) -> Seat:
    return seat_of(world.ana)


@pytest.fixture
async def screen(seat: Seat, theme: Theme, qtbot: QtBot) -> EntriesScreen:
    """The form for a new entry, with a title and a text."""
    screen = EntriesScreen(seat.workspace, theme)
    qtbot.addWidget(screen.page)
    screen.page.resize(880, 660)
    with qtbot.waitExposed(screen.page):
        screen.page.show()
    screen.page.new_action.trigger()
    await all_done()
    screen.writing.view.title.setText("Loops")
    screen.writing.view.body.setPlainText("Two *kinds*.")
    return screen


@pytest.fixture
async def server() -> AsyncIterator[tuple[str, list[str]]]:
    """Somebody's web server on this computer: its address, and what it was asked for."""
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode())
        writer.close()

    served = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with served:
        yield f"http://127.0.0.1:{served.sockets[0].getsockname()[1]}", asked


def typed(form: EntryWriter, field: str) -> str:
    return form.title.text() if field == "title" else getattr(form, field).toPlainText()


def own(seat: Seat) -> list[Entry]:
    return [entry for entry in seat.desk.relay.all_of(Entry) if entry.student_id == seat.desk.user]


async def submit(screen: EntriesScreen, qtbot: QtBot) -> None:
    qtbot.mouseClick(screen.writing.view.submit, LEFT)
    await all_done()


@pytest.mark.parametrize("case", REFUSED)
async def test_it_is_said_at_the_field_and_nothing_is_written(
    seat: Seat, screen: EntriesScreen, qtbot: QtBot, case: str
) -> None:
    field, text = REFUSED[case]
    form = screen.writing.view
    form.title.setText(text) if field == "title" else getattr(form, field).setPlainText(text)

    await submit(screen, qtbot)
    seat.sync()

    assert form.fields[field].error.text().endswith(".")
    assert typed(form, field) == text
    assert screen.page.is_writing
    assert own(seat) == []


async def test_html_in_a_title_is_kept_as_it_was_typed(
    seat: Seat, screen: EntriesScreen, qtbot: QtBot
) -> None:
    screen.writing.view.title.setText("<b>Loops</b> <img src=x>")

    await submit(screen, qtbot)
    seat.sync()

    assert own(seat)[0].title == "<b>Loops</b> <img src=x>"
    assert screen.reader.title.text() == "<b>Loops</b> <img src=x>"


async def test_a_title_that_turns_around_is_straightened(
    seat: Seat, screen: EntriesScreen, qtbot: QtBot
) -> None:
    screen.writing.view.title.setText("safe\u202egpj.exe")

    await submit(screen, qtbot)
    seat.sync()

    assert own(seat)[0].title == screen.reader.title.text() == "safegpj.exe"


async def test_a_picture_from_elsewhere_is_named_and_never_asked_for(
    screen: EntriesScreen, qtbot: QtBot, server: tuple[str, list[str]]
) -> None:
    url, asked = server
    form = screen.writing.view
    form.body.setPlainText(f"Look: ![a chart]({url}/x.png) <img src='{url}/y.png'>")

    qtbot.mouseClick(form.mode.buttons[PREVIEW], LEFT)
    settle()
    form.preview.grab()
    await asyncio.sleep(0)

    assert "[a chart]" in form.preview.toPlainText()
    assert f"<img src='{url}/y.png'>" in form.preview.toPlainText()
    assert asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)"])
async def test_a_link_that_leads_elsewhere_is_not_opened_and_says_so(
    seat: Seat, screen: EntriesScreen, qtbot: QtBot, url: str
) -> None:
    form = screen.writing.view
    form.body.setPlainText(f"[here]({url})")
    qtbot.mouseClick(form.mode.buttons[PREVIEW], LEFT)

    form.preview.anchorClicked.emit(QUrl(url))

    assert seat.said == ["Only links that begin with https can be opened."]
    assert screen.page.window().findChildren(QDialog) == []
