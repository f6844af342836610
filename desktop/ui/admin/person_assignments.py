"""What an admin does with one person's assignments, on this computer: mentors and cohort."""

from PySide6.QtCore import QCoreApplication

from desktop.store.people import mentor_names, student_card
from desktop.ui.admin.choices import mentor_choices
from desktop.ui.admin.choose_dialog import ChooseDialog
from desktop.ui.admin.moving import ask_to_move
from desktop.ui.admin.person_view import HAND_OVER, PersonView
from desktop.ui.admin.release_dialog import Release, ReleaseDialog, ReleaseWords
from desktop.ui.theme import Theme
from desktop.ui.workspace import Workspace
from domain.assignments import AssignStudent, UnassignStudent


class PersonAssignments:
    """Asks what has to be asked, and does it."""

    def __init__(self, workspace: Workspace, theme: Theme, view: PersonView) -> None:
        self._workspace = workspace
        self._theme = theme
        self._view = view

    def assign(self, user_id: str) -> None:
        """Ask for another mentor."""
        card = self._workspace.query(student_card, user_id)
        if card is None:
            return
        choices = mentor_choices(self._workspace, besides=card.mentor_ids)
        if not choices:
            self._workspace.say(_tr("All mentors mentor %1 already.").replace("%1", card.name))
            return
        ChooseDialog(
            self._theme,
            self._view.window(),
            _tr("Assign a mentor to %1").replace("%1", card.name),
            _tr("The mentor sees all that the student has done, and can plan sessions."),
            _tr("Assign"),
            _tr("Mentor"),
            choices,
            lambda mentor_id: self._workspace.do(
                AssignStudent(student_id=card.id, mentor_id=mentor_id)
            ),
        ).open()

    def move(self, user_id: str) -> None:
        """Ask for another cohort."""
        card = self._workspace.query(student_card, user_id)
        if card is not None:
            ask_to_move(self._workspace, self._theme, self._view.window(), card)

    def release(self, key: str, user_id: str, row_id: str) -> None:
        """Ask what becomes of the sessions of a student and a mentor who part.

        With `HAND_OVER` the page is the mentor's and the row the student's, else the other way.
        """
        is_mentors = key == HAND_OVER
        student_id, mentor_id = (row_id, user_id) if is_mentors else (user_id, row_id)
        card = self._workspace.query(student_card, student_id)
        if card is None:
            return
        names = self._workspace.query(mentor_names)
        ReleaseDialog(
            self._theme,
            self._view.window(),
            _unassign_words(card.name, names.get(mentor_id, "")),
            mentor_choices(self._workspace, besides=[mentor_id]),
            lambda release: self._unassign(card.id, mentor_id, release),
            hands_over=is_mentors,
        ).open()

    def _unassign(self, student_id: str, mentor_id: str, release: Release) -> None:
        self._workspace.do(
            UnassignStudent(
                student_id=student_id,
                mentor_id=mentor_id,
                sessions=release.sessions,
                confirm_overlap=release.overlapping,
            )
        )


def _unassign_words(student: str, mentor: str) -> ReleaseWords:
    canceled = _tr("The coming sessions of the two are canceled, and both are told.")
    handed_over = _tr("%1 becomes a mentor of %2 and gets the coming sessions.")
    sentence = _tr("%1 is no longer a mentor of %2, and no longer sees what %2 does.")
    return ReleaseWords(
        title=_tr("Unassign %1 from %2?").replace("%1", mentor).replace("%2", student),
        sentence=sentence.replace("%1", mentor).replace("%2", student),
        button=_tr("Unassign"),
        canceled=canceled,
        handed_over=handed_over.replace("%2", student),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
