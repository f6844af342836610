"""The route of "who changed my data": the audit records of what is one's own."""

from typing import Annotated

import msgspec
from msgspec import Meta

from syncserver.rest.audit_logs import AuditRecord, actor_names, number_of, records_answer
from syncserver.rest.paging import page_size
from syncserver.rest.routes import Answer, Call, Route
from syncserver.storage.audit_listings import Columns
from syncserver.storage.own_records import own_records
from syncserver.storage.reading import Reading


class OwnAuditQuery(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Which page, and whether without what one did oneself."""

    by_others: bool = False
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None


async def own_audit(call: Call) -> Answer:
    """Everybody's changes of my account, my card, and all that lies in my own rooms."""
    asked: OwnAuditQuery = call.query
    before, limit = number_of(asked.cursor), page_size(call, asked.limit)

    def look(reading: Reading) -> tuple[list[Columns], dict[str, str]]:
        found = own_records(
            reading, call.me.user_id, by_others=asked.by_others, before=before, limit=limit + 1
        )
        return found, actor_names(reading, found)

    records, names = await call.services.relay.read(look)
    return records_answer(call, records, limit, names)


ROUTES = (
    Route(
        "GET",
        "/me/audit",
        own_audit,
        "Who changed what is mine, the newest first",
        query=OwnAuditQuery,
        answer=list[AuditRecord],
    ),
)
