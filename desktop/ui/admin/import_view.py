"""People from a file: what it has to look like, its rows before and after, and how far it is."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.ui.admin.import_looks import ImportRow, import_row
from desktop.ui.admin.looks import row_text
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList


class ImportView(QWidget):
    """Shows a file's rows and says what the admin wants done with them.

    Signals:
        file_asked: choose a file.
        add_asked: add all that can be added.
        stop_asked: add no more of them.
        export_asked: write down what has become of each row.
    """

    file_asked = Signal()
    add_asked = Signal()
    stop_asked = Signal()
    export_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner(theme)
        self.words = WrapLabel(strong=True)
        self.add = push_button("", "primary", theme=theme, icon="user-plus")
        self.stop = push_button(_tr("Stop"), theme=theme, icon="pause")
        self.export = push_button(_tr("Export the result…"), theme=theme, icon="download")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_tr("How many of them are done"))
        self.model: RecordListModel[ImportRow] = RecordListModel(
            lambda row: row_text(import_row(row)), import_row
        )
        self.list = RowList(theme, self.model, _tr("People in the file"))
        self.empty = EmptyState(
            theme,
            "users",
            _tr("Add many people at once"),
            _tr(
                "Choose a CSV file whose first line names the columns: name and email, and if you "
                "like role (student or mentor), cohort and mentor. You see every row before "
                "anybody is added."
            ),
            _tr("Choose a file…"),
        )
        self.place = ListOrEmpty(self.list, self.empty)
        self._lay_out()

        self.empty.action_asked.connect(self.file_asked)
        self.add.clicked.connect(self.add_asked)
        self.stop.clicked.connect(self.stop_asked)
        self.export.clicked.connect(self.export_asked)

    def show_trouble(self, words: str, tone: str = "error") -> None:
        """Say why a file was not taken or a row not added; "" takes it away."""
        if words:
            self.banner.show_message(tone, words)
        else:
            self.banner.hide()

    def _lay_out(self) -> None:
        self.head = QWidget()
        buttons = FlowRow()
        for button in (self.add, self.stop, self.export):
            buttons.addWidget(button)
        top = QVBoxLayout(self.head)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        top.addWidget(self.words)
        top.addWidget(self.progress)
        top.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addWidget(self.head)
        column.addWidget(self.place, 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
