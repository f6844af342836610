"""The route of a room's first copy: its rows as one stream, from the newest to the oldest."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar import Response
from litestar.response import Stream
from msgspec import Meta

from domain.errors import Invalid
from syncserver.pulls import DIGITS, LARGEST
from syncserver.relay import CopyPage
from syncserver.rest.routes import Call, Route

MEDIA_TYPE = "application/x-ndjson"


class CopyQuery(msgspec.Struct, frozen=True, kw_only=True):
    """`until` and `cursor` (`version id`) go on with a copy that broke off: docs/protocol.md."""

    until: Annotated[int, Meta(ge=0, le=LARGEST)] | None = None
    cursor: str | None = None
    limit: Annotated[int, Meta(ge=1, le=20_000)] = 5_000


async def copy_room(call: Call) -> Response[Any]:
    asked: CopyQuery = call.query
    _check_cursor(asked.cursor)
    page = await _page(call, asked.until, asked.cursor, asked.limit)
    return Stream(_lines(call, asked.limit, asked.cursor, page), media_type=MEDIA_TYPE)


async def _lines(
    call: Call, limit: int, cursor: str | None, page: CopyPage
) -> AsyncIterator[bytes]:
    """A head, the rows, and a last line without which the answer broke off.

    It breaks off, too, where the relay is restored from a backup meanwhile.
    """
    encode = msgspec.json.Encoder().encode_lines
    past = page.audit_head
    begin = {"room": page.room, "until": page.until, "total": page.total}
    yield encode([{**begin, "auditHead": past}])
    left = limit
    while True:
        if page.rows:
            yield encode(page.rows)
            last = page.rows[-1]
            cursor = f"{last['version']} {last['id']}"
        left -= len(page.rows)
        if page.cursor is None or left <= 0:
            break
        page = await _page(call, page.until, page.cursor, left)
        if page.audit_head != past:
            return
    end = {"cursor": cursor, "done": page.cursor is None, "checksum": page.checksum}
    yield encode([{**end, "auditHead": past}])


async def _page(call: Call, until: int | None, cursor: str | None, left: int) -> CopyPage:
    return await call.services.relay.copy_page(
        call.me.user_id,
        call.param("room"),
        until=until,
        cursor=cursor,
        limit=min(left, call.services.settings.copy_page_rows),
    )


def _check_cursor(cursor: str | None) -> None:
    """Raise `Invalid` for a cursor that is no place."""
    version, space, row_id = (cursor or "0 -").partition(" ")
    if not (space and row_id and version.isdecimal() and len(version) <= DIGITS):
        raise Invalid("cursor", "malformed", "A cursor is a version and an id.")


ROUTES = (
    Route(
        "GET",
        "/sync/rooms/{room}",
        copy_room,
        "The first copy of a room, one JSON value a line",
        query=CopyQuery,
        answer=dict[str, Any],
        media_type=MEDIA_TYPE,
    ),
)
