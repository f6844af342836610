"""Joins one person's page to the relay, and to the cards that are on this computer."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.account.administration import UserAccount
from desktop.store.people import cohorts, mentor_names, student_card, students_of, unsent_cards
from desktop.ui.admin.asking import asks, trouble_words
from desktop.ui.admin.looks import role_words, seen_words, state_chip
from desktop.ui.admin.person_assignments import PersonAssignments
from desktop.ui.admin.person_deeds import PersonDeeds
from desktop.ui.admin.person_view import (
    ASSIGN,
    DEACTIVATE,
    EDIT,
    HAND_OVER,
    MOVE,
    REACTIVATE,
    RESET,
    UNASSIGN,
    PersonLook,
    PersonView,
)
from desktop.ui.admin.relations import Relation, relation, unsent_words
from desktop.ui.theme import Theme
from desktop.ui.times import short_day_words
from desktop.ui.widgets.row_look import RowAction
from desktop.ui.workspace import Live, Workspace
from domain.members import Role
from domain.students import State, StudentCard

KINDS = frozenset({"student_card", "mentor_card", "cohort_card", "command"})
PLACES = {"mentors": "people", "students": "people", "cohorts": "cohorts"}


class PersonScreen:
    """Keeps the page in step, and carries out what is asked there.

    The account is the relay's; who mentors whom is here, and can be changed without it.
    """

    def __init__(
        self, workspace: Workspace, theme: Theme, changed: Callable[[UserAccount], object]
    ) -> None:
        """`changed` is told of another state of an account."""
        self._workspace = workspace
        self._theme = theme
        self._changed = changed
        self._user: UserAccount | None = None
        self.user_id = ""
        self.view = PersonView(theme)
        self.live = Live(self.view, workspace.news, self.refresh, KINDS, by_the_minute=True)
        self.deeds = PersonDeeds(
            workspace, theme, self.view, self._take, shown=lambda: self.user_id
        )
        self.assignments = PersonAssignments(workspace, theme, self.view)
        self.view.deed_asked.connect(self._on_deed)
        self.view.relation_asked.connect(
            lambda key, row_id: self.assignments.release(key, self.user_id, row_id)
        )
        self.view.opened.connect(
            lambda part, row_id: workspace.news.opened.emit(f"/admin/{PLACES[part]}/{row_id}")
        )
        self.view.banner.action_asked.connect(lambda _key: self.read())

    def open(self, user_id: str, known: UserAccount | None) -> None:
        """Show a person: at once what is known, and then what the relay says."""
        self.user_id, self._user = user_id, known
        self.view.verticalScrollBar().setValue(0)
        self.view.show_state("", "")
        self.deeds.show_waiting()
        self.refresh()
        self.read()

    def close(self) -> None:
        """Forget who was shown."""
        self.user_id, self._user = "", None

    def read(self) -> None:
        """Ask the relay for the account anew."""
        user_id = self.user_id
        asks(
            self.view,
            lambda: self._workspace.administration.user(user_id),
            done=self._take,
            failed=lambda error: self._on_unread(user_id, error),
            name="person",
        )

    def refresh(self) -> None:
        """Show what is known now."""
        if not self.user_id:
            return
        card = self._student()
        names = self._workspace.query(mentor_names)
        user = self._user
        name = user.name if user else card.name if card else names.get(self.user_id, "")
        self.view.show_person(
            PersonLook(
                name=name or _tr("Somebody"),
                chip=state_chip(user) if user else None,
                facts=self._facts(card),
                deeds=self._deeds(card),
            )
        )
        if card is not None:
            self.view.show_relations({"mentors": self._mentors(card, names)})
        elif self.user_id in names:
            self.view.show_relations({"students": self._students(), "cohorts": self._cohorts()})
        else:
            self.view.show_relations({})

    def _on_deed(self, deed: str) -> None:
        self.view.show_state("", "")
        if deed == ASSIGN:
            self.assignments.assign(self.user_id)
        elif deed == MOVE:
            self.assignments.move(self.user_id)
        else:
            self.deeds.do(deed, self._user)

    def _student(self) -> StudentCard | None:
        """Their card, if they are a student now; who was one before still has it."""
        card = self._workspace.query(student_card, self.user_id)
        is_other = self._user is not None and self._user.role is not Role.STUDENT
        return None if is_other else card

    def _facts(self, card: StudentCard | None) -> dict[str, str]:
        found: dict[str, str] = {}
        if (user := self._user) is not None:
            since = short_day_words(self._workspace.local(user.created_at).date(), self._workspace)
            seen = seen_words(user, self._workspace)
            words = _tr("Here since: %1").replace("%1", since)
            found = {
                "email": user.email,
                "role": role_words(user.role),
                "zone": user.time_zone.replace("_", " "),
                "seen": f"{words} · {seen}",
            }
        if card is not None:
            names = {one.id: one.name for one in self._workspace.query(cohorts)}
            found["cohort"] = names.get(card.cohort_id or "", "") or _tr("In no cohort")
            if card.id in self._workspace.query(unsent_cards):
                found["unsent"] = unsent_words()
        return found

    def _deeds(self, card: StudentCard | None) -> frozenset[str]:
        deeds = set()
        if card is not None and card.state is not State.DEACTIVATED:
            deeds |= {ASSIGN, MOVE}
        if (user := self._user) is not None:
            deeds |= {EDIT, RESET} if user.is_active else {EDIT, REACTIVATE}
            if user.is_active and user.id != self._workspace.me.id:
                deeds.add(DEACTIVATE)
        return frozenset(deeds)

    def _mentors(self, card: StudentCard, names: dict[str, str]) -> list[Relation]:
        action = RowAction(UNASSIGN, _tr("Unassign…"), "x", in_words=True)
        rows = [
            relation(mentor_id, names[mentor_id], action)
            for mentor_id in card.mentor_ids
            if mentor_id in names
        ]
        return sorted(rows, key=lambda row: row.look.title.casefold())

    def _students(self) -> list[Relation]:
        action = RowAction(HAND_OVER, _tr("Hand over…"), "users", in_words=True)
        names = {one.id: one.name for one in self._workspace.query(cohorts)}
        unsent = self._workspace.query(unsent_cards)
        return [
            relation(
                card.id,
                card.name,
                action,
                detail=names.get(card.cohort_id or "", ""),
                is_unsent=card.id in unsent,
            )
            for card in self._workspace.query(students_of, self.user_id)
        ]

    def _cohorts(self) -> list[Relation]:
        unsent = self._workspace.query(unsent_cards)
        return [
            relation(card.id, card.name, is_unsent=card.id in unsent)
            for card in self._workspace.query(cohorts)
            if self.user_id in card.mentor_ids
        ]

    def _take(self, user: UserAccount) -> None:
        if user.id == self.user_id:
            self._user = user
            self.view.show_state("", "")
            self.refresh()
        self._changed(user)

    def _on_unread(self, user_id: str, error: Exception) -> None:
        if user_id == self.user_id:
            self.view.show_state("warning", trouble_words(error), can_retry=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
