"""Pages of lists: where the next one begins, told in the Link header (RFC 8288)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Meta

from domain.errors import Invalid
from syncserver.rest.routes import Answer, Call

T = TypeVar("T")
Place = tuple[str, str]


class PageQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which page of a list that has no filter."""

    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None


def place_of(cursor: str | None) -> Place | None:
    """Where a page begins. Raises `Invalid` for a cursor that is not ours."""
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        place: Place = msgspec.json.decode(urlsafe_b64decode(padded.encode()), type=Place)
    except ValueError as error:  # also msgspec's and base64's
        raise Invalid("cursor", "malformed", "Take the cursor from the Link header.") from error
    return place


def page_size(call: Call, limit: int | None) -> int:
    """How many rows were asked for, within what the relay gives."""
    settings = call.services.settings
    return min(limit or settings.page_rows, settings.page_rows_most)


def page_answer(call: Call, rows: Sequence[T], limit: int, place: Callable[[T], Place]) -> Answer:
    """The first `limit` rows; one more says that there is a next page."""
    page = list(rows[:limit])
    if len(rows) <= limit:
        return Answer(page)
    cursor = urlsafe_b64encode(msgspec.json.encode(place(page[-1]))).decode().rstrip("=")
    given = {name: value for name, value in call.request.query_params.items() if name != "cursor"}
    query = urlencode({**given, "cursor": cursor})
    return Answer(page, {"Link": f'<{call.request.url.path}?{query}>; rel="next"'})
