"""Routes of registration, signing in and out, and passwords."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal, TypeVar

import msgspec

from domain.errors import Invalid, Refused
from domain.fields import EmailAddress, Locale, Name, Zone, email_address
from domain.members import Role
from syncserver.accounts import Grant
from syncserver.auth import TokenRefused
from syncserver.enrolment import Applicant
from syncserver.limits import TooMany, Tries
from syncserver.logs import log
from syncserver.rest.repeats import Answered
from syncserver.rest.routes import Answer, Call, Route, Who

T = TypeVar("T")
DEVICE_NAME = "X-Device-Name"
LONGEST_ADDRESS = 254


class Form(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of request bodies; unknown fields are ignored."""


class Registration(Form, frozen=True):
    """A student gives a join code, a mentor an invitation."""

    role: Literal["student", "mentor"]
    name: Name
    email: EmailAddress
    password: str
    time_zone: Zone = "UTC"
    locale: Locale = "en"
    join_code: str | None = None
    invitation: str | None = None


class SignIn(Form, frozen=True):
    email: str
    password: str


class Refresh(Form, frozen=True):
    refresh_token: str


class SignOut(Form, frozen=True):
    everywhere: bool = False


class NewPassword(Form, frozen=True):
    current_password: str
    new_password: str


class NewEmail(Form, frozen=True):
    current_password: str
    new_email: str


class Reset(Form, frozen=True):
    email: str
    code: str
    new_password: str


async def register(call: Call) -> Answer:
    form: Registration = call.form
    services = call.services
    applicant = Applicant(
        role=Role(form.role),
        name=form.name,
        email=form.email,
        password=form.password,
        time_zone=form.time_zone,
        join_code=form.join_code,
        invitation=form.invitation,
        locale=form.locale,
    )
    key = f"code {call.address}"
    registering = partial(
        services.enrolment.register,
        applicant,
        mutation_id=call.mutation_id,
        body_hash=call.body_hash,
    )
    account = await _limited(call, services.code_tries, key, registering)
    services.code_tries.give_back(key)
    return Answer(await services.accounts.grant(account, _device_name(call)))


async def sign_in(call: Call) -> Answer:
    form: SignIn = call.form
    services, key = call.services, f"{_account_key(form.email)} {call.address}"
    trying = partial(services.accounts.sign_in, form.email, form.password, _device_name(call))
    try:
        grant = await _limited(call, services.sign_in_tries, key, trying)
    except Refused as refused:
        services.metrics.sign_ins.labels(refused.code).inc()
        raise
    services.sign_in_tries.forgive(key)
    services.metrics.sign_ins.labels("signed_in").inc()
    return Answer(grant)


async def refresh(call: Call) -> Answer:
    """The token decides whether it may be repeated; the answer is then the one that was kept."""
    form: Refresh = call.form
    await call.check_key()
    try:
        return Answer(await call.services.accounts.refresh(form.refresh_token, call.key))
    except TokenRefused as refused:
        if refused.code == "token_reused":
            log("accounts").warning("refresh_token_reused", address=call.address)
        raise


async def sign_out(call: Call) -> Answer:
    form: SignOut = call.form
    await call.services.accounts.sign_out(
        call.me, everywhere=form.everywhere, also=call.keeping_done
    )
    return Answer()


async def change_password(call: Call) -> Answer:
    form: NewPassword = call.form
    services, key = call.services, f"{call.me.user_id} {call.address}"
    changing = partial(
        services.accounts.change_password,
        call.me,
        form.current_password,
        form.new_password,
        also=call.keeping_done,
    )
    await _limited(call, services.sign_in_tries, key, changing)
    services.sign_in_tries.forgive(key)
    return Answer()


async def change_email(call: Call) -> Answer:
    form: NewEmail = call.form
    services, key = call.services, f"{call.me.user_id} {call.address}"
    changing = partial(
        services.accounts.change_email,
        call.me,
        form.current_password,
        form.new_email,
        mutation_id=call.mutation_id,
        body_hash=call.body_hash,
    )
    await _limited(call, services.sign_in_tries, key, changing)
    services.sign_in_tries.forgive(key)
    return Answer()


async def reset_password(call: Call) -> Answer:
    form: Reset = call.form
    services, key = call.services, f"{_account_key(form.email)} {call.address}"
    resetting = partial(
        services.accounts.reset_password,
        form.email,
        form.code,
        form.new_password,
        also=call.keeping_done,
    )
    await _limited(call, services.sign_in_tries, key, resetting)
    services.sign_in_tries.forgive(key)
    return Answer()


async def _limited(call: Call, tries: Tries, key: str, work: Callable[[], Awaitable[T]]) -> T:
    """Do the work if the key has tries left; only a wrong secret costs one in the end.

    A repeated request is found only now: whoever guesses at somebody's key and body is counted.
    """
    try:
        tries.begin(key)
    except TooMany:
        call.services.metrics.limited.labels("tries").inc()
        raise
    try:
        await call.check_repeat()
    except Answered:
        tries.give_back(key)
        raise
    return await work()


def _account_key(email: str) -> str:
    """One key for all spellings of one account's address; one for all that is no address."""
    try:
        address = email_address("email", email)
    except Invalid:
        return ""
    return address if len(address) <= LONGEST_ADDRESS else ""


def _device_name(call: Call) -> str:
    """What the person will know the device by."""
    headers = call.request.headers
    name = headers.get(DEVICE_NAME) or headers.get("User-Agent") or "Unknown device"
    return " ".join("".join(c for c in name if c.isprintable()).split())


ROUTES = (
    Route(
        "POST",
        "/auth/register",
        register,
        "Become one of the people",
        who=Who.ANYONE,
        status=201,
        body=Registration,
        answer=Grant,
        errors=("email_taken", "join_code_unknown", "invitation_unknown", "too_many_tries"),
        counts_tries=True,
    ),
    Route(
        "POST",
        "/auth/login",
        sign_in,
        "Sign in on a new device",
        who=Who.ANYONE,
        body=SignIn,
        answer=Grant,
        errors=("credentials_wrong", "account_disabled", "too_many_tries"),
        counts_tries=True,
    ),
    Route(
        "POST",
        "/auth/refresh",
        refresh,
        "Change a refresh token for the next grant",
        who=Who.ANYONE,
        body=Refresh,
        answer=Grant,
        errors=("token_reused", "token_expired", "token_invalid", "account_disabled"),
        counts_tries=True,
    ),
    Route("POST", "/auth/logout", sign_out, "Sign out", status=204, body=SignOut),
    Route(
        "POST",
        "/auth/password",
        change_password,
        "Set a new password and sign out all other devices",
        status=204,
        body=NewPassword,
        errors=("credentials_wrong", "too_many_tries"),
        counts_tries=True,
    ),
    Route(
        "POST",
        "/auth/email",
        change_email,
        "Sign in under another e-mail address from now on",
        status=204,
        body=NewEmail,
        errors=("credentials_wrong", "email_taken", "too_many_tries"),
        counts_tries=True,
    ),
    Route(
        "POST",
        "/auth/reset",
        reset_password,
        "Set a new password with a reset code",
        who=Who.ANYONE,
        status=204,
        body=Reset,
        errors=("reset_code_unknown", "too_many_tries"),
        counts_tries=True,
    ),
)
