"""Becoming one of the people: registration with an invitation, cohorts and their join codes."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from uuid_utils import uuid7

from domain.accounts import Account, RegisterAccount
from domain.cohorts import CohortCard, CreateCohort, RotateJoinCode
from domain.errors import Refused, not_found
from domain.instants import instant
from domain.members import Role
from syncserver.accounts import account_of
from syncserver.auth import Auth, hashed, new_code, plain_code
from syncserver.relay import Caller, Done, Relay
from syncserver.settings import Settings
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import Reading, Writing

JOIN_CODE_LETTERS = 8
Proof = Callable[[Reading], None]  # what it needs is used up only where it may write


class Applicant(NamedTuple):
    """Who wants to become one of the people, as they say it."""

    role: Role
    name: str
    email: str
    password: str
    time_zone: str
    join_code: str | None = None
    invitation: str | None = None
    locale: str = "en"


class Enrolment:
    """Lets people in, each in one commit with what the code or password needs."""

    def __init__(
        self, relay: Relay, auth: Auth, settings: Settings, now: Callable[[], datetime]
    ) -> None:
        self._relay = relay
        self._auth = auth
        self._settings = settings
        self._now = now

    async def register(
        self, applicant: Applicant, *, mutation_id: str, body_hash: str = ""
    ) -> Account:
        """The new person's account; a repeated mutation gives the same one.

        Raises:
            Refused: `join_code_unknown`, `invitation_unknown` or `email_taken`.
            Invalid: a field breaks a limit.
        """
        password_hash = await self._auth.hash_password(applicant.password)
        user_id = str(uuid7())
        cohort_id, proof = await self._proof_of(applicant, user_id, mutation_id)

        def also(writing: Writing) -> None:
            credentials = Credentials(writing.connection)
            proof(writing)
            credentials.set_password(user_id, password_hash, instant(self._now()))

        command = RegisterAccount(
            user_id=user_id,
            name=applicant.name,
            email=applicant.email,
            role=applicant.role,
            time_zone=applicant.time_zone,
            locale=applicant.locale,
            cohort_id=cohort_id,
        )
        try:
            await self._relay.do_trusted(
                command, mutation_id=mutation_id, body_hash=body_hash, actor=user_id, also=also
            )
        except Refused as refused:
            if refused.code == "email_taken":  # only who was let in may learn that
                await self._relay.read(proof)
            raise
        account = await self._relay.read(lambda reading: account_of(reading, applicant.email))
        if account is None:
            raise not_found("account")
        return account

    async def add_admin(self, name: str, email: str, password: str) -> str:
        """The id of a new admin; for the command line."""
        applicant = Applicant(Role.ADMIN, name, email, password, "UTC")
        return (await self.register(applicant, mutation_id=str(uuid7()))).id

    async def _proof_of(
        self, applicant: Applicant, user_id: str, mutation_id: str
    ) -> tuple[str | None, Proof]:
        """The cohort to join, and the check that is part of the commit."""
        if applicant.role is Role.STUDENT:
            return await self._joining(applicant.join_code)
        if applicant.role is Role.ADMIN:  # only the command line makes one
            return None, lambda _reading: None
        code = hashed(plain_code(applicant.invitation or ""))

        def use(reading: Reading) -> None:
            credentials, now = Credentials(reading.connection), instant(self._now())
            if not credentials.is_invited(code, applicant.role, now):
                raise Refused("invitation_unknown", "This invitation is wrong, used or over.")
            if isinstance(reading, Writing):
                credentials.use_invitation(code, user_id, now)

        return None, use

    async def _joining(self, join_code: str | None) -> tuple[str | None, Proof]:
        if not (join_code or "").strip() and self._settings.open_registration:
            return None, lambda _reading: None
        code = plain_code(join_code or "")

        def find(reading: Reading) -> str | None:
            cohort_id = Credentials(reading.connection).cohort_of_code(code)
            card = reading.find(CohortCard, cohort_id) if cohort_id else None
            return card.id if card and not card.archived else None

        def check(reading: Reading) -> None:
            if Credentials(reading.connection).cohort_of_code(code) != cohort_id:
                raise _join_code_unknown()

        cohort_id = await self._relay.read(find)
        if cohort_id is None:
            raise _join_code_unknown()
        return cohort_id, check

    async def create_cohort(
        self,
        command: CreateCohort,
        *,
        by: Caller | None,
        mutation_id: str,
        body_hash: str = "",
    ) -> Done:
        """Found a cohort with a join code; without a caller it has no mentor yet."""

        def also(writing: Writing) -> None:
            credentials, now = Credentials(writing.connection), instant(self._now())
            credentials.set_join_code(command.id, new_code(JOIN_CODE_LETTERS), now)

        if by is None:
            return await self._relay.do_trusted(command, mutation_id=mutation_id, also=also)
        return await self._relay.do(
            by, command, mutation_id=mutation_id, body_hash=body_hash, also=also
        )

    async def rotate_join_code(
        self, cohort_id: str, *, by: Caller, mutation_id: str, body_hash: str
    ) -> None:
        """Make a new join code; the old one opens nothing any more, and never will again.

        Raises:
            Refused: `not_found` or `forbidden`.
        """
        code, now = new_code(JOIN_CODE_LETTERS), instant(self._now())
        await self._relay.do(
            by,
            RotateJoinCode(cohort_id=cohort_id),
            mutation_id=mutation_id,
            body_hash=body_hash,
            also=lambda writing: Credentials(writing.connection).set_join_code(
                cohort_id, code, now
            ),
        )


def _join_code_unknown() -> Refused:
    return Refused(
        "join_code_unknown", "This join code is wrong; ask your mentor or admin for the new one."
    )
