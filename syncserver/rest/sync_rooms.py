"""The route of a room's first copy: its rows as one stream, from the newest to the oldest."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar.response import Stream
from msgspec import Meta

from domain.errors import Invalid
from syncserver.rest.routes import Call, Route

MEDIA_TYPE = "application/x-ndjson"


class CopyQuery(msgspec.Struct, frozen=True, kw_only=True):
    """`until` and `cursor` (`version id`) go on with a copy that broke off: docs/protocol.md."""

    until: Annotated[int, Meta(ge=0)] | None = None
    cursor: str | None = None
    limit: Annotated[int, Meta(ge=1, le=20_000)] = 5_000
