"""A short message at the foot of the window, with Undo while it stands."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import icon_button, push_button
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.stops import bring_keyboard

PLAIN_MS = 8_000
WITH_ACTION_MS = 12_000
FADE_MS = 120
MOST = 3
WIDTH = 480
FOOT = 20


class Toast(QFrame):
    """One message; its time stands still while the pointer or the focus is on it.

    With `stays` it has no time, and goes only when it is dismissed.

    Signals:
        gone: it was dismissed, acted on, or its time is over.
    """

    gone = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        action: str = "",
        *,
        life_ms: int = 0,
        stays: bool = False,
    ) -> None:
        super().__init__()
        self.stays = stays
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self.text = WrapLabel(text)
        self.action_button = push_button(action)
        self.close_button = icon_button(theme, "x", self.tr("Dismiss"), 16)
        theme.dress(self.close_button, "x", "on_tooltip")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.action_button)
        row.addWidget(self.close_button)
        self.action_button.setVisible(bool(action))
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.setInterval(life_ms or (WITH_ACTION_MS if action else PLAIN_MS))
        for button in (self.action_button, self.close_button):
            button.installEventFilter(self)

        self.clock.timeout.connect(self.gone)
        self.close_button.clicked.connect(self.gone)
        self.action_button.clicked.connect(self.gone)
        self._pause_or_run(is_inside=False)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._pause_or_run(is_inside=event.type() == QEvent.Type.Enter)
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._pause_or_run(is_inside=event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gone.emit()
        else:
            super().keyPressEvent(event)

    def _pause_or_run(self, *, is_inside: bool) -> None:
        if is_inside or self.stays:
            self.clock.stop()
        else:
            self.clock.start()


class ToastStack(QWidget):
    """The messages that stand at the foot of their parent, newest at the bottom, three at most."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._room = parent
        self.toasts: list[Toast] = []
        self._came_from: QWidget | None = None
        self.setAccessibleName(self.tr("Messages"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        parent.installEventFilter(self)
        self.hide()

    def show_message(
        self,
        text: str,
        action: str = "",
        then: Callable[[], object] | None = None,
        *,
        stays: bool = False,
    ) -> Toast:
        """Show `text`; `action` names the button that calls `then`.

        What `stays` makes room for nothing but what stays too.
        """
        toast = Toast(self._theme, text, action, stays=stays)
        if then:
            toast.action_button.clicked.connect(lambda: then())
        toast.gone.connect(lambda: self._remove(toast))
        while len(self.toasts) >= MOST:
            passing = (each for each in self.toasts if not each.stays)
            self._remove(next(passing, self.toasts[0]))
        self.toasts.append(toast)
        self._column.addWidget(toast)
        toast.show()  # at once: a layout leaves out what is still hidden
        self.place()
        self.show()
        self.raise_()
        self._fade_in(toast)
        announce(toast, text)
        return toast

    def dismiss_notices(self) -> None:
        """Take away what stays: it concerns nobody any more."""
        for toast in [each for each in self.toasts if each.stays]:
            self._remove(toast)

    def take_focus(self) -> None:
        """Give the keyboard to the newest message; once that goes, it goes back."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        if self.toasts:
            newest = self.toasts[-1]
            has_action = bool(newest.action_button.text())
            (newest.action_button if has_action else newest.close_button).setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._room:
            self.place()
        return super().eventFilter(watched, event)

    def _remove(self, toast: Toast) -> None:
        if toast not in self.toasts:
            return
        self.toasts.remove(toast)
        toast.clock.stop()
        focused = QApplication.focusWidget()
        if focused is not None and toast.isAncestorOf(focused):
            self._give_back()
        toast.hide()
        self._column.removeWidget(toast)
        toast.deleteLater()
        self.setVisible(bool(self.toasts))
        self.place()

    def _give_back(self) -> None:
        """Bring the keyboard to where it was, or, where that has gone, to the room's list."""
        before, self._came_from = self._came_from, None
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus()
        else:
            bring_keyboard(self._room)

    def place(self) -> None:
        """Stand at the foot of the room, and above the buttons of a page that has a foot."""
        room = self._room.rect()
        width = min(WIDTH, room.width() - 2 * FOOT)
        self.setFixedWidth(width)
        height = self._column.heightForWidth(width) if self._column.hasHeightForWidth() else 0
        height = max(height, self._column.sizeHint().height())
        left = (room.width() - width) // 2
        self.setGeometry(left, self._floor() - height - FOOT, width, height)

    def _floor(self) -> int:
        """Where the buttons of the open page begin, or the room ends."""
        feet = (each for each in self._room.findChildren(QFrame, "foot") if each.isVisible())
        tops = (foot.mapTo(self._room, QPoint(0, 0)).y() for foot in feet)
        return min(tops, default=self._room.height())

    def _fade_in(self, toast: Toast) -> None:
        if self._theme.reduces_motion:
            return
        effect = QGraphicsOpacityEffect(toast)
        toast.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", toast)
        fade.setDuration(FADE_MS)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        fade.finished.connect(lambda: toast.setGraphicsEffect(None))  # type: ignore[arg-type]
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)
