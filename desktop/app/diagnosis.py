"""Opens the connection doctor, and offers the report of a run that crashed."""

from collections.abc import Callable
from pathlib import Path

from desktop.account.api import Api
from desktop.account.join_links import Malformed, server_address
from desktop.app.stay import Stay, Surroundings
from desktop.crashes import Crashes, about
from desktop.doctor.bundle import save_bundle
from desktop.doctor.examination import Examination
from desktop.settings import program_version
from desktop.ui.crash_dialog import CrashDialog
from desktop.ui.doctor.screen import DoctorScreen


class Diagnosis:
    """Looks at what there is when it is asked; `stay` gives whoever is in then."""

    def __init__(
        self, around: Surroundings, crashes: Crashes, stay: Callable[[], Stay | None]
    ) -> None:
        self._around = around
        self._crashes = crashes
        self._stay = stay

    def open_doctor(self, server: str) -> None:
        """Look at the way to the relay that was typed, or to that of whoever is in."""
        stay, settings = self._stay(), self._around.settings
        if server or stay is None or stay.shell is None:
            stay, address = None, server or settings.server or ""
        else:
            address = stay.account.server
        DoctorScreen(
            self._around.window,
            self._around.theme,
            Examination(
                address, self._api(address), self._around.trust, stay.at_home if stay else None
            ),
            stay.client.copy_again if stay and stay.client else None,
            stay.shell.room_name if stay and stay.shell else lambda room: "",
            self._save_bundle,
        )

    def offer_report(self) -> None:
        """Show what the run before has left, once."""
        if self._crashes.is_new:
            self._crashes.is_new = False
            CrashDialog(self._around.window, self._crashes).open()

    async def _save_bundle(self, file: Path, doctor: str) -> None:
        stay = self._stay()
        await save_bundle(
            file,
            doctor,
            about=about(program_version()),
            settings=self._around.settings,
            reports=self._crashes.reports(),
            worker=stay.worker if stay else None,
        )

    def _api(self, typed: str) -> Api:
        """The interface at an address as it was typed; one that is none is never asked."""
        try:
            return self._around.sign_in.api(server_address(typed))
        except Malformed:
            return Api(typed, trust=self._around.trust)
