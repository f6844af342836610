"""Where a person is signed in, with a way to sign out there; the password and the e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import line
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.stops import lead_to


@dataclass(frozen=True, slots=True)
class DeviceLook:
    """One device as it is shown; `seen` says when it was used last."""

    id: str
    name: str
    seen: str
    is_this: bool


class DevicesSection(Section):
    """Shows devices and says what the person wants; it asks nobody.

    Signals:
        again_asked: read the list anew.
        end_asked: the id of a device that is to be signed out.
        end_others_asked: sign out all devices but this one.
        password_asked: set another password.
        email_asked: sign in with another e-mail address.
    """

    again_asked = Signal()
    end_asked = Signal(str)
    end_others_asked = Signal()
    password_asked = Signal()
    email_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("Devices and password"), _tr("Where you are signed in to this account."), parent
        )
        self._theme = theme
        self._shown: list[DeviceLook] | None = None
        self.state = WrapLabel(tone="muted")
        self.rows: dict[str, QWidget] = {}
        self.ends: dict[str, QPushButton] = {}
        self.again = push_button(_tr("Try again"), theme=theme, icon="retry")
        self.end_others = push_button(_tr("Sign out everywhere else"), theme=theme, icon="sign-out")
        self.password = push_button(_tr("Change password…"), theme=theme, icon="key")
        self.email = push_button(_tr("Change e-mail…"), theme=theme, icon="edit")
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        buttons = FlowRow()
        for button in (self.again, self.end_others, self.password, self.email):
            buttons.addWidget(button)
        self.body.addWidget(self.state)
        self.body.addLayout(self._list)
        self.body.addWidget(line())
        self.body.addLayout(buttons)
        self.again.clicked.connect(self.again_asked)
        self.end_others.clicked.connect(self.end_others_asked)
        self.password.clicked.connect(self.password_asked)
        self.email.clicked.connect(self.email_asked)
        self.show_state(_tr("The list has not been read yet."))

    def show_devices(self, devices: Sequence[DeviceLook]) -> None:
        """Show these, and that the list is of now."""
        self.show_state("")
        if list(devices) != self._shown:
            self._shown = list(devices)
            self._show_rows()
        self.end_others.setVisible(len(devices) > 1)

    def show_state(self, words: str, *, can_retry: bool = False) -> None:
        """Say in place of a list that is not up to date why it is not."""
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.again.setVisible(can_retry)
        if words and self._shown is None:
            self.end_others.hide()

    def set_busy(self, is_busy: bool) -> None:
        """Take no other wish while the relay is asked."""
        for button in (*self.ends.values(), self.end_others, self.again):
            button.setEnabled(not is_busy)

    def _show_rows(self) -> None:
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self.ends = {}, {}
        for device in self._shown or ():
            row = self._row(device)
            self.rows[device.id] = row
            self._list.addWidget(row)
        lead_to(self.end_others, *self.rows.values())

    def _row(self, device: DeviceLook) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(WrapLabel(device.name, strong=True))
        words.addWidget(WrapLabel(device.seen, tone="muted", size="small"))
        layout.addLayout(words, 1)
        if device.is_this:
            look = ChipLook(_tr("This device"), "check-circle", "completed")
            layout.addWidget(StatusChip(self._theme, look), 0, Qt.AlignmentFlag.AlignVCenter)
            return row
        end = push_button(_tr("Sign out there"))
        end.setAccessibleName(_tr("Sign out there: %1").replace("%1", device.name))
        end.clicked.connect(lambda: self.end_asked.emit(device.id))
        self.ends[device.id] = end
        layout.addWidget(end, 0, Qt.AlignmentFlag.AlignVCenter)
        return row


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
