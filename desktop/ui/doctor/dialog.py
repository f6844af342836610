"""The connection doctor: each step with its sentence, and what one can do."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.doctor.findings import Finding, RoomFinding, Step, Verdict
from desktop.ui.doctor.words import room_name, room_words, title_of, verdict_of, words_of
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.dialog_size import size_within
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import IconLabel, WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage

SIZE, LEAST = QSize(620, 680), QSize(400, 400)
ICONS = {
    Verdict.GOOD: ("check-circle", "completed"),
    Verdict.NOTE: ("info", "scheduled"),
    Verdict.BAD: ("x-circle", "canceled"),
    Verdict.SKIPPED: ("minus", "text_muted"),
}
MOST_ROOMS = 20  # as rows of their own; the text has them all


class StepRow(QWidget):
    """One step: its shape, its name, what was found, and the rooms that are concerned.

    Signals:
        resync_asked: the room that is to be copied anew.
    """

    resync_asked = Signal(str)

    def __init__(self, theme: Theme, step: Step) -> None:
        super().__init__()
        self.icon = IconLabel(theme, "clock", "text_muted", 20)
        self.title = WrapLabel(title_of(step), strong=True)
        self.sentence = WrapLabel(self.tr("Not looked at yet."), tone="muted")
        self.advice = WrapLabel()
        self.advice.hide()
        self.resyncs: dict[str, QPushButton] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        for label in (self.title, self.sentence, self.advice):
            self._column.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column, 1)

    def show_finding(
        self, finding: Finding, name_of: Callable[[str], str], *, can_resync: bool
    ) -> None:
        self.icon.show_icon(*ICONS[finding.verdict])
        words = words_of(finding)
        self.sentence.setText(words.sentence)
        self.advice.setText(words.advice)
        self.advice.setVisible(bool(words.advice))
        spoken = (self.title.text(), verdict_of(finding.verdict), words.sentence)
        self.setAccessibleName(": ".join(spoken))
        for one in finding.rooms[:MOST_ROOMS]:
            self._column.addWidget(self._room(one, name_of(one.room), can_resync=can_resync))

    def _room(self, one: RoomFinding, name: str, *, can_resync: bool) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        words = f"{room_name(one.room, name)}. {room_words(one)}"
        column.addWidget(WrapLabel(words, size="small"))
        if one.differs and can_resync:
            button = push_button(self.tr("Resync this room"))
            button.setAccessibleDescription(words)
            button.clicked.connect(lambda: self._on_resync(one.room, button))
            self.resyncs[one.room] = button
            line = FlowRow()
            line.addWidget(button)
            column.addLayout(line)
        return box

    def _on_resync(self, room: str, button: QPushButton) -> None:
        button.setEnabled(False)
        button.setText(self.tr("Copied in the background…"))
        self.resync_asked.emit(room)


class DoctorDialog(QDialog):
    """Shows what is found as it is found; Escape closes it, and ends the looking.

    Signals:
        again_asked: look at everything once more.
        copy_asked: the findings as text.
        save_asked: the findings and all around them, as a file for whoever helps.
        resync_asked: the room that is to be copied anew.
    """

    again_asked = Signal()
    copy_asked = Signal()
    save_asked = Signal()
    resync_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget, server: str) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Connection doctor"))
        self.title = WrapLabel(self.tr("Connection doctor"), size="heading", strong=True)
        self.summary = WrapLabel("", tone="muted")
        self.summary_prefix = server
        self.rows: dict[Step, StepRow] = {}
        self.area = ScrolledPage()
        self.area.scroll_by_key()
        self.area.column.setContentsMargins(24, 0, 24, 0)
        self.copy = push_button(self.tr("Copy as text"), theme=theme, icon="copy")
        self.again = push_button(self.tr("Look again"), theme=theme, icon="retry")
        self.save = push_button(self.tr("Save diagnostics…"), theme=theme, icon="download")
        self.save.setToolTip(self.tr("A file without secrets, names and rows, for whoever helps."))
        self.done_button = push_button(self.tr("Close"), "primary")
        self.done_button.setDefault(True)
        self._lay_out()
        self.begin()
        self.resize(size_within(parent, SIZE, LEAST))
        self.done_button.setFocus()

        self.copy.clicked.connect(self.copy_asked)
        self.save.clicked.connect(self.save_asked)
        self.again.clicked.connect(self.again_asked)
        self.done_button.clicked.connect(self.accept)

    def begin(self) -> None:
        """Show every step as one that is not looked at yet."""
        for old in self.rows.values():
            self.area.column.removeWidget(old)
            old.deleteLater()
        self.rows = {step: StepRow(self._theme, step) for step in Step}
        for place, row in enumerate(self.rows.values()):
            self.area.column.insertWidget(place, row)
            row.resync_asked.connect(self.resync_asked)
        self.summary.setText(
            self.tr("Looking at the way to %1…").replace("%1", self.summary_prefix)
        )
        self.copy.setText(self.tr("Copy as text"))
        self._set_done(is_done=False)

    def show_finding(
        self, finding: Finding, name_of: Callable[[str], str], *, can_resync: bool
    ) -> None:
        self.rows[finding.step].show_finding(finding, name_of, can_resync=can_resync)

    def end(self, words: str) -> None:
        """All steps were looked at; `words` sum them up."""
        self.say(words)
        self._set_done(is_done=True)

    def say(self, words: str) -> None:
        """Show this above all, and tell it who does not see it."""
        self.summary.setText(words)
        self.setAccessibleDescription(words)
        announce(self, words)

    def say_copied(self) -> None:
        """Note it on the button, until there is something else to copy."""
        self.copy.setText(self.tr("Copied"))
        announce(self, self.copy.text())

    def _set_done(self, *, is_done: bool) -> None:
        for button in (self.again, self.copy, self.save):
            button.setEnabled(is_done)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.summary)
        self.area.column.addStretch(1)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(24, 0, 24, 0)
        self.foot.setSpacing(8)
        for button in (self.copy, self.save, self.again):
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 20)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addLayout(self.foot)
