"""Joins one cohort's page to the cards that are here, and its code to the relay."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.store.people import (
    cohort,
    cohorts,
    members_of,
    mentor_names,
    student_card,
    unsent_cards,
)
from desktop.ui.admin.answers import finish, refuse, save_here
from desktop.ui.admin.asking import asks, trouble_words
from desktop.ui.admin.choices import (
    mentor_choices,
    student_choices,
)
from desktop.ui.admin.choose_dialog import ChooseDialog
from desktop.ui.admin.cohort_dialog import CohortDialog
from desktop.ui.admin.cohort_view import (
    ADD_MENTOR,
    ADD_STUDENT,
    EDIT,
    MENTORS,
    MOVE,
    REMOVE,
    STUDENTS,
    CohortLook,
    CohortView,
)
from desktop.ui.admin.moving import ask_to_move
from desktop.ui.admin.relations import Relation, relation, unsent_words
from desktop.ui.admin.release_dialog import Release, ReleaseDialog, ReleaseWords
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.widgets.row_look import RowAction
from desktop.ui.workspace import Live, Workspace
from domain.assignments import MoveCohort
from domain.cohorts import (
    AddCohortMentor,
    Cohort,
    CohortCard,
    RemoveCohortMentor,
    UpdateCohort,
)
from domain.conflicts import base_of

KINDS = frozenset({"cohort_card", "cohort", "student_card", "mentor_card", "command"})


class CohortScreen:
    """Keeps the page in step, and carries out what is asked there."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        self.cohort_id = ""
        self._code_asked = 0  # which question about the code is on its way, 0 for none
        self._questions = 0
        self.view = CohortView(theme)
        self.live = Live(self.view, workspace.news, self.refresh, KINDS)
        self.view.deed_asked.connect(self._on_deed)
        self.view.relation_asked.connect(self._on_relation)
        self.view.code_asked.connect(self._show_code)
        self.view.new_code_asked.connect(self._ask_for_new_code)
        self.view.opened.connect(
            lambda user_id: workspace.news.opened.emit(f"/admin/people/{user_id}")
        )

    def open(self, cohort_id: str) -> bool:
        """Show a cohort; false where there is none."""
        self.cohort_id = cohort_id
        self._code_asked = 0
        self.view.hide_code()
        self.view.show_trouble("")
        self.view.verticalScrollBar().setValue(0)
        self.refresh()
        return self._card() is not None

    def close(self) -> None:
        """Forget which one was shown."""
        self.cohort_id = ""

    def refresh(self) -> None:
        """Show it as it stands."""
        card = self._card()
        if card is None:
            return
        own = self._workspace.query(cohort, card.id)
        names = self._workspace.query(mentor_names)
        unsent = self._workspace.query(unsent_cards)
        look = CohortLook(
            name=card.name,
            description=own.description if own else "",
            unsent=unsent_words() if card.id in unsent else "",
        )
        rows = {MENTORS: self._mentors(card, names), STUDENTS: self._students(card, unsent)}
        self.view.show_cohort(look, rows)

    def _card(self) -> CohortCard | None:
        found = self._workspace.query(cohorts)
        return next((card for card in found if card.id == self.cohort_id), None)

    def _mentors(self, card: CohortCard, names: dict[str, str]) -> list[Relation]:
        action = RowAction(REMOVE, _tr("Remove…"), "x", in_words=True)
        rows = [relation(one, names[one], action) for one in card.mentor_ids if one in names]
        return sorted(rows, key=lambda row: row.look.title.casefold())

    def _students(self, card: CohortCard, unsent: Collection[str]) -> list[Relation]:
        action = RowAction(MOVE, _tr("Move…"), "users", in_words=True)
        students = self._workspace.query(members_of, card.id)
        return [relation(one.id, one.name, action, is_unsent=one.id in unsent) for one in students]

    def _on_deed(self, deed: str) -> None:
        self.view.show_trouble("")
        deeds: dict[str, Callable[[CohortCard], object]] = {
            EDIT: self._edit,
            ADD_STUDENT: self._add_student,
            ADD_MENTOR: self._add_mentor,
        }
        if card := self._card():
            deeds[deed](card)

    def _edit(self, card: CohortCard) -> None:
        own = self._workspace.query(cohort, card.id)
        dialog = CohortDialog(
            self._theme,
            self.view.window(),
            _tr("Edit %1").replace("%1", card.name),
            _tr("Save"),
            name=card.name,
            description=own.description if own else None,
        )

        def change(fields: dict[str, str]) -> None:
            if own:
                self._change_here(dialog, own, fields)
            else:
                self._change_there(dialog, card.id, fields)

        dialog.entered.connect(change)
        dialog.open()

    def _change_here(self, dialog: CohortDialog, own: Cohort, fields: dict[str, Any]) -> None:
        seen = base_of(own)
        changed = {name: value for name, value in fields.items() if getattr(own, name) != value}
        base = {name: seen[name] for name in changed}
        save_here(self._workspace, dialog, UpdateCohort(id=own.id, base=base, **changed))

    def _change_there(self, dialog: CohortDialog, cohort_id: str, fields: dict[str, str]) -> None:
        """Change one that one does not lead: its row is on the relay only."""
        dialog.set_busy(True)
        asks(
            self.view,
            lambda: self._workspace.administration.change_cohort(cohort_id, fields),
            done=lambda _none: finish(dialog),
            failed=lambda error: refuse(dialog, error, self._workspace.say),
            name="change a cohort",
        )

    def _add_student(self, card: CohortCard) -> None:
        self._choose(
            _tr("Add a student to %1").replace("%1", card.name),
            _tr("They join its coming group sessions, and leave those of another cohort."),
            _tr("Student"),
            student_choices(self._workspace, not_in=card.id),
            lambda chosen: self._workspace.do(MoveCohort(student_id=chosen, cohort_id=card.id)),
        )

    def _add_mentor(self, card: CohortCard) -> None:
        self._choose(
            _tr("Add a mentor to %1").replace("%1", card.name),
            _tr("They lead the cohort too: they plan its sessions and see its code."),
            _tr("Mentor"),
            mentor_choices(self._workspace, besides=card.mentor_ids),
            lambda chosen: self._workspace.do(AddCohortMentor(cohort_id=card.id, mentor_id=chosen)),
        )

    def _choose(
        self,
        title: str,
        sentence: str,
        label: str,
        choices: list[Choice],
        then: Callable[[str], object],
    ) -> None:
        if not choices:
            self._workspace.say(_tr("There is nobody left to add."))
            return
        parent, button = self.view.window(), _tr("Add")
        ChooseDialog(self._theme, parent, title, sentence, button, label, choices, then).open()

    def _on_relation(self, key: str, row_id: str) -> None:
        card = self._card()
        if card is None:
            return
        if key == MOVE:
            self._move(row_id)
        else:
            self._remove(card, row_id)

    def _move(self, student_id: str) -> None:
        card = self._workspace.query(student_card, student_id)
        if card is not None:
            ask_to_move(self._workspace, self._theme, self.view.window(), card)

    def _remove(self, card: CohortCard, mentor_id: str) -> None:
        name = self._workspace.query(mentor_names).get(mentor_id, "")
        words = ReleaseWords(
            title=_tr("Remove %1 from %2?").replace("%2", card.name).replace("%1", name),
            sentence=_tr("They no longer lead the cohort, and no longer see its code."),
            button=_tr("Remove"),
            canceled=_tr("Their coming group sessions are canceled, and the cohort is told."),
            handed_over=_tr("%1 leads the cohort and gets the coming group sessions."),
        )
        ReleaseDialog(
            self._theme,
            self.view.window(),
            words,
            mentor_choices(self._workspace, besides=[mentor_id]),
            lambda release: self._on_removed(card.id, mentor_id, release),
        ).open()

    def _on_removed(self, cohort_id: str, mentor_id: str, release: Release) -> None:
        self._workspace.do(
            RemoveCohortMentor(
                cohort_id=cohort_id,
                mentor_id=mentor_id,
                sessions=release.sessions,
                confirm_overlap=release.overlapping,
            )
        )

    def _show_code(self) -> None:
        self._ask_code(self._workspace.administration.cohort_code)

    def _ask_for_new_code(self) -> None:
        if not self.view.code.text.text():
            self._make_code()
            return
        ask(
            self.view.window(),
            _tr("Make a new code?"),
            _tr("The old code and its link let nobody in any more. Who is in stays in."),
            _tr("Make a new code"),
            self._make_code,
            danger=True,
        )

    def _make_code(self) -> None:
        self._ask_code(self._workspace.administration.new_cohort_code)

    def _ask_code(self, give: Callable[[str], Awaitable[str]]) -> None:
        """Ask for the code once; the answer counts while the page is open as it is."""
        if self._code_asked:
            return
        cohort_id = self.cohort_id
        self._questions += 1
        asked = self._code_asked = self._questions
        self.view.show_trouble("")
        self.view.show_code_words(_tr("Asking the relay…"))

        def show(code: str) -> None:
            if asked == self._code_asked:
                self._code_asked = 0
                self.view.show_code(code, self._workspace.administration.link(code=code))

        def fail(error: Exception) -> None:
            if asked == self._code_asked:
                self._code_asked = 0
                self.view.show_code_words()
                self.view.show_trouble(trouble_words(error))

        asks(self.view, lambda: give(cohort_id), done=show, failed=fail, name="join code")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
