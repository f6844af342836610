"""Until when a notification is put out of sight: presets, or a time of one's own."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.times import moment_words
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.date_time_field import DateTimeField
from desktop.ui.workspace import Workspace
from domain.instants import instant

MORNING = time(8)
LATER_H = 3
MONDAY = 0


def presets(workspace: Workspace) -> list[tuple[str, datetime]]:
    """Words and the time on the person's own wall."""
    now = workspace.now().astimezone(workspace.zone)
    today = now.date()
    later = (now + timedelta(hours=LATER_H)).replace(minute=0, second=0, microsecond=0)
    next_monday = today + timedelta(days=(MONDAY - today.weekday() - 1) % 7 + 1)

    def morning(days: int) -> datetime:
        return datetime.combine(today + timedelta(days=days), MORNING, tzinfo=workspace.zone)

    return [
        (_tr("Later today") if later.date() == today else _tr("In three hours"), later),
        (_tr("Tomorrow morning"), morning(1)),
        (_tr("Next week"), morning((next_monday - today).days)),
    ]


def snooze_menu(
    parent: QWidget,
    workspace: Workspace,
    then: Callable[[str], object],
    *,
    before_asking: Callable[[], object] = lambda: None,
) -> QMenu:
    """A menu of presets; `then` gets the instant that was chosen.

    `before_asking` is called before a dialog asks for another time.
    """

    def ask() -> None:
        before_asking()
        SnoozeDialog(parent.window(), workspace, then).open()

    menu = QMenu(parent)
    for words, wall in presets(workspace):
        when = moment_words(wall, workspace)
        action = menu.addAction(f"{words}\t{when}")
        action.triggered.connect(partial(_choose, then, wall))
    menu.addSeparator()
    own = menu.addAction(_tr("Pick a time…"))
    own.triggered.connect(ask)
    return menu


def show_menu(menu: QMenu, at: QPoint) -> None:
    """Show it there, and forget it afterwards."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


class SnoozeDialog(ConfirmDialog):
    """Asks for a day and a time on the person's own wall."""

    def __init__(
        self, parent: QWidget, workspace: Workspace, then: Callable[[str], object]
    ) -> None:
        super().__init__(
            parent,
            _tr("Snooze until"),
            _tr("It comes back unread at this time."),
            _tr("Snooze"),
        )
        self._zone = workspace.zone
        self.field = DateTimeField(_tr("Until"))
        self.field.set_value(presets(workspace)[1][1].replace(tzinfo=None))
        self.column.insertWidget(2, self.field)
        self.begin_at(self.field)
        self.accepted.connect(lambda: then(instant(self.field.value().replace(tzinfo=self._zone))))


def _choose(then: Callable[[str], object], wall: datetime, _checked: bool = False) -> None:
    then(instant(wall))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Snoozing", text)
