"""The bar above the page: its name, its one thing to do, and the bell."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.badge import MOST, Badge
from desktop.ui.widgets.buttons import icon_button, push_button

HEIGHT = 56


class Topbar(QFrame):
    """Shows which page is open.

    Signals:
        inbox_asked: the bell was pressed; what is unread is to be shown beneath it.
    """

    inbox_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT)
        self._theme = theme
        self._action: QAction | None = None
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("textSize", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.primary_button = push_button("", "primary")
        self.primary_button.setIconSize(QSize(16, 16))
        self.primary_button.hide()
        self.bell = icon_button(theme, "bell", self.tr("Inbox"), 20)
        self.bell.setFixedSize(36, 36)
        self.badge = Badge(theme, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(self.title, 1)
        row.addWidget(self.primary_button)
        row.addWidget(self.bell)

        self.bell.clicked.connect(self.inbox_asked)
        self.primary_button.clicked.connect(self._on_primary)

    def show_page(self, title: str, action: QAction | None) -> None:
        """Show the name of a page and the one thing to do there."""
        if self._action is not None:
            self._action.changed.disconnect(self._mirror)
        self.title.setText(title)
        self._action = action
        if action is not None:
            action.changed.connect(self._mirror)
        self._mirror()

    def set_unread(self, count: int) -> None:
        """Show how many notifications are unread."""
        self.badge.set_count(count)
        name = self.tr("Inbox, %n unread", "", count) if count else self.tr("Inbox")
        if count > MOST:
            name = self.tr("Inbox, more than 99 unread")
        self.bell.setAccessibleName(name)
        self.bell.setToolTip(name)
        self._place_badge()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_badge()

    def _place_badge(self) -> None:
        corner = self.bell.geometry()
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width = self.badge.width()
        left = corner.left() - 4 if is_mirrored else corner.right() - width + 5
        self.badge.move(left, corner.top() - 2)
        self.badge.raise_()

    def _mirror(self) -> None:
        action = self._action
        self.primary_button.setVisible(action is not None and action.isVisible())
        if action is None:
            return
        self.primary_button.setText(action.text())
        self.primary_button.setEnabled(action.isEnabled())
        self.primary_button.setToolTip(action.toolTip())

    def _on_primary(self) -> None:
        if self._action is not None:
            self._action.trigger()
