"""The panel of the bell: the newest that is unread, and the way to the whole inbox."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.store.activity import MOST_COUNTED, Notification
from desktop.ui.inbox.notification_list import NotificationList
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.labels import SectionHeading, WrapLabel
from desktop.ui.widgets.toast import Toast
from desktop.ui.widgets.why_not import allow

WIDTH = 440
TALLEST_LIST = 340
GAP = 6


class InboxPanel(QFrame):
    """Hangs beneath the bell until one clicks elsewhere or presses Escape.

    A click on a message that stands beside it presses the button that was meant.

    `foot` holds what can be done besides: *Open inbox*, with room for more.

    Signals:
        inbox_asked: the person wants to see the whole inbox.
        undo_asked: take back what was done last.
    """

    inbox_asked = Signal()
    undo_asked = Signal()

    def __init__(
        self, theme: Theme, model: RecordListModel[Notification], bell: QAbstractButton
    ) -> None:
        super().__init__(bell, Qt.WindowType.Popup)
        # Else the click on the bell that closes it would open it again.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self.setObjectName("popup")
        self.setFixedWidth(WIDTH)
        self._bell = bell
        self.model = model
        self.heading = SectionHeading(self.tr("Inbox"))
        self.mark_all = push_button(self.tr("Mark all read"), "quiet", theme=theme, icon="check")
        self.list = NotificationList(theme, model, self.tr("Unread notifications"))
        self.empty = WrapLabel(self.tr("You have read everything."), tone="muted")
        self.open_inbox = push_button(self.tr("Open inbox"), theme=theme, icon="inbox")
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 4, 0)
        top.addWidget(self.heading, 1)
        top.addWidget(self.mark_all)
        self.empty.setContentsMargins(12, 8, 12, 12)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(8, 0, 8, 0)
        self.foot.addWidget(self.open_inbox)
        self.foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.list)
        column.addWidget(self.empty)
        column.addLayout(self.foot)

        self.mark_all.clicked.connect(self.list.mark_all_asked)
        self.open_inbox.clicked.connect(self._on_open_inbox)
        # The window's own key does not come through to it while this hangs over it.
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.undo_asked)

    def show_rows(self, rows: Sequence[Notification], unread: int) -> None:
        """Show these, of so many that are unread."""
        had_focus = self.list.hasFocus()
        self.model.show(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        allow(self.mark_all, bool(rows), self.tr("Nothing is unread."))
        words = self.tr("Inbox")
        if unread >= MOST_COUNTED:
            words = self.tr("Inbox, more than 99 unread")
        elif unread:
            words = self.tr("Inbox, %n unread", "", unread)
        self.setAccessibleName(words)
        self.heading.setText(words)
        self._fit()
        if had_focus and not rows:
            self.open_inbox.setFocus()

    def open(self) -> None:
        """Open beneath the bell, with the keyboard on the first row."""
        self._fit()
        self._place()
        self.show()
        self._fit()  # the rows' heights are known now
        self._place()
        (self.list if self.model.rowCount() else self.open_inbox).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_back()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        meant = self._of_message(event.globalPosition().toPoint())
        super().mousePressEvent(event)  # which closes it when the click was elsewhere
        if meant is not None and event.button() == Qt.MouseButton.LeftButton:
            meant.click()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.clearSelection()
        self.list.setCurrentIndex(self.model.index(-1))

    def give_back(self) -> None:
        """Close it and give the keyboard back to what had it: the bell, if that was pressed."""
        self.hide()
        window = self._bell.window()
        window.activateWindow()
        before: QWidget | None = window.focusWidget()
        (before or self._bell).setFocus(Qt.FocusReason.PopupFocusReason)

    def _of_message(self, at: QPoint) -> QAbstractButton | None:
        """The button of a message at the foot of the window, such as *Undo*, at this place."""
        if self.rect().contains(self.mapFromGlobal(at)):
            return None
        window = self._bell.window()
        under = window.childAt(window.mapFromGlobal(at))
        if isinstance(under, QAbstractButton) and isinstance(under.parentWidget(), Toast):
            return under
        return None

    def _fit(self) -> None:
        rows = range(self.model.rowCount())
        height = sum(self.list.sizeHintForRow(row) for row in rows) + 4
        self.list.setFixedHeight(min(TALLEST_LIST, max(1, height)))
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))

    def _place(self) -> None:
        """Its outer edge stands under that of the bell, within the screen."""
        is_mirrored = self._bell.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0 if is_mirrored else self._bell.width() - self.width()
        corner = self._bell.mapToGlobal(QPoint(left, self._bell.height() + GAP))
        screen = self._bell.screen().availableGeometry()
        rightmost = max(screen.left(), screen.right() + 1 - self.width())
        lowest = max(screen.top(), screen.bottom() + 1 - self.height())
        self.move(min(max(screen.left(), corner.x()), rightmost), min(corner.y(), lowest))

    def _on_open_inbox(self) -> None:
        self.hide()
        self.inbox_asked.emit()
