"""What an admin does with one person's account, at the relay."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.account.administration import ACTIVE, DISABLED, Code, UserAccount
from desktop.store.people import students_of
from desktop.ui.admin.answers import finish, refuse
from desktop.ui.admin.asking import asks, trouble_words
from desktop.ui.admin.choices import mentor_choices
from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.looks import until_words
from desktop.ui.admin.person_view import DEACTIVATE, EDIT, REACTIVATE, RESET, PersonView
from desktop.ui.admin.release_dialog import Release, ReleaseDialog, ReleaseWords
from desktop.ui.admin.user_dialog import ChangeUserDialog
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Workspace
from domain.members import Role

T = TypeVar("T")


class PersonDeeds:
    """Asks what has to be asked, does it, and tells `taken` another state of the account.

    An answer that comes when somebody else is shown leaves their page alone.
    """

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        view: PersonView,
        taken: Callable[[UserAccount], object],
        *,
        shown: Callable[[], str],
    ) -> None:
        """`shown` gives the id of the person whose page it is now."""
        self._workspace = workspace
        self._theme = theme
        self._view = view
        self._taken = taken
        self._shown = shown
        self._waiting: set[str] = set()  # the ids of those about whom the relay is asked

    def show_waiting(self) -> None:
        """Take wishes about the one who is shown, or wait for the answer to the last."""
        self._view.set_busy(self._shown() in self._waiting)

    def do(self, deed: str, user: UserAccount | None) -> None:
        """Begin a deed of the page's, once the account is known."""
        of_accounts: dict[str, Callable[[UserAccount], object]] = {
            EDIT: self._edit,
            RESET: self._make_code,
            DEACTIVATE: self._ask_to_deactivate,
            REACTIVATE: self._reactivate,
        }
        if user is not None:
            of_accounts[deed](user)

    def _edit(self, user: UserAccount) -> None:
        dialog = ChangeUserDialog(self._theme, self._view.window(), user)

        def change(fields: dict[str, str]) -> None:
            dialog.set_busy(True)
            asks(
                self._view,
                lambda: self._workspace.administration.change_user(user.id, fields),
                done=lambda changed: self._on_changed(dialog, changed),
                failed=lambda error: refuse(
                    dialog, error, lambda words: self._tell(user, "error", words)
                ),
                name="change a person",
            )

        dialog.entered.connect(change)
        dialog.open()

    def _on_changed(self, dialog: ChangeUserDialog, user: UserAccount) -> None:
        finish(dialog)
        self._taken(user)

    def _ask(
        self,
        user: UserAccount,
        work: Callable[[], Awaitable[T]],
        done: Callable[[T], object],
        name: str,
    ) -> None:
        """Have the relay do something about a person, and take no other wish till it has."""

        def ended() -> None:
            self._waiting.discard(user.id)
            self.show_waiting()

        def on_done(answer: T) -> None:
            ended()
            done(answer)

        def on_failed(error: Exception) -> None:
            ended()
            self._tell(user, "error", trouble_words(error))

        self._waiting.add(user.id)
        self.show_waiting()
        asks(self._view, work, done=on_done, failed=on_failed, name=name)

    def _tell(self, user: UserAccount, tone: str, words: str, *, can_retry: bool = False) -> None:
        """Say what is the matter on their page, or elsewhere whom it is about."""
        if user.id == self._shown():
            self._view.show_state(tone, words, can_retry=can_retry)
        else:
            told = _tr("%1: %2").replace("%2", words).replace("%1", user.name)
            self._workspace.say(told)

    def _make_code(self, user: UserAccount) -> None:
        self._ask(
            user,
            lambda: self._workspace.administration.reset_code(user.id),
            lambda code: self._show_code(user, code),
            "reset code",
        )

    def _show_code(self, user: UserAccount, code: Code) -> None:
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
        self._ask(
            user,
            lambda: self._workspace.administration.deactivate(
                user.id, hand_over_to=release.successor, overlapping=release.overlapping
            ),
            lambda _none: self._on_state(_tr("%1 is deactivated."), replace(user, status=DISABLED)),
            "deactivate",
        )

    def _reactivate(self, user: UserAccount) -> None:
        self._ask(
            user,
            lambda: self._workspace.administration.reactivate(user.id),
            lambda _none: self._on_state(
                _tr("%1 can sign in again."), replace(user, status=ACTIVE)
            ),
            "reactivate",
        )

    def _on_state(self, said: str, user: UserAccount) -> None:
        """Show what is known to be so now, and then what the relay says."""
        self._workspace.say(said.replace("%1", user.name))
        self._taken(user)
        asks(
            self._view,
            lambda: self._workspace.administration.user(user.id),
            done=self._taken,
            failed=lambda error: self._on_unread(user, error),
            name="person",
        )

    def _on_unread(self, user: UserAccount, error: Exception) -> None:
        if user.id == self._shown():
            self._tell(user, "warning", trouble_words(error), can_retry=True)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Admin", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
