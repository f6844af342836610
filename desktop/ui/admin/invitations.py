"""The invitations for mentors: those that are open, used or ended; made and withdrawn here."""

from PySide6.QtCore import QCoreApplication

from desktop.account.administration import Code, Invitation, Part
from desktop.store.people import mentor_names
from desktop.ui.admin.asking import RelayRows, Waiting, asks, trouble_words
from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.listing import RelayList
from desktop.ui.admin.looks import invitation_row, row_text, until_words
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace


class InvitationsScreen:
    """Reads the list whenever one comes to it; the code of an invitation is told once."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        self._names: dict[str, str] = {}
        model: RecordListModel[Invitation] = RecordListModel(
            lambda invitation: row_text(self._look(invitation)), self._look
        )
        self.page = RelayList(theme, model, _tr("Invitations"), "key")
        self.page.setContentsMargins(24, 0, 24, 16)
        self.rows = RelayRows(self.page, self._read, self._show, "invitations")
        self.waiting = Waiting(self.page)
        self.page.more_asked.connect(self.rows.more)
        self.page.again_asked.connect(self.rows.again)
        self.page.action_asked.connect(lambda _key, row_id: self._ask_to_withdraw(row_id))
        self._show()

    def read(self) -> None:
        """Ask the relay anew."""
        self._names = self._workspace.query(mentor_names)
        self.rows.begin()

    def invite(self) -> None:
        """Make one, and show its code; another one only after that."""
        if self.waiting.words:
            return
        self.waiting.show(_tr("Asking the relay…"))
        asks(
            self.page,
            self._workspace.administration.invite,
            done=self._show_code,
            failed=self._on_failed,
            name="invite",
        )

    def _on_failed(self, error: Exception) -> None:
        self.waiting.show("")
        self._workspace.say(trouble_words(error))

    def _show_code(self, made: Code) -> None:
        self.waiting.show("")
        self.rows.begin()
        words = _tr("Whoever has the link or the code can register as a mentor.")
        until = until_words(made.expires_at, self._workspace)
        CodeDialog(
            self._theme,
            self.page.window(),
            _tr("Invitation for a mentor"),
            f"{words} {until} {_tr('It is shown only now.')}",
            made.code,
            self._workspace.administration.link(invitation=made.code),
        ).open()

    def _ask_to_withdraw(self, invitation_id: str) -> None:
        ask(
            self.page.window(),
            _tr("Withdraw this invitation?"),
            _tr("Its code and its link let nobody in any more."),
            _tr("Withdraw"),
            lambda: self._withdraw(invitation_id),
            danger=True,
        )

    def _withdraw(self, invitation_id: str) -> None:
        asks(
            self.page,
            lambda: self._workspace.administration.withdraw(invitation_id),
            done=lambda _none: self._on_withdrawn(),
            failed=lambda error: self._workspace.say(trouble_words(error)),
            name="withdraw",
        )

    def _on_withdrawn(self) -> None:
        self._workspace.say(_tr("The invitation is withdrawn."))
        self.rows.begin()

    async def _read(self, after: str) -> Part[Invitation]:
        return await self._workspace.administration.invitations(after=after)

    def _look(self, invitation: Invitation) -> RowLook:
        return invitation_row(invitation, self._names, self._workspace)

    def _show(self) -> None:
        nothing = (
            _tr("No invitations"),
            _tr("Invite a mentor: you get a code and a link to pass on."),
        )
        self.page.show_rows(self.rows, nothing)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
