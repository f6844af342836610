"""The report of a crash, offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.crashes import Crashes
from desktop.ui.crash_dialog import CrashDialog
from desktop.ui.theme import Theme


@pytest.fixture
def crashes(tmp_path: Path) -> Iterator[Crashes]:
    crashes = Crashes(tmp_path / "crashes", "Tandem 1")
    crashes.watch()
    crashes.note(ValueError, ValueError("what happened"), None)
    yield crashes
    crashes.stop()


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_the_report_is_there_to_read(window: QWidget, crashes: Crashes) -> None:
    dialog = CrashDialog(window, crashes)
    dialog.open()

    assert "ValueError: what happened" in dialog.text.toPlainText()
    assert "sent to nobody" in dialog.sentence.text()
    dialog.close()


def test_escape_keeps_it_for_the_next_start(
    window: QWidget, crashes: Crashes, qtbot: QtBot
) -> None:
    dialog = CrashDialog(window, crashes)
    dialog.open()

    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert len(crashes.reports()) == 1


def test_it_is_deleted_when_asked(window: QWidget, crashes: Crashes) -> None:
    dialog = CrashDialog(window, crashes)
    dialog.open()

    dialog.delete.click()

    assert crashes.reports() == []


def test_it_is_saved_where_the_person_says(
    window: QWidget, crashes: Crashes, tmp_path: Path
) -> None:
    place = tmp_path / "for-help.txt"
    dialog = CrashDialog(window, crashes, lambda _parent, _name: str(place))
    dialog.open()

    dialog.save.click()

    assert "ValueError: what happened" in place.read_text("utf-8")
    assert crashes.reports() == []


@pytest.mark.parametrize("button", ["delete", "save"])
def test_only_the_report_that_was_shown_goes_and_the_next_one_is_shown(
    window: QWidget, crashes: Crashes, tmp_path: Path, button: str
) -> None:
    crashes.note(KeyError, KeyError("what happened later"), None)
    older = crashes.reports()[1]
    dialog = CrashDialog(window, crashes, lambda _parent, name: str(tmp_path / name))
    dialog.open()
    assert "what happened later" in dialog.text.toPlainText()
    assert dialog.left.text() == "1 older report comes after this one."
    getattr(dialog, button).setFocus()

    getattr(dialog, button).click()

    assert crashes.reports() == [older]
    assert "ValueError: what happened" in dialog.text.toPlainText()
    assert dialog.isVisible()
    assert dialog.left.isHidden()
    assert dialog.focusWidget() is dialog.later  # so that Enter does not delete what was not read
    getattr(dialog, button).click()
    assert crashes.reports() == []
    assert not dialog.isVisible()


def test_the_next_report_is_offered_as_the_first_was(
    window: QWidget, crashes: Crashes, tmp_path: Path
) -> None:
    crashes.note(KeyError, KeyError("what happened later"), None)
    dialog = CrashDialog(window, crashes, lambda _parent, _name: str(tmp_path / "no" / "x.txt"))
    dialog.open()
    dialog.save.click()
    assert "could not be saved" in dialog.sentence.text()

    dialog.delete.click()

    assert "sent to nobody" in dialog.sentence.text()
    dialog.close()


def test_a_place_that_cannot_be_written_is_said(
    window: QWidget, crashes: Crashes, tmp_path: Path
) -> None:
    dialog = CrashDialog(window, crashes, lambda _parent, _name: str(tmp_path / "no" / "x.txt"))
    dialog.open()

    dialog.save.click()

    assert "could not be saved" in dialog.sentence.text()
    assert len(crashes.reports()) == 1
    dialog.close()


def test_who_names_no_file_keeps_the_report(window: QWidget, crashes: Crashes) -> None:
    dialog = CrashDialog(window, crashes, lambda _parent, _name: "")
    dialog.open()

    dialog.save.click()

    assert len(crashes.reports()) == 1
    dialog.close()
