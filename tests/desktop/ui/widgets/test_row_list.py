"""Rows and their buttons, by pointer and by keyboard."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import Heading, RecordListModel, Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_layout import lay_out
from desktop.ui.widgets.row_list import RowList
from desktop.ui.widgets.row_look import RowAction, RowLook

EDIT = RowAction("edit", "Edit", "edit")
CANCEL = RowAction("cancel", "Cancel session", "x-circle")
CLAIM = RowAction("claim", "Claim", "user-plus", in_words=True)
DELETE = RowAction("delete", "Delete", "trash", only_in_menu=True)
CHIP = ChipLook("Scheduled", "calendar", "scheduled")


@dataclass(frozen=True)
class Row:
    id: str
    look: RowLook


HOOKS = Row("hooks", RowLook(title="React hooks", chip=CHIP, actions=(EDIT, CANCEL, DELETE)))
SQL = Row("sql", RowLook(title="SQL basics", avatar="Kenji", actions=(CLAIM,)))


@pytest.fixture
def rows(theme: Theme, qtbot: QtBot) -> RowList:
    model = RecordListModel[Row](lambda row: row.look.title, lambda row: row.look)
    model.show([Heading("day:1", "Monday"), HOOKS, Heading("day:2", "Tuesday"), SQL])
    rows = RowList(theme, model, "Sessions")
    qtbot.addWidget(rows)
    rows.resize(640, 400)
    rows.show()
    rows.setFocus()
    return rows


def show(rows: RowList, *records: Row) -> None:
    model = rows.model()
    assert isinstance(model, RecordListModel)
    model.show(list(records))


def middle_of(rows: RowList, record_id: str, key: str) -> QPoint:
    model = rows.model()
    assert isinstance(model, RecordListModel)
    index = model.index(model.row_of(record_id))
    layout = rows.rows.layout_of(index)
    assert layout is not None
    place = next(rect for action, rect in layout.actions if action.key == key)
    return rows.visualRect(index).topLeft() + place.center()


def test_a_click_on_a_button_asks_for_its_action(rows: RowList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rows.action_asked) as asked:
        place = middle_of(rows, "sql", "claim")
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert asked.args == ["claim", "sql"]


def test_a_press_that_is_dragged_away_asks_for_nothing(rows: RowList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rows.action_asked):
        place = middle_of(rows, "sql", "claim")
        qtbot.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))


def test_up_and_down_pass_over_headings(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")

    qtbot.keyClick(rows, Qt.Key.Key_Down)

    assert rows.current_id() == "sql"


def test_return_opens_the_row(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")

    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)

    assert opened.args == ["hooks"]


def test_the_arrows_reach_each_button(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")
    qtbot.keyClick(rows, Qt.Key.Key_Right)
    qtbot.keyClick(rows, Qt.Key.Key_Right)

    with qtbot.waitSignal(rows.action_asked) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_Return)

    assert asked.args == ["cancel", "hooks"]


def test_escape_leaves_the_buttons_of_a_row(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")
    qtbot.keyClick(rows, Qt.Key.Key_Right)

    qtbot.keyClick(rows, Qt.Key.Key_Escape)

    assert rows.rows.current_action == ""


def test_another_row_forgets_the_button(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")
    qtbot.keyClick(rows, Qt.Key.Key_Right)

    qtbot.keyClick(rows, Qt.Key.Key_Down)

    assert rows.rows.current_action == ""


def test_the_arrows_go_from_button_to_button_as_they_stand(rows: RowList, qtbot: QtBot) -> None:
    show(rows, Row("hooks", RowLook(title="React hooks", actions=(CLAIM, CANCEL))))
    rows.select("hooks")
    assert middle_of(rows, "hooks", "cancel").x() < middle_of(rows, "hooks", "claim").x()

    qtbot.keyClick(rows, Qt.Key.Key_Right)
    assert rows.rows.current_action == "cancel"

    qtbot.keyClick(rows, Qt.Key.Key_Right)
    assert rows.rows.current_action == "claim"


def test_the_row_itself_is_ringed_where_its_button_goes(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")
    qtbot.keyClick(rows, Qt.Key.Key_Right)
    assert rows.rows.current_action == "edit"

    show(rows, Row("hooks", RowLook(title="React hooks", actions=(CANCEL,))), SQL)

    assert rows.current_id() == "hooks"
    assert rows.rows.current_action == ""


def test_a_button_that_stays_keeps_its_ring(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")
    qtbot.keyClick(rows, Qt.Key.Key_Right)

    show(rows, Row("hooks", RowLook(title="Hooks", actions=(EDIT,))), SQL)

    assert rows.rows.current_action == "edit"


def test_the_menu_holds_every_action(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")
    menu = rows.menu_for(rows.currentIndex())
    assert menu is not None

    with qtbot.waitSignal(rows.action_asked) as asked:
        menu.actions()[2].trigger()

    assert [each.text() for each in menu.actions()] == ["Edit", "Cancel session", "Delete"]
    assert asked.args == ["delete", "hooks"]


def test_shift_f10_opens_the_menu_of_the_row(rows: RowList, qtbot: QtBot) -> None:
    rows.select("hooks")

    qtbot.keyClick(rows, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

    [menu] = [menu for menu in rows.findChildren(QMenu) if menu.isVisible()]
    assert [each.text() for each in menu.actions()] == ["Edit", "Cancel session", "Delete"]
    menu.close()


def test_a_screen_reader_gets_the_words_of_a_row(rows: RowList) -> None:
    model = rows.model()

    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "React hooks"
    assert rows.accessibleName() == "Sessions"
    assert model.index(0, 0).data(Role.IS_HEADING)


@pytest.mark.parametrize("width", [320, 420, 640, 900])
def test_nothing_of_a_row_overlaps_or_leaves_it(theme: Theme, width: int) -> None:
    look = RowLook(
        title="A title that is much longer than what fits into a single line of the list",
        subtitle="Kenji Watanabe",
        lead="09:00\n09:45",
        bar="scheduled",
        trailing="2 h ago",
        chip=CHIP,
        actions=(EDIT, CANCEL),
    )

    row = lay_out(theme, look, width)

    places = [row.lead, row.words, row.trailing, row.chip, *(rect for _action, rect in row.actions)]
    whole = row.mirrored(row.words).united(row.chip)
    assert whole.right() <= width
    assert all(place.left() >= 0 and place.right() < width for place in places)
    assert all(place.top() >= 0 and place.bottom() < row.height for place in places)
    pairs = [(one, other) for at, one in enumerate(places) for other in places[:at]]
    assert not [pair for pair in pairs if pair[0].intersects(pair[1])]


def test_a_long_title_takes_more_lines_instead_of_an_ellipsis(theme: Theme) -> None:
    short = lay_out(theme, RowLook(title="Short"), 400)
    long = lay_out(theme, RowLook(title="word " * 60), 400)

    assert long.height > short.height
    assert long.title is not None
    assert long.title.width <= long.words.width()


def test_buttons_are_large_enough_to_hit(theme: Theme) -> None:
    row = lay_out(theme, HOOKS.look, 640)

    assert all(min(rect.width(), rect.height()) >= 24 for _action, rect in row.actions)


def test_right_to_left_turns_the_row_round(theme: Theme) -> None:
    row = lay_out(theme, SQL.look, 640, is_right_to_left=True)

    assert row.mirrored(row.avatar).left() > 500


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_rows_are_drawn_in_both_directions(
    rows: RowList, qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    rows.setLayoutDirection(direction)
    rows.select("hooks")

    picture = rows.grab().toImage()

    middle = rows.visualRect(rows.currentIndex()).center()
    assert picture.pixelColor(middle).name().upper() == rows.rows.theme.palette.selected


def test_where_a_click_opens_a_row_its_buttons_do_not(theme: Theme, qtbot: QtBot) -> None:
    model = RecordListModel[Row](lambda row: row.look.title, lambda row: row.look)
    model.show([Heading("day:1", "Monday"), SQL])
    rows = RowList(theme, model, "Sessions", opens_on_click=True)
    qtbot.addWidget(rows)
    rows.resize(640, 400)
    rows.show()
    opened: list[str] = []
    rows.opened.connect(opened.append)
    left = Qt.MouseButton.LeftButton

    qtbot.mouseClick(rows.viewport(), left, pos=middle_of(rows, "sql", "claim"))
    qtbot.mouseClick(rows.viewport(), left, pos=rows.visualRect(model.index(0)).center())
    assert opened == []
    qtbot.mouseClick(rows.viewport(), left, pos=rows.visualRect(model.index(1)).center())

    assert opened == ["sql"]
