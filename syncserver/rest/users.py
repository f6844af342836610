"""Routes of people as admins see and change them: accounts, roles, reset codes, open and closed."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from domain.accounts import Account, AccountState, DeactivateAccount
from domain.administration import ChangeAccount
from domain.errors import not_found
from domain.fields import EmailAddress, Instant, Name, Zone
from domain.ids import Id
from domain.members import Role
from domain.releases import HandOver, Sessions
from syncserver.administration import NewPerson
from syncserver.rest.paging import page_answer, page_size, place_of
from syncserver.rest.people import Leaving
from syncserver.rest.routes import Answer, Call, Route, Who
from syncserver.rest.sign_in import Form
from syncserver.storage.people import PeopleFilter, last_seen, people
from syncserver.storage.reading import Reading


class UserStatus(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


STATES = {
    UserStatus.ACTIVE: AccountState.ACTIVE,
    UserStatus.DISABLED: AccountState.DEACTIVATED,
}


class UsersQuery(msgspec.Struct, frozen=True, kw_only=True):
    """`q` is a part of the name or the e-mail address, in whatever case."""

    role: Role | None = None
    status: UserStatus | None = None
    q: str = ""
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None


class ShownUser(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person as admins see them: without preferences, without what they learn.

    `lastSeenAt` is when a device of theirs last signed in or renewed its sign-in.
    """

    id: Id
    name: str
    email: str
    role: Role
    status: UserStatus
    time_zone: str
    created_at: Instant
    last_seen_at: Instant | None


class NewUser(Form, frozen=True):
    """Somebody who has no password yet; a mentor with a cohort becomes one of its mentors."""

    role: Literal["student", "mentor"]
    name: Name
    email: EmailAddress
    time_zone: Zone = "UTC"
    cohort_id: Id | None = None
    mentor_id: Id | None = None


class ResetCode(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What its person sets a password with, at `auth/reset`; no other answer tells it."""

    code: str
    expires_at: Instant


class MadeUser(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The new person, and the code with which they set their password."""

    user: ShownUser
    code: str
    expires_at: Instant


class Closing(Leaving, frozen=True):
    """`handOverTo` is short for the `sessions` that hand over to this mentor."""

    hand_over_to: Id | None = None


class UserChange(Closing, frozen=True):
    """What is to change.

    `sessions`, `handOverTo` and `confirmOverlap` are for a mentor who becomes a student.
    """

    role: Role | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    email: EmailAddress | UnsetType = UNSET


async def users(call: Call) -> Answer:
    asked: UsersQuery = call.query
    state = STATES[asked.status] if asked.status else None
    which = PeopleFilter(asked.role, state, asked.q.strip())
    after, limit = place_of(asked.cursor), page_size(call, asked.limit)
    rows = await call.services.relay.read(
        lambda reading: people(reading, which, after=after, limit=limit + 1)
    )
    shown = [_shown(account, seen) for account, seen in rows]
    return page_answer(call, shown, limit, lambda user: (user.name, user.id))


async def user(call: Call) -> Answer:
    return await _answer(call, call.param("user_id"))


async def create(call: Call) -> Answer:
    form: NewUser = call.form
    person = NewPerson(
        role=Role(form.role),
        name=form.name,
        email=form.email,
        time_zone=form.time_zone,
        cohort_id=form.cohort_id,
        mentor_id=form.mentor_id,
    )
    account, code = await call.services.administration.add(
        person,
        by=call.caller,
        key=call.key,
        mutation_id=call.mutation_id,
        body_hash=call.body_hash,
    )
    made = MadeUser(user=_shown(account, None), code=code.code, expires_at=code.expires_at)
    return Answer(made, {"Location": f"/api/users/{account.id}"})


async def change(call: Call) -> Answer:
    form: UserChange = call.form
    user_id = call.param("user_id")
    command = ChangeAccount(
        user_id=user_id,
        role=form.role,
        name=form.name,
        email=form.email,
        sessions=_sessions(form),
        confirm_overlap=form.confirm_overlap,
    )
    await call.services.administration.change(
        command,
        by=call.caller,
        mutation_id=call.mutation_id,
        body_hash=call.body_hash,
        expected=call.expected((Account, user_id)),
    )
    return await _answer(call, user_id)


async def reset_code(call: Call) -> Answer:
    code = await call.services.administration.allow_reset_of(
        call.param("user_id"), by=call.caller, key=call.key
    )
    return Answer(ResetCode(code=code.code, expires_at=code.expires_at))


async def deactivate(call: Call) -> Answer:
    form: Closing = call.form
    command = DeactivateAccount(
        user_id=call.param("user_id"),
        sessions=_sessions(form),
        confirm_overlap=form.confirm_overlap,
    )
    await call.services.administration.deactivate(
        command, by=call.caller, mutation_id=call.mutation_id, body_hash=call.body_hash
    )
    return Answer()


async def reactivate(call: Call) -> Answer:
    await call.services.administration.reactivate(
        call.param("user_id"),
        by=call.caller,
        mutation_id=call.mutation_id,
        body_hash=call.body_hash,
    )
    return Answer()


def _sessions(form: Closing) -> Sessions:
    return HandOver(hand_over=form.hand_over_to) if form.hand_over_to else form.sessions


async def _answer(call: Call, user_id: str) -> Answer:
    """The person as they stand, with the version of their account as ETag."""

    def look(reading: Reading) -> tuple[Account, str | None]:
        account = reading.find(Account, user_id)
        if account is None:
            raise not_found("account")
        return account, last_seen(reading, user_id).get(user_id)

    account, seen = await call.services.relay.read(look)
    return Answer(_shown(account, seen), {"ETag": f'"{account.version}"'})


def _shown(account: Account, seen: str | None) -> ShownUser:
    is_active = account.state is AccountState.ACTIVE
    return ShownUser(
        id=account.id,
        name=account.name,
        email=account.email,
        role=account.role,
        status=UserStatus.ACTIVE if is_active else UserStatus.DISABLED,
        time_zone=account.time_zone,
        created_at=account.created_at,
        last_seen_at=seen,
    )


ONE = "/users/{user_id}"

ROUTES = (
    Route(
        "GET",
        "/users",
        users,
        "All people, by name",
        who=Who.ADMIN,
        query=UsersQuery,
        answer=list[ShownUser],
    ),
    Route(
        "POST",
        "/users",
        create,
        "Add a person, who sets a password with the code of the answer",
        who=Who.ADMIN,
        status=201,
        body=NewUser,
        answer=MadeUser,
        errors=("email_taken",),
    ),
    Route("GET", ONE, user, "One person", who=Who.ADMIN, answer=ShownUser),
    Route(
        "PATCH",
        ONE,
        change,
        "Give a person another role, name or e-mail address",
        who=Who.ADMIN,
        body=UserChange,
        answer=ShownUser,
        errors=("email_taken", "last_admin", "overlap", "changed"),
    ),
    Route(
        "POST",
        ONE + "/reset-code",
        reset_code,
        "Make a code with which a person sets a new password",
        who=Who.ADMIN,
        status=201,
        answer=ResetCode,
    ),
    Route(
        "POST",
        ONE + "/deactivate",
        deactivate,
        "End a person's access",
        who=Who.ADMIN,
        status=204,
        body=Closing,
        errors=("own_account", "last_admin", "overlap"),
    ),
    Route(
        "POST",
        ONE + "/reactivate",
        reactivate,
        "Give a person access again",
        who=Who.ADMIN,
        status=204,
    ),
)
