"""The connection doctor as a person uses it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.doctor.findings import Finding, Step, good
from desktop.ui.doctor.screen import DoctorScreen, summary
from desktop.ui.theme import Theme
from tests.desktop.ui.doctor.findings import FINDINGS, ROOM
from tests.desktop.ui.seats import all_done


class Examined:
    """An examination whose outcome is known before; it waits for `go`."""

    server = "https://tandem.example.org"

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        self.go = asyncio.Event()
        self.go.set()
        self.times = 0

    async def steps(self) -> AsyncIterator[Finding]:
        self.times += 1
        for finding in self.findings:
            await self.go.wait()
            yield finding


def announcements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told from now on."""
    told: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append(event.message())
    )
    return told


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    return window


async def test_each_step_is_shown_and_the_first_fault_stands_on_top(
    window: QWidget, theme: Theme
) -> None:
    dialog = DoctorScreen(window, theme, Examined(*FINDINGS)).dialog
    await all_done()

    assert dialog.summary.text() == "The clock of this computer is 2 hours ahead."
    assert dialog.rows[Step.REACH].sentence.text().endswith("at port 443 after 12 ms.")
    assert dialog.rows[Step.CLOCK].advice.text().startswith("Set the clock")
    assert dialog.rows[Step.REACH].advice.isHidden()
    assert dialog.rows[Step.CLOCK].accessibleName().startswith("Clock: Wrong: ")
    dialog.close()


async def test_while_it_looks_nothing_can_be_copied(window: QWidget, theme: Theme) -> None:
    examined = Examined(*FINDINGS)
    examined.go.clear()
    dialog = DoctorScreen(window, theme, examined).dialog
    await asyncio.sleep(0)

    assert not dialog.copy.isEnabled()
    assert dialog.rows[Step.PROXY].sentence.text() == "Not looked at yet."
    examined.go.set()
    await all_done()
    assert dialog.copy.isEnabled()
    dialog.close()


async def test_a_room_that_differs_is_copied_anew_when_asked(window: QWidget, theme: Theme) -> None:
    asked: list[str] = []
    screen = DoctorScreen(window, theme, Examined(*FINDINGS), asked.append, lambda _room: "Ana")
    await all_done()
    [button] = screen.dialog.rows[Step.CONTENTS].resyncs.values()

    button.click()

    assert asked == [ROOM]
    assert not button.isEnabled()
    screen.dialog.close()


async def test_where_nobody_is_signed_in_nothing_can_be_copied_anew(
    window: QWidget, theme: Theme
) -> None:
    dialog = DoctorScreen(window, theme, Examined(*FINDINGS)).dialog
    await all_done()

    assert dialog.rows[Step.CONTENTS].resyncs == {}
    dialog.close()


async def test_the_text_goes_to_the_clipboard(window: QWidget, theme: Theme) -> None:
    screen = DoctorScreen(window, theme, Examined(*FINDINGS), lambda room: None, lambda room: "Ana")
    await all_done()

    screen.dialog.copy.click()

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Connection doctor\nTandem ")
    assert f"{ROOM}: Its rows here are not those of the relay." in copied
    assert "Ana" not in copied
    screen.dialog.close()


async def test_copied_is_said_until_there_is_something_else_to_copy(
    window: QWidget, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    examined = Examined(*FINDINGS)
    dialog = DoctorScreen(window, theme, examined).dialog
    await all_done()
    told = announcements(monkeypatch)
    dialog.copy.click()
    assert dialog.copy.text() == "Copied"

    dialog.again.click()
    await all_done()

    assert dialog.copy.text() == "Copy as text"
    assert told == ["Copied", "The clock of this computer is 2 hours ahead."]
    dialog.close()


async def test_diagnostics_are_saved_where_the_person_says(
    window: QWidget, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[tuple[Path, str]] = []

    async def save(file: Path, text: str) -> None:
        saved.append((file, text))

    screen = DoctorScreen(
        window,
        theme,
        Examined(*FINDINGS),
        save=save,
        ask_file=lambda _parent, _name: "/somewhere/bundle.zip",
    )
    await all_done()
    told = announcements(monkeypatch)

    screen.dialog.save.click()
    await all_done()

    words = "Saved in /somewhere/bundle.zip; nothing was sent."
    assert saved == [(Path("/somewhere/bundle.zip"), screen.text)]
    assert screen.dialog.summary.text() == words
    assert screen.dialog.accessibleDescription() == words
    assert told == [words]
    screen.dialog.close()


async def test_a_file_that_cannot_be_written_is_said(window: QWidget, theme: Theme) -> None:
    async def save(file: Path, text: str) -> None:
        raise OSError("the disk is full")

    screen = DoctorScreen(
        window, theme, Examined(*FINDINGS), save=save, ask_file=lambda _parent, _name: "/x.zip"
    )
    await all_done()

    screen.dialog.save.click()
    await all_done()

    assert screen.dialog.summary.text() == "The file could not be written: the disk is full"
    screen.dialog.close()


async def test_looking_again_begins_anew(window: QWidget, theme: Theme) -> None:
    examined = Examined(*FINDINGS)
    screen = DoctorScreen(window, theme, examined)
    await all_done()
    examined.findings = (good(Step.PROXY, "none"),)

    screen.dialog.again.click()
    await all_done()

    assert examined.times == 2
    assert screen.dialog.summary.text() == "All is well."
    assert screen.dialog.rows[Step.CLOCK].sentence.text() == "Not looked at yet."
    screen.dialog.close()


async def test_a_dialog_that_was_closed_is_left_alone(window: QWidget, theme: Theme) -> None:
    examined = Examined(*FINDINGS)
    examined.go.clear()
    screen = DoctorScreen(window, theme, examined)
    await asyncio.sleep(0)
    screen.dialog.close()

    examined.go.set()
    await all_done()

    assert screen.findings == []


def test_where_nothing_is_wrong_the_summary_says_so() -> None:
    assert summary([good(Step.PROXY, "none")]) == "All is well."
