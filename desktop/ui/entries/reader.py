"""One entry in full: its text, what changed, what was said, and beneath it what one can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.ui.entries.difference_view import DifferenceView, Part
from desktop.ui.entries.looks import link_words
from desktop.ui.entries.thread import CommentThread
from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import icon_button, push_button
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.literal import caption, tip
from desktop.ui.widgets.markdown_text import MarkdownText
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.stops import go_on
from desktop.ui.widgets.why_not import allow

TEXT, CHANGES, EARLIER = "text", "changes", "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLook:
    """What the reader shows of an entry; `student` is "" for one's own, `session` for none.

    `earlier` are the earlier versions, the last first: words, title and body of each.
    """

    student: str
    title: str
    facts: str
    chip: ChipLook
    body: str
    tags: Sequence[str] = ()
    links: Sequence[str] = ()
    session: str = ""
    changes: Sequence[Part] = ()
    earlier: Sequence[tuple[str, str, str]] = ()


class EntryReader(QWidget):
    """Shows one entry, or why there is none; what one reads changes only when it is asked to.

    Signals:
        back_asked: to the list.
        step_asked: -1 for the previous entry, 1 for the next.
        new_asked: show what the entry says now.
        link_asked: the address of a link that was pressed.
        session_asked: the linked session.
        history_asked: who changed what in this entry.
    """

    back_asked = Signal()
    step_asked = Signal(int)
    new_asked = Signal()
    link_asked = Signal(str)
    session_asked = Signal()
    history_asked = Signal()

    def __init__(
        self, theme: Theme, thread: CommentThread, foot: QWidget, parent: QWidget | None = None
    ) -> None:
        """`foot` stands beneath the text and does not scroll with it."""
        super().__init__(parent)
        self._theme = theme
        self._look: EntryLook | None = None
        self.back = push_button(self.tr("Entries"), "quiet", theme=theme, icon="chevron-left")
        self.back.setAccessibleName(self.tr("Back to the list"))
        self.place = WrapLabel(tone="muted", size="small")
        self.history = push_button(self.tr("History"), "quiet", theme=theme, icon="activity")
        self.history.setToolTip(self.tr("Who changed what, and when"))
        self.previous = icon_button(theme, "chevron-up", self.tr("Previous entry (K)"))
        self.next = icon_button(theme, "chevron-down", self.tr("Next entry (J)"))
        self.banner = Banner(theme)
        self.avatar = Avatar(theme, "", 32)
        self.title = WrapLabel(size="title", strong=True)
        self.facts = WrapLabel(tone="muted", size="small")
        self.chip = StatusChip(theme, ChipLook("", "clock"))
        self.versions = FilterBar(
            self.tr("What to read"),
            [
                (TEXT, self.tr("Text")),
                (CHANGES, self.tr("What changed")),
                (EARLIER, self.tr("Earlier")),
            ],
        )
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Which earlier version"))
        self.text = MarkdownText(theme, self.tr("The entry"))
        self.changes = DifferenceView(theme)
        self.tags = FlowRow(spacing=4)
        self.links = FlowRow(spacing=4)
        self.comments = thread
        self.foot = foot
        self.body = ScrolledPage()
        self.body.scroll_by_key()
        self.body.setAccessibleName(self.tr("Entry"))
        self.empty = EmptyState(theme, "entries", "")
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._reading())
        self._layers.addWidget(self.empty)
        self.show_nothing("", "")

        self.back.clicked.connect(self.back_asked)
        self.history.clicked.connect(self.history_asked)
        self.previous.clicked.connect(lambda: self.step_asked.emit(-1))
        self.next.clicked.connect(lambda: self.step_asked.emit(1))
        self.banner.action_asked.connect(lambda _key: self.new_asked.emit())
        self.versions.chosen.connect(lambda _key: self._show_version())
        self.which.activated.connect(lambda _at: self._show_version())
        self.text.link_asked.connect(self.link_asked)

    @property
    def is_reading(self) -> bool:
        """Whether an entry is shown."""
        return self._layers.currentIndex() == 0

    def show_nothing(self, title: str, sentence: str) -> None:
        """Show no entry, and say why."""
        self._look = None
        self.empty.show_words(title, sentence)
        self._layers.setCurrentIndex(1)

    def show_entry(self, look: EntryLook, *, is_other: bool) -> None:
        """Show an entry; `is_other`: another one than before, which is read from its top."""
        before, self._look = self._look, look
        if is_other:
            self._leave_comments()
            self.banner.hide()
            self.versions.choose(CHANGES if look.earlier else TEXT)
            self.body.verticalScrollBar().setValue(0)
        if look == before and not is_other:
            return
        self.avatar.set_name(look.student)
        self.avatar.setVisible(bool(look.student))
        self.title.setText(look.title)
        self.facts.setText(look.facts)
        self.chip.show_look(look.chip)
        self.body.setAccessibleName(f"{look.title}, {look.facts}, {look.chip.text}")
        self._show_choices(look)
        self.changes.show_parts(look.changes)
        _refill(self.tags, [self._tag(tag) for tag in look.tags])
        links = self._link_buttons(look)
        _refill(self.links, links)
        go_on(self.text, self.changes, *links)
        self._show_version()
        self._layers.setCurrentIndex(0)

    def show_place(self, words: str, *, has_previous: bool, has_next: bool) -> None:
        """Say which of how many it is, and which ways there are."""
        self.place.setText(words)
        ways = (
            (self.previous, has_previous, self.tr("This is the first one in the list.")),
            (self.next, has_next, self.tr("This is the last one in the list.")),
        )
        for button, has_more, why_not in ways:
            if not has_more and button.hasFocus():
                self.body.setFocus()
            allow(button, has_more, why_not)

    def show_changed(self, sentence: str, action: str) -> None:
        """Say that the entry is another by now; what one reads stays."""
        self.banner.show_message("warning", sentence, [("new", action)] if action else [])

    def set_narrow(self, is_narrow: bool) -> None:
        """Alone in the window, with a way back, or beside the list."""
        self.back.setVisible(is_narrow)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # which no field beneath has taken
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _leave_comments(self) -> None:
        """The comments of another entry come: whoever is on one of these stays with the reading."""
        focused = QApplication.focusWidget()
        if focused is not None and self.comments.isAncestorOf(focused):
            self.body.setFocus()

    def _show_choices(self, look: EntryLook) -> None:
        self.versions.setVisible(bool(look.earlier))
        names = [words for words, _title, _body in look.earlier]
        if names != [self.which.itemText(at) for at in range(self.which.count())]:
            self.which.clear()
            self.which.addItems(names)

    def _show_version(self) -> None:
        if self._look is None:
            return
        shown = self.versions.current
        self.which.setVisible(shown == EARLIER)
        self.changes.setVisible(shown == CHANGES)
        self.text.setVisible(shown != CHANGES)
        title, body = self._look.title, self._look.body
        if shown == EARLIER and self._look.earlier:
            _words, title, body = self._look.earlier[max(0, self.which.currentIndex())]
        self.title.setText(title)
        self.text.show_markdown(body)

    def _tag(self, tag: str) -> QWidget:
        return StatusChip(self._theme, ChipLook(tag, "tag"))

    def _link_buttons(self, look: EntryLook) -> list[QWidget]:
        found: list[QWidget] = []
        if look.session:
            words = caption(look.session)
            session = push_button(words, "quiet", theme=self._theme, icon="calendar")
            session.setToolTip(self.tr("Open the session"))
            session.clicked.connect(self.session_asked)
            found.append(session)
        for url in look.links:
            words = caption(link_words(url))
            link = push_button(words, "quiet", theme=self._theme, icon="link")
            link.setToolTip(tip(url))
            link.clicked.connect(lambda _on=False, url=url: self.link_asked.emit(url))
            found.append(link)
        return found

    def _reading(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self.back)
        bar.addWidget(self.place, 1)
        bar.addWidget(self.history)
        bar.addWidget(self.previous)
        bar.addWidget(self.next)
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(self.title)
        names.addWidget(self.facts)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        choices = FlowRow()
        choices.addWidget(self.versions)
        choices.addWidget(self.which)
        inside = self.body.column
        inside.setContentsMargins(8, 8, 12, 12)
        inside.setSpacing(12)
        inside.addLayout(head)
        inside.addLayout(self.tags)
        inside.addLayout(choices)
        inside.addWidget(self.text)
        inside.addWidget(self.changes)
        inside.addLayout(self.links)
        inside.addWidget(self.comments)
        inside.addStretch(1)
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(bar)
        column.addWidget(self.banner)
        column.addWidget(self.body, 1)
        column.addWidget(self.foot)
        return reading


def _refill(row: FlowRow, widgets: Sequence[QWidget]) -> None:
    """Put these widgets in the place of those that are there."""
    while (item := row.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for widget in widgets:
        row.addWidget(widget)
