"""Students: the roster and one student's page, one in front of the other."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.store.roster import Student
from desktop.store.schedules import Session
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.students.roster_view import UNASSIGNED, RosterView
from desktop.ui.students.student_view import StudentView
from desktop.ui.theme import Theme


class StudentsPage(QStackedWidget):
    """Shows the roster or one student; `primary_action` is the one thing to do there.

    Signals:
        student_asked: the id of a student whose page is to open.
    """

    student_asked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        students: RecordListModel[Student],
        sessions: RecordListModel[Session],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.roster = RosterView(theme, students)
        self.student = StudentView(theme, sessions)
        self.primary_action = QAction(self)
        self.addWidget(self.roster)
        self.addWidget(self.student)

        self.roster.opened.connect(self.student_asked)

    @property
    def shows_roster(self) -> bool:
        return self.currentWidget() is self.roster

    def open_item(self, item: str) -> None:
        """Open a student by id; "unassigned" opens the roster of those without a mentor."""
        if item == UNASSIGNED:
            self.setCurrentWidget(self.roster)
            self.roster.search.clear()
            self.roster.filter.choose(UNASSIGNED)
            self.roster.filter_changed.emit()
            self.roster.take_focus("")
        else:
            self.student_asked.emit(item)
