"""A part of a page that scrolls as a whole: a heading, and rows as high as they need."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import SectionHeading, WrapLabel
from desktop.ui.widgets.row_list import RowList


class FittedList(RowList):
    """A list that shows all its rows and leaves the scrolling to the page around it."""

    def __init__(
        self, theme: Theme, model: RecordListModel[Any], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, name, parent, opens_on_click=True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for changed in (
            model.rowsInserted,
            model.rowsRemoved,
            model.layoutChanged,
            model.dataChanged,
        ):
            changed.connect(self.fit)

    def fit(self) -> None:
        """Become as high as the rows are at this width."""
        height = sum(self.sizeHintForRow(row) for row in range(self.model().rowCount()))
        if height != self.height():
            self.setFixedHeight(max(1, height))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QListView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None and self.hasFocus():
            rect = self.visualRect(index)
            for corner in (rect.bottomLeft(), rect.topLeft()):
                point = self.viewport().mapTo(inside, corner)
                area.ensureVisible(point.x(), point.y(), 0, 16)


class RowSection(QWidget):
    """A heading with perhaps a link, and rows or the sentence that stands where there are none.

    Signals:
        opened: the id of the row that the person wants to see.
        action_asked: the key of a row's button, and the row's id.
        link_pressed: the link beside the heading.
    """

    opened = Signal(str)
    action_asked = Signal(str, str)
    link_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        model: RecordListModel[Any],
        *,
        link: str = "",
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show `model`; without an `empty` sentence the whole part hides when it has no rows."""
        super().__init__(parent)
        self.model = model
        self._hides = not empty
        self.heading = SectionHeading(title)
        self.link = push_button(link, "quiet")
        # Headings side by side stand on one line, with a link or without.
        policy = self.link.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.link.setSizePolicy(policy)
        self.show_link(link)
        self.list = FittedList(theme, model, title)
        self.empty = WrapLabel(empty, tone="muted")
        self.empty.setContentsMargins(12, 12, 12, 12)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.link)
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        card.body.setSpacing(0)
        card.body.addWidget(self.list)
        card.body.addWidget(self.empty)
        card.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(card)
        column.addStretch(1)

        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(self.action_asked)
        self.link.clicked.connect(self.link_pressed)

    def show_rows(self, rows: Sequence[Any | Heading]) -> None:
        """Show these rows, or what stands where there are none."""
        self.model.show(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.setVisible(bool(rows) or not self._hides)

    def show_link(self, words: str) -> None:
        """Offer a link beside the heading, or with "" none."""
        self.link.setText(words)
        self.link.setVisible(bool(words))

    def take_focus(self) -> None:
        """Give the keyboard to the first row."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
