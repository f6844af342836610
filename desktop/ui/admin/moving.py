"""Asks to which other cohort a student moves, and has them move there."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.admin.choices import NONE, cohort_choices, no_cohort
from desktop.ui.admin.choose_dialog import ChooseDialog
from desktop.ui.theme import Theme
from desktop.ui.workspace import Workspace
from domain.assignments import MoveCohort
from domain.students import StudentCard


def ask_to_move(workspace: Workspace, theme: Theme, window: QWidget, card: StudentCard) -> None:
    """Offer the cohorts that they are not in, or say that there is none."""
    choices = cohort_choices(workspace, besides=[card.cohort_id or ""])
    if card.cohort_id:
        choices.append(no_cohort())
    if not choices:
        workspace.say(_tr("There is no cohort yet."))
        return
    ChooseDialog(
        theme,
        window,
        _tr("Move %1 to another cohort?").replace("%1", card.name),
        _tr("They leave the coming group sessions of the old one and join the new."),
        _tr("Move"),
        _tr("Cohort"),
        choices,
        lambda chosen: workspace.do(
            MoveCohort(student_id=card.id, cohort_id=None if chosen == NONE else chosen)
        ),
    ).open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
