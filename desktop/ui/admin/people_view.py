"""All people of the relay: by role, with the deactivated or without, by name or e-mail."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.account.administration import UserAccount
from desktop.ui.admin.listing import RelayList
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow

EVERYBODY, STUDENTS, MENTORS, ADMINS = "", "student", "mentor", "admin"
TYPING_MS = 250  # so long nobody is asked while one types
SEARCH_WIDTH = 240


class PeopleView(QWidget):
    """Shows people and says whom the person wants to see.

    Signals:
        filter_changed: other people are wanted.
        opened: the id of one to look at.
    """

    filter_changed = Signal()
    opened = Signal(str)

    def __init__(
        self, theme: Theme, model: RecordListModel[UserAccount], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.filter = FilterBar(
            _tr("Which people"),
            [
                (EVERYBODY, _tr("Everybody")),
                (STUDENTS, _tr("Students")),
                (MENTORS, _tr("Mentors")),
                (ADMINS, _tr("Admins")),
            ],
        )
        self.with_gone = QCheckBox(_tr("With the deactivated"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_tr("Find by name or e-mail"))
        self.search.setAccessibleName(_tr("Find by name or e-mail"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.people = RelayList(theme, model, _tr("People"), "users")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        top = FlowRow(spacing=12)
        for part in (self.filter, self.search, self.with_gone):
            top.addWidget(part)
        top.setAlignment(self.with_gone, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.people, 1)

        self.filter.chosen.connect(lambda _key: self.filter_changed.emit())
        self.with_gone.toggled.connect(lambda _on: self.filter_changed.emit())
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._typing.start)
        self._typing.timeout.connect(self.filter_changed)
        self.people.opened.connect(self.opened)
        shortcut = QShortcut(QKeySequence.StandardKey.Find, self)
        shortcut.activated.connect(self.search.setFocus)

    def nothing(self) -> tuple[str, str]:
        """What is said where nobody is found."""
        if self.search.text().strip():
            return _tr("Nobody of that name or e-mail"), _tr("Type less of it, or clear the field.")
        return _tr("Nobody here"), _tr("Whoever is added or registers stands here.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
