"""Joins the list of cohorts to the directory that is on this computer, and one cohort's page."""

from collections import Counter

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.store.people import cohorts, mentor_names, students, unsent_cards
from desktop.ui.admin.answers import save_here
from desktop.ui.admin.cohort import CohortScreen
from desktop.ui.admin.cohort_dialog import CohortDialog
from desktop.ui.admin.relations import Relation, relation, relation_model
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList
from desktop.ui.workspace import Live, Workspace
from domain.cohorts import CohortCard, CreateCohort

KINDS = frozenset({"cohort_card", "cohort", "student_card", "mentor_card", "command"})


class CohortsScreen:
    """All of it works without the relay, but for the codes, which only the relay has."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        self.model = relation_model()
        self.list = RowList(theme, self.model, _tr("Cohorts"), opens_on_click=True)
        self.empty = EmptyState(
            theme, "users", _tr("No cohorts yet"), _tr("Create one: its code lets students in.")
        )
        self.place = ListOrEmpty(self.list, self.empty)
        self.view = QWidget()
        column = QVBoxLayout(self.view)
        column.setContentsMargins(24, 0, 24, 16)
        column.addWidget(self.place)
        self.cohort = CohortScreen(workspace, theme)
        self.page = QStackedWidget()
        self.page.addWidget(self.view)
        self.page.addWidget(self.cohort.view)
        self.live = Live(self.view, workspace.news, self.refresh, KINDS)
        self.list.opened.connect(self.open_item)
        self.cohort.view.back_asked.connect(self.close_cohort)

    def read(self) -> None:
        """What is shown is here, and follows by itself."""

    def refresh(self) -> None:
        """Show the cohorts as they stand."""
        names = self._workspace.query(mentor_names)
        counts = Counter(card.cohort_id for card in self._workspace.query(students))
        unsent = self._workspace.query(unsent_cards)
        rows = [
            _row(card, names, counts[card.id], is_unsent=card.id in unsent)
            for card in self._workspace.query(cohorts)
        ]
        self.model.show(rows)
        self.place.show_list(bool(rows))

    def open_item(self, cohort_id: str) -> None:
        """Open a cohort's page, or with "" the list."""
        if not cohort_id:
            self.close_cohort()
        elif self.cohort.open(cohort_id):
            self.page.setCurrentWidget(self.cohort.view)
            self.cohort.view.take_focus()
        else:
            self._workspace.say(_tr("This cohort is no longer there."))
            self.close_cohort()

    def close_cohort(self) -> None:
        """Go back to the list, where one was."""
        self.page.setCurrentWidget(self.view)
        self.list.select(self.cohort.cohort_id)
        self.list.setFocus()
        self.cohort.close()

    def new_cohort(self) -> None:
        """Ask for the name of a new one."""
        title, button = _tr("New cohort"), _tr("Create cohort")
        dialog = CohortDialog(self._theme, self.page.window(), title, button)
        cohort_id = self._workspace.new_id()  # the same for each try: none is made twice
        dialog.entered.connect(lambda fields: self._create(dialog, cohort_id, fields))
        dialog.open()

    def _create(self, dialog: CohortDialog, cohort_id: str, fields: dict[str, str]) -> None:
        command = CreateCohort(id=cohort_id, **fields)
        save_here(self._workspace, dialog, command, then=lambda: self.open_item(cohort_id))


def _row(card: CohortCard, names: dict[str, str], count: int, *, is_unsent: bool) -> Relation:
    mentors = ", ".join(sorted(names[one] for one in card.mentor_ids if one in names))
    words = _tr("with %1").replace("%1", mentors) if mentors else _tr("without a mentor")
    detail = f"{_n('%n students', count)} · {words}"
    return relation(card.id, card.name, detail=detail, is_unsent=is_unsent)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Admin", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
