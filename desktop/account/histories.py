"""Who changed what, as the relay's audit log tells it: the history of an item, and of one's own."""

from typing import Any, NamedTuple

import msgspec

from desktop.account.api import Api
from desktop.account.authorized import TokenSource, authorized


class AuditRecord(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One change of one row; `values` has old and new by field, None where they are not kept.

    Fields have the names of the tables; `actor_name` is None for who has no account.
    """

    room: str
    n: int
    at: str
    actor_id: str
    action: str
    row_type: str
    row_id: str
    actor_name: str | None = None
    fields: list[str] = []
    values: dict[str, tuple[Any, Any]] | None = None

    @property
    def id(self) -> str:
        return f"{self.room} {self.n}"


class Page(NamedTuple):
    """Records, the newest first; `older` leads to the next page, "" where it is the last."""

    records: list[AuditRecord]
    older: str


class Histories:
    """Asks the relay, which has to be reached; raises as `OwnAccount` does."""

    def __init__(self, api: Api, tokens: TokenSource) -> None:
        self._api = api
        self._tokens = tokens

    async def of_item(self, kind: str, item_id: str, older: str = "") -> Page:
        """Who changed a row that one reads; `ApiRefused` `not_found` where the relay has none."""
        return await self._page(f"audit-logs/{kind}/{item_id}", newestFirst="true", cursor=older)

    async def of_mine(self, older: str = "", *, by_others: bool = False) -> Page:
        """Who changed what is one's own, perhaps without what one did oneself."""
        return await self._page("me/audit", byOthers=str(by_others).lower(), cursor=older)

    async def _page(self, path: str, **query: str) -> Page:
        found, older = await authorized(
            self._tokens, lambda token: self._api.page(token, path, list[AuditRecord], query)
        )
        return Page(found, older)
