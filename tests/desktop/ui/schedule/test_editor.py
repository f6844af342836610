"""The form of a session, typed into as a person does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.schedule.editor import SessionDraft, SessionEditor
from desktop.ui.theme import Theme
from desktop.ui.widgets.person_picker import Choice
from tests.desktop.ui.stops import stops

NINE = datetime(2025, 12, 4, 9)  # noqa: DTZ001  a time on the wall
STAYS = "Whom a session is with stays as it is: plan another one."
ANA, SPRING = Choice("ana", "Ana Ruiz"), Choice("spring", "Spring")


@pytest.fixture
def editor(theme: Theme, window: QWidget) -> SessionEditor:
    editor = SessionEditor(theme, window, is_new=True)
    editor.show_choices([ANA], [SPRING])
    editor.fill(SessionDraft(start=NINE, end=NINE + timedelta(hours=1)))
    editor.open()
    return editor


def test_it_begins_at_the_title(editor: SessionEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor.focusWidget(), "First talk")

    assert editor.draft().title == "First talk"


def test_the_end_follows_the_start(editor: SessionEditor) -> None:
    editor.start.clock.setFocus()
    editor.start.clock.stepUp()

    draft = editor.draft()
    assert draft.start > NINE
    assert draft.end - draft.start == timedelta(hours=1)


@pytest.mark.parametrize(("at", "minutes"), [(0, 30), (1, 45), (2, 60)])
def test_a_preset_sets_the_length(
    editor: SessionEditor, qtbot: QtBot, at: int, minutes: int
) -> None:
    editor.end.set_value(NINE + timedelta(hours=3))

    qtbot.mouseClick(editor.presets[at], Qt.MouseButton.LeftButton)
    assert editor.draft().end == NINE + timedelta(minutes=minutes)
    editor.start.set_value(NINE + timedelta(days=1))

    assert editor.draft().end == NINE + timedelta(days=1, minutes=minutes)


def test_another_end_is_kept_as_the_new_length(editor: SessionEditor) -> None:
    editor.end.set_value(NINE + timedelta(minutes=20))
    editor.start.set_value(NINE + timedelta(hours=2))

    assert editor.draft().end == NINE + timedelta(hours=2, minutes=20)


def test_the_group_tick_offers_cohorts_instead_of_students(
    editor: SessionEditor, qtbot: QtBot
) -> None:
    editor.picker.choose("ana")

    editor.group.setFocus()
    qtbot.keyClick(editor.group, Qt.Key.Key_Space)

    offered = [editor.picker.itemText(row) for row in range(editor.picker.count())]
    assert offered == ["Spring"]
    assert (editor.draft().is_group, editor.draft().with_id) == (True, "")


def test_without_cohorts_there_is_no_group(theme: Theme, window: QWidget) -> None:
    editor = SessionEditor(theme, window, is_new=True)

    editor.show_choices([ANA], [])

    assert not editor.group.isEnabled()
    assert editor.group.toolTip() == "You lead no cohort yet."


def test_a_name_is_found_by_a_part_of_it(editor: SessionEditor, qtbot: QtBot) -> None:
    edit = editor.picker.lineEdit()
    assert edit is not None

    qtbot.keyClicks(edit, "ana ruiz")

    assert editor.draft().with_id == "ana"


def test_each_error_stands_at_its_field_and_the_first_has_the_keyboard(
    editor: SessionEditor,
) -> None:
    editor.show_errors({"endTime": "Too late.", "title": "Too long.", "": "Something else."})

    assert editor.fields["title"].error.accessibleName() == "Too long."
    assert editor.fields["endTime"].error.accessibleName() == "Too late."
    assert editor.trouble.text.accessibleName() == "Something else."
    assert editor.focusWidget() is editor.title


def test_new_errors_replace_the_old(editor: SessionEditor) -> None:
    editor.show_errors({"title": "Too long.", "": "Something else."})

    editor.show_errors({"place": "Too far."})

    assert not editor.fields["title"].has_error
    assert not editor.trouble.isVisible()


def test_a_conflict_offers_to_book_anyway_while_it_lasts(
    editor: SessionEditor, qtbot: QtBot
) -> None:
    editor.show_conflict("Overlaps “Weekly talk”.")
    assert (editor.book.isVisible(), editor.save.isVisible()) == (True, False)
    with qtbot.waitSignal(editor.save_asked) as asked:
        qtbot.mouseClick(editor.book, Qt.MouseButton.LeftButton)
    assert asked.args == [True]

    editor.show_conflict("")

    assert (editor.book.isVisible(), editor.save.isVisible()) == (False, True)


def test_a_name_half_typed_is_taken_when_it_is_saved_by_key(
    editor: SessionEditor, qtbot: QtBot
) -> None:
    qtbot.keyClicks(editor.picker.lineEdit(), "rui")

    with qtbot.waitSignal(editor.save_asked):
        qtbot.keyClick(editor.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert editor.draft().with_id == ANA.id


def test_a_complaint_goes_with_what_is_done_about_it(editor: SessionEditor, qtbot: QtBot) -> None:
    editor.show_errors({"studentId": "Fill in this field.", "title": "Fill in this field."})

    editor.picker.choose(ANA.id)

    assert not editor.fields["studentId"].has_error
    assert editor.fields["title"].has_error


def test_keys_press_the_button_that_stands_there(editor: SessionEditor, qtbot: QtBot) -> None:
    editor.show_conflict("Overlaps “Weekly talk”.")

    with qtbot.waitSignal(editor.save_asked) as asked:
        qtbot.keyClick(editor.title, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert asked.args == [True]


def test_the_keyboard_goes_to_the_button_that_comes_instead(
    editor: SessionEditor, qtbot: QtBot
) -> None:
    editor.save.setFocus()

    editor.show_conflict("Overlaps “Weekly talk”.")
    assert editor.focusWidget() is editor.book

    editor.show_conflict("")
    assert editor.focusWidget() is editor.save


def test_a_refusal_brings_the_keyboard_to_the_answer(editor: SessionEditor) -> None:
    editor.place.setFocus()

    editor.show_refused("Overlaps “Weekly talk”.")

    assert editor.focusWidget() is editor.book


def test_tab_does_not_stop_at_the_form_as_a_whole(editor: SessionEditor) -> None:
    assert not any(isinstance(stop, QScrollArea) for stop in stops(editor))


def test_a_conflict_comes_into_view_beside_the_times(editor: SessionEditor, qtbot: QtBot) -> None:
    editor.resize(440, 400)
    editor.start.day.setFocus()

    editor.show_conflict("Overlaps “Weekly talk”.")

    qtbot.waitUntil(lambda: not editor.conflict.visibleRegion().isEmpty())


@pytest.mark.parametrize("keys", ["Ctrl+S", "Ctrl+Return"])
def test_it_saves_by_key(editor: SessionEditor, qtbot: QtBot, keys: str) -> None:
    key = Qt.Key.Key_S if keys.endswith("S") else Qt.Key.Key_Return

    with qtbot.waitSignal(editor.save_asked) as asked:
        qtbot.keyClick(editor.title, key, Qt.KeyboardModifier.ControlModifier)

    assert asked.args == [False]


@pytest.mark.parametrize("line", ["title", "focus", "place", "meeting_url"])
def test_enter_in_a_line_saves(editor: SessionEditor, qtbot: QtBot, line: str) -> None:
    with qtbot.waitSignal(editor.save_asked) as asked:
        qtbot.keyClick(getattr(editor, line), Qt.Key.Key_Return)

    assert asked.args == [False]


def test_enter_in_a_line_books_nothing_that_overlaps_unasked(
    editor: SessionEditor, qtbot: QtBot
) -> None:
    editor.show_conflict("Overlaps “Weekly talk”.")

    with qtbot.assertNotEmitted(editor.save_asked):
        qtbot.keyClick(editor.title, Qt.Key.Key_Return)

    assert editor.focusWidget() is editor.book
    with qtbot.waitSignal(editor.save_asked) as asked:
        qtbot.keyClick(editor.book, Qt.Key.Key_Return)
    assert asked.args == [True]


def test_filling_it_in_is_no_edit(editor: SessionEditor) -> None:
    edits: list[int] = []
    editor.edited.connect(lambda: edits.append(1))

    editor.fill(SessionDraft(title="A", with_id="ana", start=NINE, end=NINE + timedelta(minutes=5)))

    assert edits == []


def test_tab_leaves_the_large_fields(editor: SessionEditor, qtbot: QtBot) -> None:
    editor.description.setFocus()

    qtbot.keyClick(editor.description, Qt.Key.Key_Tab)

    assert editor.focusWidget() is editor.agenda


def test_the_person_of_an_old_session_stays(theme: Theme, window: QWidget) -> None:
    editor = SessionEditor(theme, window, is_new=False)
    editor.show_choices([ANA], [SPRING])

    editor.fill(SessionDraft(with_id="ana", start=NINE, end=NINE + timedelta(hours=1)))

    assert editor.draft().with_id == "ana"
    assert not editor.picker.isEnabled()
    assert not editor.group.isEnabled()
    for fixed in (editor.picker, editor.group):
        assert fixed.toolTip() == STAYS
    assert editor.fields["studentId"].hint.accessibleName() == STAYS


def test_it_fits_into_the_smallest_window(theme: Theme, window: QWidget) -> None:
    window.resize(720, 520)

    editor = SessionEditor(theme, window, is_new=True)

    assert editor.width() < 720
    assert editor.height() < 520
