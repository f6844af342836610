"""The list keeps calm: only what differs is touched."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import Heading, RecordListModel, Role


@dataclass(frozen=True)
class Note:
    id: str
    text: str = ""


A, B, C, D = (Note(name, name.upper()) for name in "abcd")
MONDAY = Heading("day:1", "Monday")


def note_text(note: Note) -> str:
    return note.text


@pytest.fixture
def model(qtbot: QtBot, qtmodeltester: ModelTester) -> RecordListModel[Note]:
    model = RecordListModel(note_text)
    qtmodeltester.check(model)
    return model


def ids(model: RecordListModel[Note]) -> list[str]:
    return [model.index(row).data(Role.RECORD_ID) for row in range(model.rowCount())]


def test_shows_records_and_headings_in_order(model: RecordListModel[Note]) -> None:
    model.show([MONDAY, A, B])

    assert ids(model) == ["day:1", "a", "b"]
    assert [model.index(row).data() for row in range(3)] == ["Monday", "A", "B"]


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), unique_by=lambda pair: pair[0]),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), unique_by=lambda pair: pair[0]),
)
def test_any_list_becomes_any_other_without_a_reset(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    model = RecordListModel(note_text)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.show([Note(str(number), str(text)) for number, text in before])
    kept = {
        str(number): QPersistentModelIndex(model.index(row))
        for row, (number, _text) in enumerate(before)
    }

    model.show([Note(str(number), str(text)) for number, text in after])

    assert ids(model) == [str(number) for number, _text in after]
    assert [model.index(row).data() for row in range(len(after))] == [
        str(text) for _number, text in after
    ]
    assert all(
        index.data(Role.RECORD_ID) == key if key in ids(model) else not index.isValid()
        for key, index in kept.items()
    )
    assert not resets


def test_selection_goes_with_its_record(model: RecordListModel[Note]) -> None:
    model.show([A, B, C])
    selection = QItemSelectionModel(model)
    selection.select(model.index(1), QItemSelectionModel.SelectionFlag.Select)

    model.show([C, D, B, A])

    assert [index.data(Role.RECORD_ID) for index in selection.selectedIndexes()] == ["b"]


def test_the_same_records_again_change_nothing(model: RecordListModel[Note], qtbot: QtBot) -> None:
    model.show([MONDAY, A, B])

    with (
        qtbot.assertNotEmitted(model.dataChanged),
        qtbot.assertNotEmitted(model.rowsInserted),
        qtbot.assertNotEmitted(model.layoutChanged),
    ):
        model.show([Heading("day:1", "Monday"), Note("a", "A"), B])


def test_a_changed_record_is_drawn_alone(model: RecordListModel[Note], qtbot: QtBot) -> None:
    model.show([A, B, C])

    with qtbot.waitSignal(model.dataChanged) as changed:
        model.show([A, Note("b", "new"), C])

    first, last = changed.args[:2]
    assert (first.row(), last.row()) == (1, 1)
    assert model.index(1).data() == "new"


def test_neighbours_come_and_go_together(model: RecordListModel[Note], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.rowsInserted) as came:
        model.show([A, B, C, D])
    with qtbot.waitSignal(model.rowsRemoved) as went:
        model.show([A, D])

    assert came.args[1:] == [0, 3]
    assert went.args[1:] == [1, 2]


def test_a_heading_cannot_be_chosen(model: RecordListModel[Note]) -> None:
    model.show([MONDAY, A])

    assert model.index(0).data(Role.IS_HEADING)
    assert not model.index(0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.index(1).flags() & Qt.ItemFlag.ItemIsSelectable


def test_a_look_is_made_once_until_the_record_changes(qtbot: QtBot) -> None:
    made: list[str] = []

    def look(note: Note) -> str:
        made.append(note.id)
        return note.text

    model = RecordListModel(note_text, look)
    model.show([A, B])

    model.index(0).data(Role.LOOK)
    model.index(0).data(Role.LOOK)
    model.show([Note("a", "new"), B])

    assert model.index(0).data(Role.LOOK) == "new"
    assert made == ["a", "a"]


def test_refresh_asks_for_all_looks_again(qtbot: QtBot) -> None:
    clock = ["before"]
    model = RecordListModel(note_text, lambda _note: clock[0])
    model.show([A])
    model.index(0).data(Role.LOOK)
    clock[0] = "after"

    with qtbot.waitSignal(model.dataChanged):
        model.refresh()

    assert model.index(0).data(Role.LOOK) == "after"


def test_two_rows_with_one_id_are_refused_and_change_nothing(model: RecordListModel[Note]) -> None:
    model.show([A])

    with pytest.raises(ValueError, match="same id"):
        model.show([B, B])

    assert ids(model) == ["a"]


def test_finds_records_by_id_and_by_row(model: RecordListModel[Note]) -> None:
    model.show([MONDAY, A])

    assert model.row_of("a") == 1
    assert model.row_of("z") == -1
    assert model.record_at(1) == A
    assert model.record_at(0) is None
    assert model.record_at(7) is None


def test_a_thousand_rows_turned_round_take_one_step(
    model: RecordListModel[Note], qtbot: QtBot
) -> None:
    notes = [Note(str(number)) for number in range(1000)]
    model.show(notes)

    with (
        qtbot.waitSignal(model.layoutChanged),
        qtbot.assertNotEmitted(model.rowsInserted),
        qtbot.assertNotEmitted(model.rowsRemoved),
    ):
        model.show(notes[::-1])

    assert ids(model)[0] == "999"
