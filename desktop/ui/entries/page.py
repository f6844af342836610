"""A student's entries: the list, beside it the one that is read, or the form to write in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.store.reviews import ReviewItem
from desktop.ui.entries.panes import ReadingPanes
from desktop.ui.entries.reader import EntryReader
from desktop.ui.entries.writer import EntryWriter
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.person_picker import Choice, PersonPicker

TAG_PX = 140


class EntriesPage(QWidget):
    """Shows and says what the person asked for; it decides nothing. `panes` are list and reader.

    Signals:
        filter_changed: another status or tag is wanted.
        new_asked: write a new one.
    """

    filter_changed = Signal()
    new_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[ReviewItem],
        reader: EntryReader,
        writer: EntryWriter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.writer = writer
        self.new_action = QAction(self.tr("New entry"), self)
        theme.dress(self.new_action, "plus", "on_accent")
        self._new_tip = self.new_action.toolTip()
        self.status = FilterBar(
            self.tr("Status"),
            [
                ("", self.tr("All")),
                ("draft", self.tr("Drafts")),
                ("pending", self.tr("Waiting")),
                ("needs_work", self.tr("Needs work")),
                ("reviewed", self.tr("Reviewed")),
                ("approved", self.tr("Approved")),
            ],
        )
        self.tags = PersonPicker(self.tr("Tag"))
        self.tags.setAccessibleName(self.tr("Tag"))
        self.tags.setFixedWidth(TAG_PX)
        self._tags: list[str] = []
        filters = QWidget()
        row = FlowRow(filters, spacing=12)
        row.addWidget(self.status)
        row.addWidget(self.tags)
        self.panes = ReadingPanes(theme, model, reader, filters)
        self.list, self.empty = self.panes.list, self.panes.empty
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.panes)
        self._layers.addWidget(writer)

        self.new_action.triggered.connect(lambda: self.new_asked.emit())
        self.empty.action_asked.connect(self.new_asked)
        self.status.chosen.connect(lambda _key: self.filter_changed.emit())
        self.tags.picked.connect(lambda _tag: self.filter_changed.emit())
        for keys, by in (("J", 1), ("K", -1)):
            shortcut = QShortcut(QKeySequence(keys), self.panes)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.panes.step_asked.emit(by))

    def shortcuts(self) -> list[tuple[str, str]]:
        """The page's own shortcuts, in words."""
        return [
            ("J", self.tr("Next entry")),
            ("K", self.tr("Previous entry")),
            ("Ctrl+Return", self.tr("Submit what is written, or send the comment")),
            ("Ctrl+S", self.tr("Save what is written")),
            ("Escape", self.tr("Leave what is written, which is kept; from an entry to the list")),
        ]

    @property
    def is_writing(self) -> bool:
        return self._layers.currentWidget() is self.writer

    def show_writer(self) -> None:
        """Bring the form into view, instead of everything else."""
        self.new_action.setEnabled(False)
        self.new_action.setToolTip(self.tr("You are writing an entry already."))
        self._layers.setCurrentWidget(self.writer)

    def end_writing(self) -> None:
        """Bring list and reader back."""
        self.new_action.setEnabled(True)
        self.new_action.setToolTip(self._new_tip)
        self._layers.setCurrentWidget(self.panes)

    def show_tags(self, tags: Sequence[str]) -> None:
        """Offer these as filters; a name half typed stays while they do."""
        if list(tags) != self._tags:
            self._tags = list(tags)
            all_tags = [Choice("", self.tr("All")), *(Choice(tag, tag) for tag in tags)]
            self.tags.show_choices(all_tags)
        self.tags.setVisible(bool(tags))

    @property
    def is_filtered(self) -> bool:
        return bool(self.status.current or self.tags.current_id())

    def show_rows(self, rows: Sequence[ReviewItem], open_id: str) -> None:
        """Show these rows, or why there are none."""
        if not rows:
            self._show_empty()
        has_none = not rows and not self.is_filtered
        self.panes.show_rows(rows, open_id, hides_reader=has_none)

    def _show_empty(self) -> None:
        if self.tags.current_id():
            self.empty.show_words(
                self.tr("No entry fits"), self.tr("Choose another status or tag.")
            )
            return
        if self.status.current:
            self.empty.show_words(
                self.tr("No entries here"), self.tr("None of your entries is in this state.")
            )
            return
        self.empty.show_words(
            self.tr("Write your first entry"),
            self.tr("What you did and learned stands here; a mentor reads it and answers."),
            self.tr("New entry"),
        )
