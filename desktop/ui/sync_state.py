"""How sync stands, in a shape and words, and what one can do about it."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import PushButton, push_button
from desktop.ui.widgets.labels import IconLabel, WrapLabel, restyle

POPUP_WIDTH = 300


class SyncState(StrEnum):
    """The states that have a shape of their own."""

    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    PAUSED = "paused"
    ATTENTION = "attention"
    SIGNED_OUT = "signed_out"


ICONS = {
    SyncState.SYNCED: ("cloud-ok", "completed"),
    SyncState.SYNCING: ("sync", "scheduled"),
    SyncState.OFFLINE: ("offline", "text_muted"),
    SyncState.PAUSED: ("pause", "text_muted"),
    SyncState.ATTENTION: ("warning", "pending"),
    SyncState.SIGNED_OUT: ("key", "pending"),
}
NEEDS_PERSON = (SyncState.ATTENTION, SyncState.SIGNED_OUT)


@dataclass(frozen=True, slots=True)
class SyncLook:
    """What the foot of the sidebar says, and the sentences behind it."""

    state: SyncState
    text: str
    details: tuple[str, ...] = ()

    @property
    def is_paused(self) -> bool:
        return self.state is SyncState.PAUSED


class SyncPopup(QFrame):
    """The details of sync, with *Sync now*, *Pause* and, where needed, *Sign in again*.

    Signals:
        sync_now_asked: try at once.
        pause_asked: whether sync is to stand still.
        sign_in_asked: the person wants to sign in again.
        doctor_asked: the person wants to know what is wrong.
    """

    sync_now_asked = Signal()
    pause_asked = Signal(bool)
    sign_in_asked = Signal()
    doctor_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setFixedWidth(POPUP_WIDTH)
        self._is_paused = False
        self.title = WrapLabel("", strong=True)
        self.details = WrapLabel("", tone="muted", size="small")
        self.sync_button = push_button(self.tr("Sync now"), "primary")
        self.pause_button = push_button(self.tr("Pause"))
        self.sign_in_button = push_button(self.tr("Sign in again"), "primary")
        self.doctor_button = push_button(self.tr("Connection doctor…"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.sign_in_button, self.sync_button, self.pause_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.details)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addWidget(self.doctor_button, 0, Qt.AlignmentFlag.AlignLeft)

        self.sync_button.clicked.connect(self._on_sync)
        self.pause_button.clicked.connect(self._on_pause)
        self.sign_in_button.clicked.connect(self._on_sign_in)
        self.doctor_button.clicked.connect(self._on_doctor)

    def show_look(self, look: SyncLook) -> None:
        self._is_paused = look.is_paused
        self.title.setText(look.text)
        self.details.setText("\n".join(look.details))
        self.details.setVisible(bool(look.details))
        is_signed_out = look.state is SyncState.SIGNED_OUT
        self.sign_in_button.setVisible(is_signed_out)
        # Signed out, it looks again whether the keyring is open now.
        self.sync_button.setProperty("kind", "" if is_signed_out else "primary")
        restyle(self.sync_button)
        self.sync_button.setVisible(not look.is_paused)
        self.pause_button.setVisible(not is_signed_out)
        self.pause_button.setText(self.tr("Resume") if look.is_paused else self.tr("Pause"))
        self.setAccessibleName(look.text)
        if self.isVisible():
            self._fit()

    def open_above(self, button: QPushButton) -> None:
        """Open beside `button`, inside the screen, with the keyboard on its first button."""
        self._fit()
        corner = button.mapToGlobal(QPoint(0, 0))
        screen = button.screen().availableGeometry()
        left = min(corner.x(), screen.right() - self.width())
        self.move(max(screen.left(), left), max(screen.top(), corner.y() - self.height() - 8))
        self.show()
        for first in (self.sign_in_button, self.sync_button, self.pause_button):
            if first.isVisible():
                first.setFocus()
                break

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(POPUP_WIDTH, layout.totalHeightForWidth(POPUP_WIDTH))

    def _on_sync(self) -> None:
        self.hide()
        self.sync_now_asked.emit()

    def _on_pause(self) -> None:
        self.hide()
        self.pause_asked.emit(not self._is_paused)

    def _on_sign_in(self) -> None:
        self.hide()
        self.sign_in_asked.emit()

    def _on_doctor(self) -> None:
        self.hide()
        self.doctor_asked.emit()


class SyncButton(PushButton):
    """The state of sync at the foot of the sidebar; opens the details."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("syncButton")
        self.setAutoDefault(False)
        self._is_narrow = False
        self.look = SyncLook(SyncState.OFFLINE, self.tr("Offline"))
        self.popup = SyncPopup(self)
        self.icon_label = IconLabel(theme, *ICONS[self.look.state], 20)
        self.words = WrapLabel("", tone="muted", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self.icon_label)
        row.addWidget(self.words, 1)
        for child in (self.icon_label, self.words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_look(self.look)

        self.clicked.connect(lambda: self.popup.open_above(self))

    def show_look(self, look: SyncLook) -> None:
        self.look = look
        self.icon_label.show_icon(*ICONS[look.state])
        self.words.set_tone("warning" if look.state in NEEDS_PERSON else "muted")
        self.words.setText(look.text)
        self.setAccessibleName(self.tr("Sync: %1").replace("%1", look.text))
        self.setToolTip(look.text if self._is_narrow else "")
        self.popup.show_look(look)
        self.updateGeometry()

    def set_narrow(self, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        self.words.setVisible(not is_narrow)
        self.setToolTip(self.look.text if is_narrow else "")

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        # The style's frame takes its part of the width and the height.
        return max(40, (layout.heightForWidth(width - 20) if layout else 0) + 4)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))
