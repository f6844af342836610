"""Routes of invitations: who may come in as a mentor, and who did."""

from typing import Literal

import msgspec

from domain.fields import Instant
from domain.members import Role
from syncserver.rest.paging import PageQuery, page_answer, page_size, place_of
from syncserver.rest.routes import Answer, Call, Route, Who
from syncserver.rest.sign_in import Form
from syncserver.storage.credentials import Credentials, Invitation


class Invite(Form, frozen=True):
    role: Literal["mentor"]


class MadeInvitation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The only answer that ever tells the code."""

    id: str
    code: str
    expires_at: Instant


class ShownInvitation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An invitation without its code; `createdBy` and `usedBy` are ids of people.

    One without `createdBy` was made by the relay's command line.
    """

    id: str
    role: Role
    created_at: Instant
    created_by: str | None
    expires_at: Instant
    used_at: Instant | None
    used_by: str | None


async def invitations(call: Call) -> Answer:
    asked: PageQuery = call.query
    before, limit = place_of(asked.cursor), page_size(call, asked.limit)
    rows = await call.services.relay.read(
        lambda reading: Credentials(reading.connection).invitations(before=before, limit=limit + 1)
    )
    shown = [_shown(row) for row in rows]
    return page_answer(call, shown, limit, lambda row: (row.created_at, row.id))


async def invite(call: Call) -> Answer:
    form: Invite = call.form
    made = await call.services.administration.invite(Role(form.role), by=call.caller, key=call.key)
    return Answer(MadeInvitation(**made._asdict()))


async def withdraw(call: Call) -> Answer:
    await call.services.administration.withdraw(
        call.param("invitation_id"), by=call.caller, also=call.keeping_done
    )
    return Answer()


def _shown(row: Invitation) -> ShownInvitation:
    return ShownInvitation(**(row._asdict() | {"role": Role(row.role)}))


ROUTES = (
    Route(
        "GET",
        "/invitations",
        invitations,
        "Invitations, the newest first",
        who=Who.ADMIN,
        query=PageQuery,
        answer=list[ShownInvitation],
    ),
    Route(
        "POST",
        "/invitations",
        invite,
        "Invite a mentor",
        who=Who.ADMIN,
        status=201,
        body=Invite,
        answer=MadeInvitation,
    ),
    Route(
        "DELETE",
        "/invitations/{invitation_id}",
        withdraw,
        "Have an invitation open nothing any more",
        who=Who.ADMIN,
        status=204,
        errors=("invitation_used",),
    ),
)
