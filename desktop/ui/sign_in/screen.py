"""Joins the sign-in page to the accounts of this computer."""

from collections.abc import Awaitable, Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.account.api import ApiRefused, Unreachable
from desktop.account.join_links import Malformed, join_link
from desktop.account.sign_in import Account, SignIn
from desktop.tasks import spawn
from desktop.ui.sign_in.forms import system_time_zone
from desktop.ui.sign_in.page import SignInPage
from desktop.ui.theme import Theme


class SignInScreen(QObject):
    """Carries out what the sign-in page asks for.

    Attributes:
        link: a join link that came while the relay was being asked; it waits for the answer.

    Signals:
        entered: the Account of whoever is in now.
        later_asked: back to the local work, without signing in.
    """

    entered = Signal(object)
    later_asked = Signal()

    def __init__(self, sign_in: SignIn, theme: Theme, server: str = "") -> None:
        super().__init__()
        self._sign_in = sign_in
        self.link = ""
        self.page = SignInPage(theme)
        if server:
            self.page.fill({"server": server})
        self.page.sign_in_asked.connect(self._on_sign_in)
        self.page.register_asked.connect(self._on_register)
        self.page.reset_asked.connect(self._on_reset)
        self.page.link_pasted.connect(self.take_link)
        self.page.later_asked.connect(self.later_asked)

    def take_link(self, text: str) -> None:
        """Fill in what a join link says; a text that is none is said at its field."""
        if self.page.is_busy:
            self.link = text
            return
        try:
            link = join_link(text)
        except Malformed as error:
            if self.page.link_field.isHidden():
                self.page.show_way("student")
            self.page.link_field.set_error(str(error))
            return
        self.page.show_way("mentor" if link.invitation else "student")
        self.page.fill(
            {"server": link.server, "joinCode": link.join_code, "invitation": link.invitation}
        )

    def begin_with(self, account: Account) -> None:
        """Fill in what is known of who was here last."""
        self.page.fill({"server": account.server, "email": account.email})

    def ask_again(self, account: Account) -> None:
        """Begin with what is known of somebody whose sign-in has ended; their work can wait."""
        self.page.show_way("sign_in")
        self.page.offer_later()
        self.begin_with(account)

    def _on_sign_in(self, values: Mapping[str, str]) -> None:
        entering = self._sign_in.sign_in(values["server"], values["email"], values["password"])
        self._enter(entering, _tr("Signing in…"))

    def _on_register(self, role: str, values: Mapping[str, str]) -> None:
        fields = {key: value for key, value in values.items() if key != "server"}
        fields |= {"role": role, "timeZone": system_time_zone()}
        self._enter(self._sign_in.register(values["server"], fields), _tr("Creating your account…"))

    def _on_reset(self, values: Mapping[str, str]) -> None:
        self.page.show_busy(_tr("Setting the password…"))
        spawn(self._try(lambda: self._reset(values)), name="reset password")

    def _enter(self, entering: Awaitable[Account], words: str) -> None:
        async def enter() -> None:
            account = await entering
            self.page.show_busy()
            self.page.forms[self.page.way].forget_secrets()
            self.entered.emit(account)

        self.page.show_busy(words)
        spawn(self._try(enter), name="sign in")

    async def _reset(self, values: Mapping[str, str]) -> None:
        await self._sign_in.reset_password(
            values["server"], values["email"], values["code"], values["newPassword"]
        )
        self.page.show_busy()
        self.page.forms["reset"].forget_secrets()
        self.page.show_way("sign_in")
        self.page.show_notice(_tr("Your new password is set. Sign in with it."))

    async def _try(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it and show what went wrong; then look at a link that came meanwhile."""
        if await self._succeeds(work):
            return
        link, self.link = self.link, ""
        if link:
            self.take_link(link)

    async def _succeeds(self, work: Callable[[], Awaitable[None]]) -> bool:
        try:
            await work()
        except Malformed as error:
            self.page.show_trouble(str(error), {"server": str(error)})
        except ApiRefused as error:
            self.page.show_trouble(str(error), self._at_fields(error))
        except Unreachable as error:
            self.page.show_trouble(str(error))
            self.page.offer_doctor()
        except OSError:
            self.page.show_trouble(
                _tr("Your computer could not keep the sign-in: the disk is full or read-only.")
            )
        else:
            return True
        return False

    def _at_fields(self, error: ApiRefused) -> dict[str, str]:
        """Where each sentence of a refusal belongs."""
        places = {
            "email_taken": "email",
            "join_code_unknown": "joinCode",
            "invitation_unknown": "invitation",
            "reset_code_unknown": "code",
            "credentials_wrong": "password",
        }
        found = dict(error.fields)
        if error.code in places and not found:
            found = {places[error.code]: str(error)}
        return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("SignIn", text)
