"""Joins the list of all people to the relay, and one person's page to it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget

from desktop.account.administration import ACTIVE, NewUser, Part, UserAccount
from desktop.ui.admin.answers import finish, refuse
from desktop.ui.admin.asking import RelayRows, asks
from desktop.ui.admin.choices import cohort_choices, mentor_choices
from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.looks import row_text, until_words, user_row
from desktop.ui.admin.people_view import PeopleView
from desktop.ui.admin.person import PersonScreen
from desktop.ui.admin.user_dialog import NewUserDialog
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.workspace import Workspace


class PeopleScreen:
    """Keeps the list in step with its filters; it is read anew whenever one comes to it."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        model: RecordListModel[UserAccount] = RecordListModel(
            lambda user: row_text(user_row(user, workspace)), lambda user: user_row(user, workspace)
        )
        self.view = PeopleView(theme, model)
        self.page = QStackedWidget()
        self.rows = RelayRows(self.page, self._read, self._show, "people")
        self.person = PersonScreen(workspace, theme, self.rows.replace)
        self.page.addWidget(self.view)
        self.page.addWidget(self.person.view)
        self.view.filter_changed.connect(lambda: self.rows.begin(another=True))
        self.view.people.more_asked.connect(self.rows.more)
        self.view.people.again_asked.connect(self.rows.again)
        self.view.opened.connect(self.open_item)
        self.person.view.back_asked.connect(self.close_person)
        self._show()

    @property
    def is_list(self) -> bool:
        return self.page.currentWidget() is self.view

    def read(self) -> None:
        """Ask the relay anew for what is shown."""
        self.rows.begin()
        if not self.is_list:
            self.person.read()

    def open_item(self, user_id: str) -> None:
        """Open a person's page, or with "" the list."""
        if not user_id:
            self.close_person()
            return
        known = next((user for user in self.rows.rows if user.id == user_id), None)
        self.person.open(user_id, known)
        self.page.setCurrentWidget(self.person.view)
        self.person.view.take_focus()

    def close_person(self) -> None:
        """Go back to the list, where one was."""
        self.page.setCurrentWidget(self.view)
        self.view.people.list.select(self.person.user_id)
        self.view.people.list.setFocus()
        self.person.close()

    def new_person(self) -> None:
        """Ask who is to be added."""
        dialog = NewUserDialog(
            self._theme,
            self.page.window(),
            cohort_choices(self._workspace),
            mentor_choices(self._workspace),
        )
        keys: dict[str, str] = {}  # the same for each try of the same: nobody is added twice

        def add(fields: dict[str, str]) -> None:
            key = keys.setdefault(str(fields), self._workspace.new_id())
            self._add(dialog, fields, key)

        dialog.entered.connect(add)
        dialog.open()

    def _add(self, dialog: NewUserDialog, fields: dict[str, str], key: str) -> None:
        dialog.set_busy(True)
        fields = {**fields, "timeZone": self._workspace.zone.key}  # until they set another
        # The page waits for it: who closes the form still has to be told the code.
        asks(
            self.page,
            lambda: self._workspace.administration.add_user(fields, key=key),
            done=lambda made: self._on_added(dialog, made),
            failed=lambda error: refuse(
                dialog, error, lambda words: self._on_not_added(fields["name"], words)
            ),
            name="add a person",
        )

    def _on_not_added(self, name: str, why: str) -> None:
        words = _tr("%1 was not added. %2")
        self._workspace.say(words.replace("%2", why).replace("%1", name))

    def _on_added(self, dialog: NewUserDialog, made: NewUser) -> None:
        finish(dialog)
        self.rows.begin()
        words = _tr("Give %1 this code: with it they choose “Forgot password?” and set their own.")
        sentence = words.replace("%1", made.user.name)
        until = until_words(made.expires_at, self._workspace)
        CodeDialog(
            self._theme,
            self.page.window(),
            _tr("%1 is added").replace("%1", made.user.name),
            f"{sentence} {until} {_tr('It is shown only now.')}",
            made.code,
        ).open()

    async def _read(self, after: str) -> Part[UserAccount]:
        view = self.view
        return await self._workspace.administration.users(
            role=view.filter.current,
            status="" if view.with_gone.isChecked() else ACTIVE,
            q=view.search.text().strip(),
            after=after,
        )

    def _show(self) -> None:
        self.view.people.show_rows(self.rows, self.view.nothing())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
