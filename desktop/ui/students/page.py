"""Students: the roster and one student's page, one in front of the other."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.store.roster import Student
from desktop.store.timelines import Moment
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.students.roster_view import UNASSIGNED, RosterView
from desktop.ui.students.student_view import StudentView
from desktop.ui.theme import Theme

COHORT = "cohort/"


class StudentsPage(QStackedWidget):
    """Shows the roster or one student; `primary_action` is the one thing to do there.

    Signals:
        student_asked: the id of a student whose page is to open.
        cohort_asked: the id of a cohort whose students are to be listed.
    """

    student_asked = Signal(str)
    cohort_asked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        students: RecordListModel[Student],
        moments: RecordListModel[Moment],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.roster = RosterView(theme, students)
        self.student = StudentView(theme, moments)
        self.primary_action = QAction(self)
        self.addWidget(self.roster)
        self.addWidget(self.student)

        self.roster.opened.connect(self.student_asked)

    @property
    def shows_roster(self) -> bool:
        return self.currentWidget() is self.roster

    def open_item(self, item: str) -> None:
        """Open a student by id, or the roster at "unassigned" or "cohort/ID"."""
        if item == UNASSIGNED:
            self.show_roster(UNASSIGNED)
        elif item.startswith(COHORT):
            self.cohort_asked.emit(item.removeprefix(COHORT))
        else:
            self.student_asked.emit(item)

    def show_roster(self, group: str, words: str = "") -> None:
        """Show the roster of one group, narrowed by words."""
        self.setCurrentWidget(self.roster)
        self.roster.search.setText(words)
        self.roster.filter.choose(group)
        self.roster.filter_changed.emit()
        self.roster.take_focus("")
