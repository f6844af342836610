"""Buttons in the window's kinds: primary, danger, quiet, plain, and icon only."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme

ICON_PX = 16
ICON_TOKENS = {"primary": "on_accent", "danger": "on_danger", "quiet": "accent_text"}


class PushButton(QPushButton):
    """A button that Enter presses while it has the focus, as Space does.

    Qt gives Enter to a dialog's default button instead, whichever button has the focus.
    """

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _press(self, event):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """A tool button that Enter presses while it has the focus, as Space does."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _press(self, event):
            super().keyPressEvent(event)


def push_button(
    text: str,
    kind: str = "",
    *,
    theme: Theme | None = None,
    icon: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A button with words; `kind` is "primary", "danger", "quiet" or "" (plain)."""
    button = PushButton(text, parent)
    button.setProperty("kind", kind)
    button.setAutoDefault(False)
    if theme and icon:
        button.setIconSize(QSize(ICON_PX, ICON_PX))
        theme.dress(button, icon, ICON_TOKENS.get(kind, "text_muted"))
    return button


def icon_button(
    theme: Theme, icon: str, name: str, size: int = 20, parent: QWidget | None = None
) -> QToolButton:
    """A button with an icon only; `name` is its tooltip and what a screen reader says."""
    button = ToolButton(parent)
    button.setProperty("kind", "icon")
    button.setIconSize(QSize(size, size))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.dress(button, icon)
    return button


def give_tab_to(chosen: QAbstractButton, others: Iterable[QAbstractButton]) -> None:
    """Let Tab come to one of several only; the arrow keys go from it to the others.

    Qt does so for the one that had the focus last, which the program may since have left.
    """
    for other in others:
        if other is not chosen:
            other.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    chosen.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _press(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Click the button when the key is Enter; whether it was."""
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not event.isAutoRepeat() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        button.click()
        return True
    return event.isAutoRepeat()
