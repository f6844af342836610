"""Asks into which of the own cohorts a student is to move."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.form_field import FormField


class MoveDialog(ConfirmDialog):
    """A choice of cohorts; Escape and the other button change nothing."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        name: str,
        cohorts: Sequence[tuple[str, str]],
        then: Callable[[str], object],
    ) -> None:
        """Offer `cohorts`, which are (id, name); `then` gets the id that was chosen."""
        super().__init__(parent, "", "", "")
        self.setWindowTitle(self.tr("Move to another cohort"))
        self.title.setText(self.tr("Move %1 to another cohort?").replace("%1", name))
        sentence = self.tr("They leave the coming group sessions of the old one and join the new.")
        self.sentence.setText(sentence)
        self.setAccessibleDescription(sentence)
        self.confirm_button.setText(self.tr("Move"))
        self.choice = QComboBox()
        for cohort_id, words in cohorts:
            self.choice.addItem(words, cohort_id)
        self.column.insertWidget(2, FormField(theme, self.tr("Cohort"), self.choice))
        self.begin_at(self.choice)

        self.accepted.connect(lambda: then(str(self.choice.currentData() or "")))
