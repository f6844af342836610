"""With whom the signed-in mentor can have sessions, as choices of a picker."""

from desktop.store.people import cohorts, students_of
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.workspace import Workspace


def student_choices(workspace: Workspace) -> list[Choice]:
    """The mentor's own students, by name."""
    rows = workspace.query(students_of, workspace.me.id)
    return [Choice(card.id, card.name) for card in rows]


def cohort_choices(workspace: Workspace) -> list[Choice]:
    """The mentor's own cohorts, by name."""
    me = workspace.me.id
    return [
        Choice(card.id, card.name) for card in workspace.query(cohorts) if me in card.mentor_ids
    ]
