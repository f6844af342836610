"""What an admin does at the relay itself: people, invitations, codes, the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

import msgspec

from desktop.account.api import Api, decoded
from desktop.account.authorized import TokenSource, authorized
from desktop.account.histories import AuditRecord
from desktop.account.join_links import link_to_join
from domain.members import Role

if TYPE_CHECKING:
    import httpx

ACTIVE, DISABLED = "active", "disabled"
PART = 100  # so many rows are asked for at once
LARGEST_PART = 500  # as many as a relay gives at once

T = TypeVar("T")


class UserAccount(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person as admins see them; `last_seen_at` is none for one who has never signed in."""

    id: str
    name: str
    email: str
    role: Role
    status: str
    time_zone: str
    created_at: str
    last_seen_at: str | None = None

    @property
    def is_active(self) -> bool:
        return self.status == ACTIVE


class Code(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A code that is told once, and until when it can be used."""

    code: str
    expires_at: str


class NewUser(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person who was added, and the code with which they set their password."""

    user: UserAccount
    code: str
    expires_at: str


class Invitation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An invitation without its code; `created_by` and `used_by` are ids of people."""

    id: str
    role: Role
    created_at: str
    created_by: str | None = None
    expires_at: str
    used_at: str | None = None
    used_by: str | None = None


class CohortCode(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A cohort's join code, or none where no one has made it yet."""

    join_code: str | None = None


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some rows of a list of the relay's; `after` asks for the next ones, "" at the end."""

    rows: list[T]
    after: str = ""


class Administration:
    """Asks the relay, which has to be reached; nothing of it is kept here.

    Every method raises `ApiRefused` or `Unreachable`, or what `tokens` raises; nothing was changed
    then, and `str(error)` is for the person's eyes.
    """

    def __init__(self, api: Api, tokens: TokenSource) -> None:
        self._api = api
        self._tokens = tokens

    def link(self, *, code: str = "", invitation: str = "") -> str:
        """The link that lets a student in with a cohort's code, or a mentor with an invitation."""
        return link_to_join(self._api.server, code=code, invitation=invitation)

    async def users(
        self, *, role: str = "", status: str = "", q: str = "", after: str = ""
    ) -> Part[UserAccount]:
        """People by name, narrowed by what is not empty."""
        query = {"role": role, "status": status, "q": q}
        return await self._list("users", query, after, list[UserAccount])

    async def everybody(self) -> list[UserAccount]:
        """All people, by name."""
        found: list[UserAccount] = []
        after = ""
        while True:
            part = await self._list("users", {}, after, list[UserAccount], limit=LARGEST_PART)
            found += part.rows
            after = part.after
            if not after:
                return found

    async def user(self, user_id: str) -> UserAccount:
        return decoded((await self._ask("GET", f"users/{user_id}")).content, UserAccount)

    async def add_user(self, fields: Mapping[str, str], *, key: str = "") -> NewUser:
        """Add a person; empty fields are left out, and the same key adds them once."""
        given = {name: value for name, value in fields.items() if value}
        return decoded((await self._ask("POST", "users", given, key=key)).content, NewUser)

    async def change_user(self, user_id: str, fields: Mapping[str, str]) -> UserAccount:
        answer = await self._ask("PATCH", f"users/{user_id}", fields)
        return decoded(answer.content, UserAccount)

    async def reset_code(self, user_id: str) -> Code:
        return decoded((await self._ask("POST", f"users/{user_id}/reset-code")).content, Code)

    async def deactivate(
        self, user_id: str, *, hand_over_to: str = "", overlapping: bool = False
    ) -> None:
        """End a person's access; a mentor's sessions go to another mentor, or are canceled.

        With `overlapping` they go there whatever that mentor has planned.
        """
        body: dict[str, Any] = {}
        if hand_over_to:
            body = {"sessions": {"handOver": hand_over_to}, "confirmOverlap": overlapping}
        await self._ask("POST", f"users/{user_id}/deactivate", body)

    async def reactivate(self, user_id: str) -> None:
        await self._ask("POST", f"users/{user_id}/reactivate")

    async def invitations(self, *, after: str = "") -> Part[Invitation]:
        """Invitations, newest first."""
        return await self._list("invitations", {}, after, list[Invitation])

    async def invite(self) -> Code:
        """Make an invitation for a mentor."""
        answer = await self._ask("POST", "invitations", {"role": Role.MENTOR})
        return decoded(answer.content, Code)

    async def withdraw(self, invitation_id: str) -> None:
        """Let an invitation open nothing any more."""
        await self._ask("DELETE", f"invitations/{invitation_id}")

    async def cohort_code(self, cohort_id: str) -> str:
        """The cohort's join code, "" where there is none."""
        answer = await self._ask("GET", f"cohorts/{cohort_id}")
        return decoded(answer.content, CohortCode).join_code or ""

    async def new_cohort_code(self, cohort_id: str) -> str:
        """Another join code; the old one lets nobody in any more."""
        answer = await self._ask("POST", f"cohorts/{cohort_id}/join-code")
        return decoded(answer.content, CohortCode).join_code or ""

    async def change_cohort(self, cohort_id: str, fields: Mapping[str, str]) -> None:
        """Change a cohort that one does not lead, whose row is not on this computer."""
        await self._ask("PATCH", f"cohorts/{cohort_id}", fields)

    async def audit(
        self, query: Mapping[str, str], *, after: str = "", limit: int = PART
    ) -> Part[AuditRecord]:
        """Records of the audit log, newest first; `query` as on the wire, empty values are none."""
        return await self._list("audit-logs", query, after, list[AuditRecord], limit=limit)

    async def audit_file(self, query: Mapping[str, str], form: str) -> bytes:
        """All records that fit as a file, in the form "csv" or "ndjson"."""
        named = {name: value for name, value in query.items() if value} | {"format": form}
        return (await self._ask("GET", f"audit-logs?{urlencode(named)}")).content

    async def _list(
        self,
        path: str,
        query: Mapping[str, str],
        after: str,
        kind: type[list[T]],
        *,
        limit: int = PART,
    ) -> Part[T]:
        named = {"limit": str(limit), **query, "cursor": after}
        rows, next_ = await authorized(
            self._tokens, lambda token: self._api.page(token, path, kind, named)
        )
        return Part(rows, next_)

    async def _ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = ""
    ) -> "httpx.Response":
        return await authorized(
            self._tokens, lambda token: self._api.ask(token, method, path, body, key=key)
        )
