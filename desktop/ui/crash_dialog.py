"""Offers the reports of crashes, one by one: to read, save, delete; they are sent to nobody."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.crashes import Crashes
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.dialog_size import size_within
from desktop.ui.widgets.labels import WrapLabel

SIZE, LEAST = QSize(620, 460), QSize(400, 360)

AskFile = Callable[[QWidget, str], str]


class CrashDialog(QDialog):
    """Shows the newest report, then the one before it; Escape leaves them for the next start.

    Only what was shown is ever deleted.
    """

    def __init__(self, parent: QWidget, crashes: Crashes, ask_file: AskFile | None = None) -> None:
        super().__init__(parent)
        self._crashes = crashes
        self._ask_file = ask_file or _ask_file
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("Tandem had an error")
        self.setWindowTitle(title)
        self.sentence = WrapLabel(tone="muted")
        self.left = WrapLabel(tone="muted", size="small")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("The report"))
        self.delete = push_button(self.tr("Delete"))
        self.save = push_button(self.tr("Save as…"))
        self.later = push_button(self.tr("Later"), "primary")
        self.later.setDefault(True)
        self._lay_out(title)
        self._reports = crashes.reports()
        self._show()
        self.resize(size_within(parent, SIZE, LEAST))

        self.delete.clicked.connect(self._on_delete)
        self.save.clicked.connect(self._on_save)
        self.later.clicked.connect(self.reject)

    def _lay_out(self, title: str) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.later)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(WrapLabel(title, size="heading", strong=True))
        column.addWidget(self.sentence)
        column.addWidget(self.text, 1)
        column.addWidget(self.left)
        column.addLayout(buttons)

    def _show(self) -> None:
        """Show the newest of those that are left; Enter does it no harm before it was read."""
        self.sentence.set_tone("muted")
        self.sentence.setText(
            self.tr(
                "Something went wrong in the program. This report was kept on this computer and "
                "sent to nobody. Your work is saved. You can save the report for whoever helps "
                "you, or delete it."
            )
        )
        self.text.setPlainText(_read(self._reports[0]))
        older = len(self._reports) - 1
        self.left.setText(self.tr("%n older reports come after this one.", "", older))
        self.left.setVisible(older > 0)
        self.later.setFocus()

    def _on_delete(self) -> None:
        self._crashes.forget(self._reports.pop(0))
        if not self._reports:
            self.accept()
            return
        self._show()
        announce(self, self.tr("The next report is shown."))

    def _on_save(self) -> None:
        chosen = self._ask_file(self, self._reports[0].name)
        if not chosen:
            return
        try:
            Path(chosen).write_text(self.text.toPlainText(), "utf-8")
        except OSError as error:
            self.sentence.set_tone("error")
            words = self.tr("The report could not be saved: %1.")
            self.sentence.setText(words.replace("%1", error.strerror or str(error)))
            return
        self._on_delete()  # it has gone where it is wanted


def _read(report: Path) -> str:
    try:
        return report.read_text("utf-8", errors="replace")
    except OSError as error:
        return str(error)


def _ask_file(parent: QWidget, name: str) -> str:
    title = QCoreApplication.translate("CrashDialog", "Save the report")
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name))
    return chosen
