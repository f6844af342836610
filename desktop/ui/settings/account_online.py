"""Joins devices, password and e-mail to the relay, which has to be reached for them."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from typing_extensions import override

from desktop.account.api import ApiRefused, Unreachable
from desktop.account.own_account import Device
from desktop.sync.relay_link import Offline, SignedOut
from desktop.sync.states import Phase, SyncState
from desktop.tasks import spawn
from desktop.ui.settings.devices import DeviceLook, DevicesSection
from desktop.ui.settings.email_dialog import NEW_EMAIL, EmailDialog
from desktop.ui.settings.password_dialog import CURRENT, PasswordDialog
from desktop.ui.theme import Theme
from desktop.ui.times import moment_words
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.widgets.form_dialog import FormDialog
from desktop.ui.workspace import Workspace

TROUBLE = (ApiRefused, Unreachable, Offline, SignedOut)


class AccountOnline(QObject):
    """Reads the devices whenever `page` is shown, or the relay is reached while it is."""

    def __init__(
        self, workspace: Workspace, theme: Theme, section: DevicesSection, page: QWidget
    ) -> None:
        super().__init__(page)
        self._workspace = workspace
        self._theme = theme
        self._page = page
        self._devices: list[Device] = []
        self._phase = Phase.OFFLINE
        self._is_asking = False
        self.section = section
        page.installEventFilter(self)
        workspace.news.sync.connect(self._on_sync)
        workspace.news.zone.connect(self._show)
        section.again_asked.connect(self.read)
        section.end_asked.connect(self._on_end)
        section.end_others_asked.connect(self._on_end_others)
        section.password_asked.connect(self._on_password)
        section.email_asked.connect(self._on_email)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self.read()
        return super().eventFilter(watched, event)

    def read(self) -> None:
        """Ask for the devices anew."""
        self._ask(self._read, "devices")

    def _on_sync(self, state: SyncState) -> None:
        was_live, self._phase = self._phase is Phase.LIVE, state.phase
        if state.phase is Phase.LIVE and not was_live and self._page.isVisible():
            self.read()

    def _ask(self, work: Callable[[], Awaitable[None]], name: str) -> None:
        if not self._is_asking:
            self._is_asking = True
            spawn(self._asked(work), name=name)

    async def _asked(self, work: Callable[[], Awaitable[None]]) -> None:
        self.section.set_busy(True)
        try:
            await work()
        except TROUBLE as error:
            words = _tr("The list cannot be read now. %1").replace("%1", str(error))
            if self._is_here:
                self.section.show_state(words, can_retry=True)
        finally:
            self._is_asking = False
            if self._is_here:
                self.section.set_busy(False)

    async def _read(self) -> None:
        if not self._devices:
            self.section.show_state(_tr("Reading the list…"))
        self._devices = await self._workspace.online.devices()
        self._show()

    @property
    def _is_here(self) -> bool:
        """Whether the page is still there: the relay may answer after somebody has signed out."""
        return isValid(self.section)

    def _show(self) -> None:
        if self._devices and self._is_here:
            self.section.show_devices([self._look(device) for device in self._devices])

    def _look(self, device: Device) -> DeviceLook:
        workspace = self._workspace
        seen = moment_words(workspace.local(device.last_seen_at), workspace)
        since = moment_words(workspace.local(device.created_at), workspace)
        words = _tr("Last seen: %1. Signed in: %2.").replace("%1", seen).replace("%2", since)
        return DeviceLook(device.id, device.name, words, device.current)

    def _on_end(self, device_id: str) -> None:
        device = next((one for one in self._devices if one.id == device_id), None)
        if device is None:
            return
        ask(
            self._page.window(),
            _tr("Sign out there?"),
            _tr("“%1” has to sign in again. What was not sent there is kept there.").replace(
                "%1", device.name
            ),
            _tr("Sign out there"),
            lambda: self._end([device]),
        )

    def _on_end_others(self) -> None:
        others = [device for device in self._devices if not device.current]
        ask(
            self._page.window(),
            _tr("Sign out everywhere else?"),
            QCoreApplication.translate(
                "Settings",
                "%n other devices have to sign in again. What was not sent there is kept there.",
                "",
                len(others),
            ),
            _tr("Sign out everywhere else"),
            lambda: self._end(others),
        )

    def _end(self, devices: list[Device]) -> None:
        spawn(self._ended(devices), name="sign out elsewhere")

    async def _ended(self, devices: list[Device]) -> None:
        self.section.set_busy(True)
        try:
            for device in devices:
                await self._workspace.online.end_device(device.id)
        except TROUBLE as error:
            if self._is_here:
                self.section.show_trouble(_tr("Not signed out. %1").replace("%1", str(error)))
        else:
            words = _tr("“%1” is signed out.").replace("%1", devices[0].name)
            self._note(words if len(devices) == 1 else _tr("They are signed out."))
        finally:
            if self._is_here:
                self.section.set_busy(False)
        if self._is_here:
            self.read()

    def _on_password(self) -> None:
        dialog = PasswordDialog(self._theme, self._page.window())
        dialog.entered.connect(
            lambda current, new: spawn(
                self._change_password(dialog, current, new), name="change password"
            )
        )
        dialog.open()

    async def _change_password(self, dialog: PasswordDialog, current: str, new: str) -> None:
        try:
            await self._workspace.online.change_password(current, new)
        except TROUBLE as error:
            self._say(dialog, error)
            return
        if isValid(dialog):
            dialog.accept()
        self._note(_tr("Your password is changed. Other devices are signed out."))
        if self._is_here:
            self.read()

    def _on_email(self) -> None:
        dialog = EmailDialog(self._theme, self._page.window())
        dialog.entered.connect(
            lambda password, email: spawn(
                self._change_email(dialog, password, email), name="change e-mail"
            )
        )
        dialog.open()

    async def _change_email(self, dialog: EmailDialog, password: str, email: str) -> None:
        dialog.set_busy(True)
        try:
            await self._workspace.online.change_email(password, email)
        except TROUBLE as error:
            self._say(dialog, error)
            return
        if isValid(dialog):
            dialog.accept()
        self._note(_tr("From now on you sign in as %1.").replace("%1", email))

    def _say(self, dialog: FormDialog, error: Exception) -> None:
        """Tell it in the dialog that has asked, or where that was closed meanwhile in the page."""
        errors = _field_errors(error)
        if isValid(dialog) and not dialog.isHidden():
            dialog.show_errors(errors)
        elif self._is_here:
            self.section.show_trouble(" ".join(errors.values()))

    def _note(self, words: str) -> None:
        if self._is_here:
            self.section.show_note(words)


def _field_errors(error: Exception) -> dict[str, str]:
    """Sentences by the field of the dialog that they are about, "" for none."""
    if isinstance(error, ApiRefused):
        if error.code == "credentials_wrong":
            return {CURRENT: str(error)}
        if error.code == "email_taken":
            return {NEW_EMAIL: str(error)}
        if error.fields:
            return error.fields
    return {"": str(error)}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
