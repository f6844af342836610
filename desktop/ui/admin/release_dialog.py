"""Asks what becomes of the coming sessions of a mentor who leaves: canceled, or handed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from domain.releases import HandOver, Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was decided; `successor` is the id of the mentor who takes over, "" for nobody."""

    successor: str = ""
    overlapping: bool = False

    @property
    def sessions(self) -> Sessions:
        """The same as commands have it."""
        return HandOver(self.successor) if self.successor else "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWords:
    """What the dialog says; `canceled` and `handed_over` preview what follows, %1 is the mentor."""

    title: str
    sentence: str
    button: str
    canceled: str
    handed_over: str


class ReleaseDialog(ConfirmDialog):
    """Two ways, a mentor for the second, and a sentence with what follows from what is chosen."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        words: ReleaseWords,
        mentors: Sequence[Choice],
        then: Callable[[Release], object],
        *,
        hands_over: bool = False,
    ) -> None:
        """Offer to hand over to one of `mentors`; `then` gets what was decided.

        With `hands_over` that way is the one that is chosen at first.
        """
        super().__init__(parent, words.title, words.sentence, words.button, danger=True)
        self._words = words
        self.hand_over = QRadioButton(self.tr("Hand the coming sessions over"))
        self.cancel = QRadioButton(self.tr("Cancel the coming sessions"))
        self.picker = PersonPicker(self.tr("Type a part of the name"))
        self.picker.show_choices(mentors)
        self.field = FormField(theme, self.tr("To this mentor"), self.picker)
        self.overlapping = QCheckBox(self.tr("Also where that mentor has something else then"))
        self.preview = WrapLabel(strong=True)
        for at, part in enumerate(
            (self.cancel, self.hand_over, self.field, self.overlapping, self.preview)
        ):
            self.column.insertWidget(2 + at, part)
        self.hand_over.setEnabled(bool(mentors))
        (self.hand_over if hands_over and mentors else self.cancel).setChecked(True)
        self.begin_at(self.cancel, self.hand_over, self.picker, self.overlapping)
        self._show()

        self.hand_over.toggled.connect(self._on_way)
        for way in (self.cancel, self.hand_over):
            way.clicked.connect(self._on_chosen)
        self.picker.picked.connect(self._on_picked)
        self.accepted.connect(lambda: then(self.release()))

    def release(self) -> Release:
        """What is chosen now."""
        if not self.hand_over.isChecked():
            return Release()
        return Release(successor=self.picker.current_id(), overlapping=self.overlapping.isChecked())

    @override
    def accept(self) -> None:
        self.picker.take_typed()
        if self.hand_over.isChecked() and not self.picker.current_id():
            self.field.set_error(self.tr("Choose a mentor from the list."))
            self.picker.setFocus()
            return
        super().accept()

    def _on_way(self) -> None:
        self._show()
        announce(self, self.preview.accessibleName())

    def _on_chosen(self) -> None:
        """Whoever has chosen among them means it: Enter confirms, and goes back until then."""
        self.be_careful(False)

    def _on_picked(self) -> None:
        if self.picker.current_id():
            self._on_chosen()
        self.field.set_error("")
        self._show()

    def _show(self) -> None:
        """Fields for a successor only where there is one, and what follows."""
        is_handed = self.hand_over.isChecked()
        self.field.setEnabled(is_handed)
        self.overlapping.setEnabled(is_handed)
        name = self.picker.currentText() if self.picker.current_id() else self.tr("The mentor")
        self.preview.setText(
            self._words.handed_over.replace("%1", name) if is_handed else self._words.canceled
        )
