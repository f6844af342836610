"""The audit log: by whom, about what, since when; it grows as one scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.account.histories import AuditRecord
from desktop.ui.admin.audit_looks import kind_choices
from desktop.ui.admin.listing import RelayList
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.person_picker import Choice, PersonPicker

ANY_TIME, TODAY, WEEK, MONTH = "", "0", "7", "30"  # days back
PICKER_WIDTH = 180


class AuditView(QWidget):
    """Shows records and says which ones are wanted.

    Signals:
        filter_changed: others are wanted.
        opened: the id of one to look at.
    """

    filter_changed = Signal()
    opened = Signal(str)

    def __init__(
        self, theme: Theme, model: RecordListModel[AuditRecord], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.person = PersonPicker(_tr("By anybody"))
        self.person.setAccessibleName(_tr("By whom"))
        self.person.setFixedWidth(PICKER_WIDTH)
        self.kind = _box(_tr("About what"), kind_choices())
        self.span = _box(
            _tr("Since when"),
            [
                (ANY_TIME, _tr("Any time")),
                (TODAY, _tr("Today")),
                (WEEK, _tr("Last 7 days")),
                (MONTH, _tr("Last 30 days")),
            ],
        )
        self.records = RelayList(theme, model, _tr("Audit log"), "activity")
        top = FlowRow(spacing=12)
        for part in (self.person, self.kind, self.span):
            top.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.records, 1)

        edit = self.person.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self._on_typed)
        self.person.picked.connect(lambda _id: self.filter_changed.emit())
        self.kind.currentIndexChanged.connect(lambda _at: self.filter_changed.emit())
        self.span.currentIndexChanged.connect(lambda _at: self.filter_changed.emit())
        self.records.opened.connect(self.opened)

    def _on_typed(self) -> None:
        """Leave no name of nobody above the records of everybody."""
        self.person.take_typed()
        if not self.person.hasFocus() and not self.person.current_id():
            self.person.choose("")

    def show_people(self, people: Sequence[Choice]) -> None:
        """Offer these; who was chosen stays chosen."""
        self.person.blockSignals(True)
        self.person.show_choices(people)
        self.person.blockSignals(False)

    def chosen(self) -> tuple[str, str, str]:
        """The person's id, the kind of row, and how many days back; each "" for all."""
        days = str(self.span.currentData())
        return self.person.current_id(), str(self.kind.currentData()), days


def _box(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for key, words in choices:
        box.addItem(words, key)
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("Audit", text)
