"""The history of an item, or of all that is one's own: who changed what, when, before and after."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.entries.difference_view import DifferenceView
from desktop.ui.history.changes import FieldChange, before_and_after
from desktop.ui.history.looks import Look
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import line
from desktop.ui.widgets.dialog_size import size_within
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.stops import lead_to

LARGEST = QSize(640, 640)
SMALLEST = QSize(400, 280)
AGAIN = "again"


class Entry(QWidget):
    """One thing that happened."""

    def __init__(self, theme: Theme, look: Look) -> None:
        super().__init__()
        self.look = look
        self.said = WrapLabel(look.said, strong=True)
        self.when = WrapLabel(look.when, tone="muted", size="small")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.said)
        words.addWidget(self.when)
        self.facts = [before_and_after(change) for change in look.changes]
        if look.changes:
            words.addLayout(self._grid(look.changes))
        if look.texts:
            self.texts = DifferenceView(theme)
            self.texts.show_parts(look.texts)
            words.addWidget(self.texts)
        if look.note:
            words.addWidget(WrapLabel(look.note, tone="muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Avatar(theme, look.who, 28), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _grid(self, changes: Sequence[FieldChange]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 88)
        grid.setColumnStretch(1, 1)
        for at, (change, words) in enumerate(zip(changes, self.facts, strict=True)):
            label = WrapLabel(change.label, tone="muted")
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            fact = WrapLabel(words)
            fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            fact.setAccessibleName(_told(change))
            grid.addWidget(fact, at, 1)
        return grid


class HistoryDialog(QDialog):
    """Shows what it is given, the newest first; asks for more, or once more after a failure.

    Signals:
        more_asked: what happened before that.
        again_asked: the relay may answer by now.
    """

    more_asked = Signal()
    again_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget, title: str, sentence: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._theme = theme
        self.entries: list[Entry] = []
        self.filter: FilterBar | None = None
        self.banner = Banner(theme)
        self.state = WrapLabel(tone="muted")
        self.area = ScrolledPage()
        self.area.scroll_by_key()
        self.area.setAccessibleName(title)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(12)
        self.more = push_button(_tr("Show what was before"), theme=theme, icon="chevron-down")
        self.close_button = push_button(_tr("Close"))
        self._lay_out(title, sentence)
        self.more.hide()
        self.more.clicked.connect(self._on_more)
        self.banner.action_asked.connect(lambda _key: self.again_asked.emit())
        self.close_button.clicked.connect(self.reject)
        self._most = size_within(parent, LARGEST, SMALLEST)
        self.resize(self._most.width(), SMALLEST.height())
        self.close_button.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Become as high as what stands here needs, which is known once it has its font."""
        self._grow()
        super().showEvent(event)

    def add_filter(self, shown: FilterBar) -> None:
        """Let the person choose what stands here."""
        self.filter = shown
        self.area.column.insertWidget(0, shown, 0, Qt.AlignmentFlag.AlignLeft)

    def show_state(self, words: str) -> None:
        """Say why nothing stands here, or what stands here."""
        self.state.setText(words)
        self.state.setVisible(bool(words))
        if words:
            announce(self, words)

    def show_trouble(self, sentence: str) -> None:
        """Say that the relay was not reached, and offer to try it again; what is shown stays."""
        self.banner.show_message("warning", sentence, [(AGAIN, _tr("Try again"))])
        self.more.setEnabled(True)
        self._grow()

    def show_looks(self, looks: Sequence[Look], *, has_more: bool) -> None:
        """Show these instead of what stands here."""
        while (item := self.rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.entries = []
        self.add_looks(looks, has_more=has_more)

    def add_looks(self, looks: Sequence[Look], *, has_more: bool) -> None:
        """Show these below what stands here."""
        self.banner.hide()
        for look in looks:
            if self.entries:
                self.rows.addWidget(line())
            self.entries.append(Entry(self._theme, look))
            self.rows.addWidget(self.entries[-1])
            self.entries[-1].show()  # at once, so that it counts when the height is asked for
        if not has_more and self.more.hasFocus():
            self.area.setFocus()
        self.more.setEnabled(True)
        self.more.setVisible(has_more)
        before = [self.filter] if self.filter else []
        lead_to(self.close_button, self.area, *before, *self.entries, self.more)
        self._grow()

    def _on_more(self) -> None:
        self.more.setEnabled(False)
        self.area.setFocus()
        self.more_asked.emit()

    def _lay_out(self, title: str, sentence: str) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(4)
        head.addWidget(WrapLabel(title, size="heading", strong=True))
        head.addWidget(WrapLabel(sentence, tone="muted"))
        said = QVBoxLayout()
        said.setContentsMargins(24, 0, 24, 0)
        said.addWidget(self.banner)
        inside = self.area.column
        inside.setContentsMargins(24, 4, 24, 4)
        inside.addWidget(self.state)
        inside.addLayout(self.rows)
        inside.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(said)  # not within what scrolls: it is news wherever one reads
        column.addWidget(self.area, 1)
        column.addLayout(foot)

    def _grow(self) -> None:
        """Become as high as what stands here, where it is not; the middle stays where it is."""
        needed = self.area.height_in(self, self._most.width())
        height = max(self.height(), min(needed, self._most.height()))
        if height != self.height():
            up = (height - self.height()) // 2 if self.isVisible() else 0
            self.move(self.x(), self.y() - up)
            self.resize(self._most.width(), height)


def _told(change: FieldChange) -> str:
    """The same as a screen reader says it."""
    if not change.before:
        return change.after
    words = _tr("before: %1; after: %2").replace("%2", change.after or _tr("nothing"))
    return words.replace("%1", change.before)


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
