"""Whom an admin can choose: mentors, students and cohorts, from the directory that is here."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from desktop.store.people import cohorts, mentors, students
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.workspace import Workspace

NONE = "none"  # the id of the choice that is no cohort


def mentor_choices(workspace: Workspace, *, besides: Collection[str] = ()) -> list[Choice]:
    """The active mentors, by name."""
    cards = workspace.query(mentors)
    return [Choice(card.id, card.name) for card in cards if card.id not in besides]


def student_choices(workspace: Workspace, *, not_in: str) -> list[Choice]:
    """The students who are in another cohort, or in none, by name, with the cohort's name."""
    names = {card.id: card.name for card in workspace.query(cohorts)}
    return [
        Choice(card.id, card.name, names.get(card.cohort_id or "", ""))
        for card in workspace.query(students)
        if card.cohort_id != not_in
    ]


def cohort_choices(workspace: Workspace, *, besides: Collection[str] = ()) -> list[Choice]:
    """The cohorts, by name."""
    cards = workspace.query(cohorts)
    return [Choice(card.id, card.name) for card in cards if card.id not in besides]


def no_cohort() -> Choice:
    """The choice to be in no cohort."""
    return Choice(NONE, QCoreApplication.translate("Admin", "No cohort"))
