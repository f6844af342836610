"""Asks before one signs out, and what is to become of the local copy."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.stops import lead_to


def ask_to_leave(parent: QWidget, waiting: int, then: Callable[[bool], object]) -> ConfirmDialog:
    """Ask, and call `then` with whether the local copy is to be deleted.

    `waiting` is how many changes have not been sent: deleting would lose them, and says so.
    """
    sentence = _tr("Your copy stays on this computer until you sign in again.")
    if waiting:
        sentence = QCoreApplication.translate(
            "Leaving",
            "%n changes are not sent yet. They are kept here, and sent when you sign in again.",
            "",
            waiting,
        )
    dialog = ConfirmDialog(parent, _tr("Sign out?"), sentence, _tr("Sign out"))
    wipe = QCheckBox(
        _tr("Delete my copy, with drafts and the unsent changes")
        if waiting
        else _tr("Delete my copy, with drafts")
    )
    dialog.column.insertWidget(2, wipe)
    lead_to(dialog.back_button, wipe)
    wipe.toggled.connect(dialog.be_careful)  # a copy that is deleted does not come back
    dialog.accepted.connect(lambda: then(wipe.isChecked()))
    dialog.open()
    return dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("Leaving", text)
