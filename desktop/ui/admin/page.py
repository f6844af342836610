"""Administration: its parts by name above, one of them in front of the others."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow

PEOPLE, INVITATIONS, COHORTS, IMPORT = "people", "invitations", "cohorts", "import"
AUDIT = "audit"


class AdminPage(QWidget):
    """Shows one part; `primary_action` is the one thing to do there.

    Signals:
        part_chosen: the key of a part.
        settings_asked: go back to where one came from.
    """

    part_chosen = Signal(str)
    settings_asked = Signal()

    def __init__(
        self, theme: Theme, parts: Mapping[str, QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.parts = dict(parts)
        self.primary_action = QAction(self)
        self.back_button = push_button(_tr("Settings"), "quiet", theme=theme, icon="chevron-left")
        words = {
            PEOPLE: _tr("People"),
            INVITATIONS: _tr("Invitations"),
            COHORTS: _tr("Cohorts"),
            IMPORT: _tr("Import"),
            AUDIT: _tr("Audit"),
        }
        self.tabs = FilterBar(
            _tr("Part of the administration"), [(key, words[key]) for key in self.parts]
        )
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        top = QWidget()
        row = FlowRow(top, spacing=8)
        row.addWidget(self.back_button)
        row.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        padded = QVBoxLayout()
        padded.setContentsMargins(24, 0, 24, 0)
        padded.addWidget(top)
        column.addLayout(padded)
        column.addWidget(self.stack, 1)

        self.tabs.chosen.connect(self.part_chosen)
        self.back_button.clicked.connect(self.settings_asked)

    @property
    def current(self) -> str:
        return self.tabs.current

    @property
    def has_keyboard(self) -> bool:
        """Whether something in the page has the keyboard."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused) and focused.isVisible()

    def take_focus(self) -> None:
        """Give the keyboard to the name of the part, from which Tab goes into it."""
        self.tabs.buttons[self.current].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_part(self, key: str) -> None:
        """Bring a part to the front."""
        self.tabs.choose(key)
        self.stack.setCurrentWidget(self.parts[key])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
