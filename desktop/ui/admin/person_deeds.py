"""What an admin does with one person: the account at the relay, the assignments here."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.account.administration import Code, UserAccount
from desktop.store.people import mentor_names, student_card, students_of
from desktop.ui.admin.asking import asks, field_errors, trouble_words
from desktop.ui.admin.choices import NONE, cohort_choices, mentor_choices, no_cohort
from desktop.ui.admin.choose_dialog import ChooseDialog
from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.looks import until_words
from desktop.ui.admin.person_view import (
    ASSIGN,
    DEACTIVATE,
    EDIT,
    HAND_OVER,
    MOVE,
    REACTIVATE,
    RESET,
    PersonView,
)
from desktop.ui.admin.release_dialog import Release, ReleaseDialog, ReleaseWords
from desktop.ui.admin.user_dialog import ChangeUserDialog
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Workspace
from domain.assignments import AssignStudent, MoveCohort, UnassignStudent
from domain.members import Role


class PersonDeeds:
    """Asks what has to be asked, does it, and tells `taken` another state of the account."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        view: PersonView,
        taken: Callable[[UserAccount], object],
    ) -> None:
        self._workspace = workspace
        self._theme = theme
        self._view = view
        self._taken = taken

    def do(self, deed: str, user_id: str, user: UserAccount | None) -> None:
        """Begin a deed of the page's; those of the account need `user`."""
        self._view.show_state("", "")
        of_accounts: dict[str, Callable[[UserAccount], object]] = {
            EDIT: self._edit,
            RESET: self._make_code,
            DEACTIVATE: self._ask_to_deactivate,
            REACTIVATE: self._reactivate,
        }
        if deed == ASSIGN:
            self._assign(user_id)
        elif deed == MOVE:
            self._move(user_id)
        elif user is not None:
            of_accounts[deed](user)

    def _edit(self, user: UserAccount) -> None:
        dialog = ChangeUserDialog(self._theme, self._view.window(), user)

        def change(fields: dict[str, str]) -> None:
            dialog.set_busy(True)
            asks(
                dialog,
                lambda: self._workspace.administration.change_user(user.id, fields),
                done=lambda changed: self._on_changed(dialog, changed),
                failed=lambda error: dialog.show_errors(field_errors(error)),
                name="change a person",
            )

        dialog.entered.connect(change)
        dialog.open()

    def _on_changed(self, dialog: ChangeUserDialog, user: UserAccount) -> None:
        dialog.accept()
        self._taken(user)

    def _make_code(self, user: UserAccount) -> None:
        self._view.set_busy(True)
        asks(
            self._view,
            lambda: self._workspace.administration.reset_code(user.id),
            done=lambda code: self._show_code(user, code),
            failed=self._on_failed,
            name="reset code",
        )

    def _show_code(self, user: UserAccount, code: Code) -> None:
        self._view.set_busy(False)
        words = _tr("Give %1 this code: with it they choose “Forgot password?” and set a new one.")
        until = until_words(code.expires_at, self._workspace)
        CodeDialog(
            self._theme,
            self._view.window(),
            _tr("Code for a new password"),
            f"{words.replace('%1', user.name)} {until} {_tr('It is shown only now.')}",
            code.code,
        ).open()

    def _ask_to_deactivate(self, user: UserAccount) -> None:
        title = _tr("Deactivate %1?").replace("%1", user.name)
        out = _tr("They are signed out everywhere and cannot sign in. What they did stays.")
        if user.role is Role.STUDENT:
            follows = _tr("Their coming sessions are canceled, and everybody concerned is told.")
            ask(
                self._view.window(),
                title,
                f"{out} {follows}",
                _tr("Deactivate"),
                lambda: self._deactivate(user, Release()),
                danger=True,
            )
            return
        count = len(self._workspace.query(students_of, user.id))
        words = ReleaseWords(
            title=title,
            sentence=out,
            button=_tr("Deactivate"),
            canceled=_n("%n students lose this mentor; the coming sessions are canceled.", count),
            handed_over=_n("%1 gets %n students, the cohorts and the coming sessions.", count),
        )
        ReleaseDialog(
            self._theme,
            self._view.window(),
            words,
            mentor_choices(self._workspace, besides=[user.id]),
            lambda release: self._deactivate(user, release),
        ).open()

    def _deactivate(self, user: UserAccount, release: Release) -> None:
        self._view.set_busy(True)
        asks(
            self._view,
            lambda: self._workspace.administration.deactivate(
                user.id, hand_over_to=release.successor, overlapping=release.overlapping
            ),
            done=lambda _none: self._on_state(_tr("%1 is deactivated."), user),
            failed=self._on_failed,
            name="deactivate",
        )

    def _reactivate(self, user: UserAccount) -> None:
        self._view.set_busy(True)
        asks(
            self._view,
            lambda: self._workspace.administration.reactivate(user.id),
            done=lambda _none: self._on_state(_tr("%1 can sign in again."), user),
            failed=self._on_failed,
            name="reactivate",
        )

    def _on_state(self, said: str, user: UserAccount) -> None:
        self._view.set_busy(False)
        self._workspace.say(said.replace("%1", user.name))
        asks(
            self._view,
            lambda: self._workspace.administration.user(user.id),
            done=self._taken,
            failed=self._on_failed,
            name="person",
        )

    def _on_failed(self, error: Exception) -> None:
        self._view.set_busy(False)
        self._view.show_state("error", trouble_words(error))

    def _assign(self, user_id: str) -> None:
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

    def _move(self, user_id: str) -> None:
        card = self._workspace.query(student_card, user_id)
        if card is None:
            return
        choices = cohort_choices(self._workspace, besides=[card.cohort_id or ""])
        if card.cohort_id:
            choices.append(no_cohort())
        if not choices:
            self._workspace.say(_tr("There is no cohort yet."))
            return
        ChooseDialog(
            self._theme,
            self._view.window(),
            _tr("Move %1 to another cohort?").replace("%1", card.name),
            _tr("They leave the coming group sessions of the old one and join the new."),
            _tr("Move"),
            _tr("Cohort"),
            choices,
            lambda chosen: self._workspace.do(
                MoveCohort(student_id=card.id, cohort_id=None if chosen == NONE else chosen)
            ),
        ).open()

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


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Admin", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
