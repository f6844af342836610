"""What admins do about people: new ones, changes, access, and the codes that let them in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from uuid_utils import uuid7

from domain.accounts import Account, DeactivateAccount, ReactivateAccount, RegisterAccount
from domain.administration import ChangeAccount
from domain.commands import Act
from domain.errors import Refused, not_found
from domain.instants import instant, later
from domain.members import Role
from syncserver.accounts import account_of, end_devices, nothing
from syncserver.auth import Auth, hashed, new_code
from syncserver.relay import Also, Caller, Expected, Relay
from syncserver.settings import Settings
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import RELAY_ID, Writing
from syncserver.storage.notes import act_of, note


class NewPerson(NamedTuple):
    """Who is to become one of the people, as an admin says it; the password is their own to set."""

    role: Role
    name: str
    email: str
    time_zone: str
    cohort_id: str | None = None
    mentor_id: str | None = None


class Code(NamedTuple):
    """A code to hand over in person, and when it ends."""

    code: str
    expires_at: str


class Invited(NamedTuple):
    """An invitation as it is told once: afterwards nobody can read its code again."""

    id: str
    code: str
    expires_at: str


class Administration:
    """Adds and changes people, and makes codes; each in one commit, and each audited."""

    def __init__(
        self, relay: Relay, auth: Auth, settings: Settings, now: Callable[[], datetime]
    ) -> None:
        self._relay = relay
        self._auth = auth
        self._settings = settings
        self._now = now

    async def add(
        self, person: NewPerson, *, by: Caller, key: str = "", mutation_id: str, body_hash: str
    ) -> tuple[Account, Code]:
        """A new account without a password, and the code with which its person sets one.

        A repeated mutation gives the same account, and under the same `key` the same code.

        Raises:
            Refused: `email_taken`.
            Invalid: a field breaks a limit, or names what is not there.
        """
        code = self._auth.code_for("person", by.user_id, key) if key else new_code()
        now = instant(self._now())
        end = later(now, timedelta(days=self._settings.invitation_days))
        user_id = str(uuid7())

        def also(writing: Writing) -> None:
            Credentials(writing.connection).set_reset_code(user_id, hashed(code), end)

        done = await self._relay.do_trusted(
            RegisterAccount(user_id=user_id, **person._asdict()),
            mutation_id=mutation_id,
            body_hash=body_hash,
            actor=by.user_id,
            device_id=by.device_id,
            also=also,
        )
        account = next(row for row in done.rows.values() if isinstance(row, Account))
        known = await self._relay.read(
            lambda reading: Credentials(reading.connection).reset_code_end(hashed(code))
        )
        return account, Code(code, known or end)

    async def change(
        self,
        command: ChangeAccount,
        *,
        by: Caller,
        mutation_id: str,
        body_hash: str,
        expected: Expected | None,
    ) -> None:
        """Change a person; one who changes sides signs in anew, to another program.

        Raises:
            Refused: `not_found`, `email_taken`, `last_admin`, `changed`, or `overlap` where
                sessions are handed over.
        """
        before = await self._relay.read(lambda reading: reading.find(Account, command.user_id))
        now = instant(self._now())

        def also(writing: Writing) -> None:
            after = writing.find(Account, command.user_id)
            if before and after and _is_student(before) != _is_student(after):
                end_devices(writing, command.user_id, now, by="role")

        await self._relay.do_trusted(
            command,
            mutation_id=mutation_id,
            body_hash=body_hash,
            actor=by.user_id,
            device_id=by.device_id,
            expected=expected,
            also=also,
        )

    async def deactivate(
        self, command: DeactivateAccount, *, by: Caller, mutation_id: str, body_hash: str = ""
    ) -> None:
        """End a person's access, and sign out all their devices.

        Raises:
            Refused: `not_found`, `own_account`, `last_admin`, or `overlap` where sessions are
                handed over.
        """
        if command.user_id == by.user_id:
            raise Refused("own_account", "Another admin has to deactivate your account.")
        now = instant(self._now())

        def also(writing: Writing) -> None:
            # Live lines end with the access, and are told that the account was deactivated: to say
            # that their devices were signed out would come before that.
            credentials = Credentials(writing.connection)
            credentials.end_devices(command.user_id, now, by="deactivated")

        await self._relay.do_trusted(
            command,
            mutation_id=mutation_id,
            body_hash=body_hash,
            actor=by.user_id,
            device_id=by.device_id,
            also=also,
        )

    async def reactivate(
        self, user_id: str, *, by: Caller, mutation_id: str, body_hash: str
    ) -> None:
        """Give access again. Raises `not_found`."""
        await self._relay.do_trusted(
            ReactivateAccount(user_id=user_id),
            mutation_id=mutation_id,
            body_hash=body_hash,
            actor=by.user_id,
            device_id=by.device_id,
        )

    async def invite(self, role: Role, *, by: Caller | None, key: str = "") -> Invited:
        """An invitation; the same `key` of the same person gives the same one.

        Without somebody who asks for it, it is the relay's own act.
        """
        user_id = by.user_id if by else None
        code = self._auth.code_for("invitation", user_id or "", key) if key else new_code()
        now = instant(self._now())
        end = later(now, timedelta(days=self._settings.invitation_days))
        made = Invited(str(uuid7()), code, end)

        def work(writing: Writing) -> Invited:
            credentials = Credentials(writing.connection)
            if key and (known := credentials.invitation_of_code(hashed(code))):
                return Invited(known.id, code, known.expires_at)
            credentials.add_invitation(hashed(code), role, user_id, now, end, invitation_id=made.id)
            _note_invitation(writing, by, now, "invitation.create", made.id)
            return made

        return await self._relay.write(work)

    async def withdraw(self, invitation_id: str, *, by: Caller, also: Also = nothing) -> None:
        """Have an invitation open nothing any more.

        Raises:
            Refused: `not_found`, or `invitation_used`.
        """
        now = instant(self._now())

        def work(writing: Writing) -> None:
            credentials = Credentials(writing.connection)
            known = credentials.invitation(invitation_id)
            if known is None:
                raise not_found("invitation")
            if known.used_by is not None:
                raise Refused("invitation_used", "Somebody has come in with this invitation.")
            credentials.withdraw_invitation(invitation_id, now)
            _note_invitation(writing, by, now, "invitation.withdraw", invitation_id)
            also(writing)

        await self._relay.write(work)

    async def allow_reset(self, email: str) -> Code:
        """A code with which this person can set a new password; for the command line.

        Raises:
            Refused: `not_found`.
        """
        account = await self._relay.read(lambda reading: account_of(reading, email))
        if account is None:
            raise Refused("not_found", "There is no account with this e-mail address.")
        return await self.allow_reset_of(account.id, by=None)

    async def allow_reset_of(self, user_id: str, *, by: Caller | None, key: str = "") -> Code:
        """The same for who is known by id; the same `key` gives the same code. Raises `not_found`.

        Without somebody who asks for it, it is the relay's own act.
        """
        asking = by.user_id if by else ""
        code = self._auth.code_for("reset", asking, user_id, key) if key else new_code()
        now = instant(self._now())
        end = later(now, timedelta(hours=self._settings.reset_code_hours))

        def work(writing: Writing) -> Code:
            account = writing.find(Account, user_id)
            if account is None:
                raise not_found("account")
            credentials = Credentials(writing.connection)
            if key and (known := credentials.reset_code_end(hashed(code))):
                return Code(code, known)
            credentials.set_reset_code(user_id, hashed(code), end)
            admin = writing.find(Account, by.user_id) if by else None
            act = act_of(admin, now, str(uuid7())) if admin else _own_act(writing, now)
            device_id = by.device_id if by else None
            said = {"resetCode": ""}
            note(writing, act, "account.reset_code", account, said=said, device_id=device_id)
            return Code(code, end)

        return await self._relay.write(work)


def _is_student(account: Account) -> bool:
    return account.role is Role.STUDENT


def _note_invitation(
    writing: Writing, by: Caller | None, now: str, action: str, invitation_id: str
) -> None:
    """Audit it in the room of who did it; what the command line does is nobody's."""
    if by is not None and (account := writing.find(Account, by.user_id)) is not None:
        act, said = act_of(account, now, str(uuid7())), {"invitation": invitation_id}
        note(writing, act, action, account, said=said, device_id=by.device_id)


def _own_act(writing: Writing, now: str) -> Act:
    """What the relay itself does, when the command line asks for it."""
    actor = writing.meta(RELAY_ID) or ""
    return Act(actor=actor, role=Role.ADMIN, at=now, now=now, mutation=str(uuid7()), trusted=True)
