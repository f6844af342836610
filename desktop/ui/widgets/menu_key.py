"""Shift+F10, the other key for the menu of what one is on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def open_menu(widget: QWidget, event: QKeyEvent) -> bool:
    """Ask a widget for its menu, as the menu key does; false for any other key.

    Under X11 Qt makes nothing of Shift+F10. Where the system does, the key is taken here first.
    """
    is_shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    if event.key() != Qt.Key.Key_F10 or not is_shifted:
        return False
    at = widget.rect().center()
    by_key = QContextMenuEvent.Reason.Keyboard
    asked = QContextMenuEvent(by_key, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, asked)
    event.accept()
    return True
