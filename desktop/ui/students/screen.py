"""Joins Students to the workspace."""

from PySide6.QtCore import QCoreApplication

from desktop.store.dashboard import sessions_ahead
from desktop.store.people import cohorts
from desktop.store.roster import Student, roster, sessions_held, sessions_of, student
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.students.looks import (
    all_mentors_words,
    clock_of,
    sessions_words,
    state_chip,
    student_row,
    student_text,
    summary_words,
)
from desktop.ui.students.move_dialog import MoveDialog
from desktop.ui.students.page import StudentsPage
from desktop.ui.students.roster_view import ALL, MINE, UNASSIGNED
from desktop.ui.students.student_view import ENTRIES, StudentLook
from desktop.ui.students.timeline import Timeline
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Live, Workspace
from domain.assignments import ClaimStudent, MoveCohort, UnassignStudent
from domain.instants import second
from domain.schedules import Status
from domain.students import State

KINDS = frozenset(
    {
        "student_card",
        "mentor_card",
        "cohort_card",
        "member",
        "schedule",
        "participant",
        "attendance",
        "entry",
        "comment",
        "activity",
        "command",
    }
)


class StudentsScreen:
    """Keeps roster and student page in step, and carries out what is asked there."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        self._students: dict[str, Student] = {}
        self._open: Student | None = None
        self._timeline = Timeline(workspace)
        self.page = StudentsPage(
            theme,
            RecordListModel(
                lambda shown: student_text(shown, workspace),
                lambda shown: student_row(shown, workspace),
            ),
            self._timeline.model,
        )
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.roster.model, self.page.student.model],
        )
        self._connect()

    def refresh(self) -> None:
        """Read what is shown anew."""
        self._show_roster()
        if self._open is not None:
            self._show_student(self._open.id)
        self._show_action()

    def open_student(self, student_id: str) -> None:
        """Open a student's page; it says so when there is no such student."""
        self._timeline.begin()
        self._show_student(student_id)
        if self._open is not None:
            self.page.setCurrentWidget(self.page.student)
            self.page.student.take_focus()
        self._show_action()

    def open_cohort(self, cohort_id: str) -> None:
        """List a cohort's students; it says so when there is no such cohort."""
        self._open = None
        name = next((one.name for one in self._workspace.query(cohorts) if one.id == cohort_id), "")
        if not name:
            self._workspace.say(_tr("This cohort is no longer there."))
        self.page.show_roster(ALL, name)

    def close_student(self) -> None:
        """Go back to the roster, where one was."""
        left, self._open = self._open, None
        self.page.setCurrentWidget(self.page.roster)
        self.page.roster.take_focus(left.id if left else "")
        self._show_action()

    @property
    def _now(self) -> str:
        return second(self._workspace.now())

    def _show_roster(self) -> None:
        view = self.page.roster
        found = self._workspace.query(roster, self._workspace.me, self._now)
        self._students = {one.id: one for one in found}
        groups = {
            MINE: [one for one in found if one.is_mine],
            ALL: found,
            UNASSIGNED: [one for one in found if one.is_unassigned],
        }
        wanted = view.search.text().strip().casefold()
        rows = [one for one in groups[view.filter.current] if wanted in _names(one)]
        view.show_rows(rows, {key: len(group) for key, group in groups.items()})

    def _show_student(self, student_id: str) -> None:
        me, now = self._workspace.me, self._now
        self._open = self._workspace.query(student, me, student_id, now)
        if self._open is None:
            self._workspace.say(_tr("This student is no longer there."))
            self.close_student()
            return
        chosen = self.page.student.filter.current
        rows = self._timeline.rows(self._open, chosen)
        self.page.student.show_student(self._look(self._open), rows)

    def _look(self, shown: Student) -> StudentLook:
        is_active = shown.card.state is not State.DEACTIVATED
        return StudentLook(
            name=shown.card.name,
            chip=state_chip(shown),
            cohort=shown.cohort_name or _tr("In no cohort"),
            mentors=all_mentors_words(shown),
            clock=clock_of(shown, self._workspace),
            active=self._summary(shown),
            pending=_tr("waiting to send") if shown.is_pending else "",
            can_give_up=shown.is_mine,
            can_move=shown.is_mine and is_active and bool(self._targets(shown)),
            has_timeline=shown.is_mine,
            empty=_empty_words(shown, self.page.student.filter.current),
            further=len(self._timeline.further),
        )

    def _summary(self, shown: Student) -> str:
        """When they were active, what is next, and how many sessions there are and were.

        The sessions of other mentors' students are not here, and not counted.
        """
        words = summary_words(shown, self._workspace)
        if not shown.is_mine:
            return words
        counts = sessions_words(
            self._workspace.query(sessions_ahead, shown.id, self._now),
            self._workspace.query(sessions_held, shown.id),
        )
        return " · ".join(part for part in (words, counts) if part)

    def _show_action(self) -> None:
        """The primary action: claim, or plan a session with the student that is open."""
        action = self.page.primary_action
        if self._open is not None:
            action.setText(_tr("Claim") if self._open.is_unassigned else _tr("New session"))
            is_active = self._open.card.state is not State.DEACTIVATED
            action.setVisible(is_active and (self._open.is_unassigned or self._open.is_mine))
            return
        current = self._students.get(self.page.roster.list.current_id())
        is_claim = current is not None and current.is_unassigned
        action.setText(_tr("Claim") if is_claim else _tr("Claim a student…"))
        action.setVisible(any(one.is_unassigned for one in self._students.values()))

    def _on_primary(self) -> None:
        if self._open is not None and not self._open.is_unassigned:
            path = f"/mentor/schedules/new?student={self._open.id}"
            self._workspace.news.opened.emit(path)
            return
        shown = self._open or self._students.get(self.page.roster.list.current_id())
        if shown is not None and shown.is_unassigned:
            self._claim(shown.id)
        else:
            self._show_unassigned()

    def _show_unassigned(self) -> None:
        self.page.open_item(UNASSIGNED)
        waiting = [one.id for one in self._students.values() if one.is_unassigned]
        if waiting:
            self.page.roster.take_focus(waiting[0])

    def _claim(self, student_id: str) -> None:
        shown = self._students.get(student_id)
        name = shown.card.name if shown else ""
        said = _tr("%1 is now your student.").replace("%1", name)
        command = ClaimStudent(student_id=student_id)
        self._workspace.do(command, done=lambda: self._workspace.say(said))

    def _on_give_up(self) -> None:
        if self._open is None:
            return
        shown, me = self._open, self._workspace.me
        ahead, _past = self._workspace.query(sessions_of, me, shown.id, self._now, past=1)
        count = sum(
            one.schedule.mentor_id == me.id
            and one.schedule.student_id == shown.id
            and one.schedule.status is Status.SCHEDULED
            and one.schedule.start_time > self._now
            for one in ahead
        )
        ask(
            self.page,
            _tr("Give up %1?").replace("%1", shown.card.name),
            f"{_released_words(count)} {_tr('You no longer see what they do.')}",
            _tr("Give up"),
            lambda: self._give_up(shown),
            danger=True,
        )

    def _give_up(self, shown: Student) -> None:
        said = _tr("%1 is no longer your student.").replace("%1", shown.card.name)
        command = UnassignStudent(
            student_id=shown.id, mentor_id=self._workspace.me.id, sessions="cancel"
        )
        self._workspace.do(command, done=lambda: self._on_given_up(said))

    def _on_given_up(self, said: str) -> None:
        self.close_student()
        self._workspace.say(said)

    def _targets(self, shown: Student) -> list[tuple[str, str]]:
        """The cohorts that the student may move to, as (id, name); "" is none."""
        if not shown.may_move:
            return []
        me = self._workspace.me.id
        own = [
            (card.id, card.name)
            for card in self._workspace.query(cohorts)
            if me in card.mentor_ids and card.id != shown.card.cohort_id
        ]
        return [*own, ("", _tr("No cohort"))] if shown.card.cohort_id else own

    def _on_move(self) -> None:
        if self._open is None:
            return
        shown = self._open
        MoveDialog(
            self._theme,
            self.page,
            shown.card.name,
            self._targets(shown),
            lambda cohort_id: self._workspace.do(
                MoveCohort(student_id=shown.id, cohort_id=cohort_id or None)
            ),
        ).open()

    def _on_more(self) -> None:
        if self._open is not None and self._timeline.grow():
            self._show_student(self._open.id)

    def _on_further(self) -> None:
        nearest = self._timeline.look_far()
        if self._open is not None:
            self._show_student(self._open.id)
            self.page.student.go_to(nearest)

    def _on_moments(self) -> None:
        self._timeline.begin()
        if self._open is not None:
            self._show_student(self._open.id)

    def _on_filter(self) -> None:
        self._show_roster()
        self._show_action()

    def _connect(self) -> None:
        page = self.page
        page.student_asked.connect(self.open_student)
        page.cohort_asked.connect(self.open_cohort)
        page.primary_action.triggered.connect(self._on_primary)
        page.roster.filter_changed.connect(self._on_filter)
        page.roster.claim_asked.connect(self._claim)
        page.roster.current_changed.connect(self._show_action)
        page.roster.unassigned_asked.connect(self._show_unassigned)
        page.student.back_asked.connect(self.close_student)
        page.student.opened.connect(self._timeline.open)
        page.student.filter_changed.connect(self._on_moments)
        page.student.give_up_asked.connect(self._on_give_up)
        page.student.move_asked.connect(self._on_move)
        page.student.more_asked.connect(self._on_more)
        page.student.further_asked.connect(self._on_further)


def _names(shown: Student) -> str:
    """What a student is found by."""
    return f"{shown.card.name}\n{shown.cohort_name}".casefold()


def _empty_words(shown: Student, chosen: str) -> tuple[str, str]:
    """Why nothing stands on a student's timeline."""
    if shown.is_unassigned:
        return (
            _tr("Nobody mentors them yet"),
            _tr("Claim them to plan sessions, and to see what they do."),
        )
    if not shown.is_mine:
        return (
            _tr("Not one of your students"),
            _tr("What they do is seen by their own mentors only."),
        )
    if chosen == ENTRIES:
        return _tr("No entries yet"), _tr("What they submit stands here.")
    return _tr("No sessions yet"), _tr("Plan the first one with New session.")


def _released_words(count: int) -> str:
    if not count:
        return _tr("You have no coming session with them.")
    if count == 1:
        return _tr("Your coming session with them is canceled, and they are told.")
    return QCoreApplication.translate(
        "Students", "Your %n coming sessions with them are canceled, and they are told.", "", count
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Students", text)
