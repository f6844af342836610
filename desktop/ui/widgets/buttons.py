"""Buttons in the window's kinds: primary, danger, quiet, plain, and icon only."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.ui.theme import Theme

ICON_PX = 16
ICON_TOKENS = {"primary": "on_accent", "danger": "on_danger", "quiet": "accent_text"}


def push_button(
    text: str,
    kind: str = "",
    *,
    theme: Theme | None = None,
    icon: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A button with words; `kind` is "primary", "danger", "quiet" or "" (plain)."""
    button = QPushButton(text, parent)
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
    button = QToolButton(parent)
    button.setProperty("kind", "icon")
    button.setIconSize(QSize(size, size))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.dress(button, icon)
    return button
