"""A relay's REST interface for admins, over the relay of tests: it does what it is asked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec

from desktop.account.api import Api
from desktop.account.sign_in import AccessToken
from domain.accounts import (
    Account,
    AccountState,
    DeactivateAccount,
    ReactivateAccount,
    RegisterAccount,
)
from domain.assignments import AssignStudent
from domain.cohorts import UpdateCohort
from domain.errors import Refused
from domain.instants import instant
from domain.members import Role
from domain.releases import HandOver
from tests.builders import NOW, a_registration, id_of
from tests.desktop.account.servers import SERVER, a_problem
from tests.fakes import MemoryRelay

LIFE = timedelta(days=7)
Answer = tuple[int, Any]


async def a_token(*, fresh: bool = False) -> AccessToken:
    return AccessToken("access 1", 900.0)


@dataclass
class AdminRelay:
    """Accounts are those of `relay`; the rest is kept here.

    While `answering` is not set, whoever asks waits; with `trouble` everything fails.
    `tried` counts the questions, those that failed too.
    """

    relay: MemoryRelay
    now: Callable[[], datetime]
    page: int = 100
    trouble: Exception | None = None
    tried: int = 0
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # join codes by cohort
    invitations: list[dict[str, Any]] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)  # of the audit log
    readings: list[dict[str, str]] = field(default_factory=list)  # of it
    keys: dict[str, Answer] = field(default_factory=dict)
    refusals: dict[str, httpx.Response] = field(default_factory=dict)  # by e-mail of new people
    refuses_once: bool = False
    loses: int = 0  # so many answers about new people do not arrive
    made: int = 0

    def __post_init__(self) -> None:
        self.answering = asyncio.Event()
        self.answering.set()
        self.api = Api(SERVER, device="a test", transport=httpx.MockTransport(self._answer))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.tried += 1
        await self.answering.wait()
        if self.trouble:
            raise self.trouble
        body = msgspec.json.decode(request.content) if request.content else {}
        path = request.url.path.removeprefix("/api/")
        self.asked.append((request.method, path, body))
        query = dict(request.url.params)
        for pattern, serve in self._routes().items():
            if found := re.fullmatch(pattern, f"{request.method} {path}"):
                return serve(*found.groups(), query=query, body=body, headers=request.headers)
        return a_problem(404, "not_found", "There is no such place.")

    def _routes(self) -> dict[str, Callable[..., httpx.Response]]:
        one = "([^/]+)"
        return {
            "GET users": self._users,
            f"GET users/{one}": self._user,
            "POST users": self._add,
            f"PATCH users/{one}": self._change,
            f"POST users/{one}/reset-code": self._reset_code,
            f"POST users/{one}/deactivate": self._deactivate,
            f"POST users/{one}/reactivate": self._reactivate,
            "GET invitations": self._invitations,
            "GET audit-logs": self._audit,
            "POST invitations": self._invite,
            f"DELETE invitations/{one}": self._withdraw,
            f"GET cohorts/{one}": self._cohort,
            f"PATCH cohorts/{one}": self._change_cohort,
            f"POST cohorts/{one}/join-code": self._new_code,
        }

    def shown(self, account: Account) -> dict[str, Any]:
        is_active = account.state is AccountState.ACTIVE
        return {
            "id": account.id,
            "name": account.name,
            "email": account.email,
            "role": account.role,
            "status": "active" if is_active else "disabled",
            "timeZone": account.time_zone,
            "createdAt": account.created_at,
            "lastSeenAt": self.seen.get(account.id),
        }

    def account(self, user_id: str) -> Account:
        return self.relay.get(Account, user_id)

    def _users(self, *, query: dict[str, str], **_more: Any) -> httpx.Response:
        wanted = query.get("q", "").casefold()
        rows = [
            self.shown(one)
            for one in sorted(self.relay.all_of(Account), key=lambda one: (one.name, one.id))
            if wanted in f"{one.name}\n{one.email}".casefold()
        ]
        for name in ("role", "status"):
            rows = [row for row in rows if query.get(name) in (None, row[name])]
        return self._listed("users", rows, query)

    def _listed(
        self, path: str, rows: list[dict[str, Any]], query: dict[str, str]
    ) -> httpx.Response:
        start = int(query.get("cursor", "0"))
        end = start + self.page
        more = {**query, "cursor": str(end)}
        link = f'</api/{path}?{httpx.QueryParams(more)}>; rel="next"'
        headers = {"Link": link} if end < len(rows) else {}
        return httpx.Response(200, json=rows[start:end], headers=headers)

    def _user(self, user_id: str, **_more: Any) -> httpx.Response:
        account = self.relay.find(Account, user_id)
        if account is None:
            return a_problem(404, "not_found", "There is no such person.")
        return httpx.Response(200, json=self.shown(account))

    def _code(self) -> dict[str, str]:
        self.made += 1
        return {"code": f"CODE-{self.made:04}-ABCD", "expiresAt": instant(self.now() + LIFE)}

    def _add(self, *, body: dict[str, str], headers: httpx.Headers, **_more: Any) -> httpx.Response:
        key = headers.get("Idempotency-Key", "")
        if key in self.keys:
            status, value = self.keys[key]
            return httpx.Response(status, json=value)
        if refusal := self._refusal_of(body["email"]):
            return refusal
        user_id = id_of(body["email"])
        if self._run(_registration(user_id, body)):
            return a_problem(404, "not_found", "There is no such cohort.")
        if mentor_id := body.get("mentorId"):
            assert self._run(AssignStudent(student_id=user_id, mentor_id=mentor_id)) is None
        value = {"user": self.shown(self.account(user_id)), **self._code()}
        self.keys[key] = (201, value)
        if self.loses:
            self.loses -= 1
            raise httpx.ReadError("The answer is lost.")
        return httpx.Response(201, json=value)

    def _refusal_of(self, email: str) -> httpx.Response | None:
        if refusal := self.refusals.get(email):
            if self.refuses_once:
                self.refusals.clear()
            return refusal
        if self._is_taken(email):
            return a_problem(409, "email_taken", "There is an account with this e-mail address.")
        if "@" not in email:
            wrong = {"field": "email", "code": "malformed", "message": "This is no e-mail address."}
            return a_problem(422, "invalid", "Not valid.", errors=[wrong])
        return None

    def _is_taken(self, email: str) -> bool:
        return any(one.email == email for one in self.relay.all_of(Account))

    def _change(self, user_id: str, *, body: dict[str, str], **_more: Any) -> httpx.Response:
        account = self.account(user_id)
        others = [one for one in self.relay.all_of(Account) if one.role is Role.ADMIN]
        if account.role is Role.ADMIN and body.get("role", "admin") != "admin" and len(others) == 1:
            return a_problem(409, "last_admin", "The last admin keeps the role.")
        if self._is_taken(body.get("email", "")):
            return a_problem(409, "email_taken", "There is an account with this e-mail address.")
        given: dict[str, Any] = {**body}
        if "role" in given:
            given["role"] = Role(given["role"])
        changed = msgspec.structs.replace(account, **given)
        self.relay.rows[Account.kind(), user_id] = changed
        return httpx.Response(200, json=self.shown(changed))

    def _reset_code(self, _user_id: str, **_more: Any) -> httpx.Response:
        return httpx.Response(201, json=self._code())

    def _deactivate(self, user_id: str, *, body: dict[str, Any], **_more: Any) -> httpx.Response:
        sessions = body.get("sessions", "cancel")
        command = DeactivateAccount(
            user_id=user_id,
            sessions=sessions if sessions == "cancel" else HandOver(sessions["handOver"]),
            confirm_overlap=body.get("confirmOverlap", False),
        )
        return self._done(command)

    def _reactivate(self, user_id: str, **_more: Any) -> httpx.Response:
        return self._done(ReactivateAccount(user_id=user_id))

    def _done(self, command: Any) -> httpx.Response:
        if refused := self._run(command):
            return a_problem(409, refused.code, str(refused))
        return httpx.Response(204)

    def _run(self, command: Any) -> Refused | None:
        self.made += 1
        mutation = id_of(f"by rest {self.made}")
        return self.relay.run(command, id_of("Ada, admin"), at=NOW, now=NOW, mutation=mutation)

    def _audit(self, *, query: dict[str, str], **_more: Any) -> httpx.Response:
        self.readings.append(query)
        rows = [
            one
            for one in self.records
            if query.get("actorId") in (None, one["actorId"])
            and query.get("type") in (None, one["rowType"])
            and query.get("from", "") <= one["at"]
            and not (query.get("deedsOnly") and one["rowType"] in ("member", "activity"))
        ]
        if query.get("format"):
            return httpx.Response(200, content=f"{query['format']} of {len(rows)}".encode())
        return self._listed("audit-logs", rows, query)

    def _invitations(self, *, query: dict[str, str], **_more: Any) -> httpx.Response:
        return self._listed("invitations", self.invitations, query)

    def _invite(self, **_more: Any) -> httpx.Response:
        made = {"id": id_of(f"invitation {self.made}"), **self._code()}
        shown = {
            "id": made["id"],
            "role": "mentor",
            "createdAt": instant(self.now()),
            "createdBy": id_of("Ada, admin"),
            "expiresAt": made["expiresAt"],
            "usedAt": None,
            "usedBy": None,
        }
        self.invitations.insert(0, shown)
        return httpx.Response(201, json=made)

    def _withdraw(self, invitation_id: str, **_more: Any) -> httpx.Response:
        self.invitations = [one for one in self.invitations if one["id"] != invitation_id]
        return httpx.Response(204)

    def _cohort(self, cohort_id: str, **_more: Any) -> httpx.Response:
        return httpx.Response(200, json={"joinCode": self.codes.get(cohort_id)})

    def _change_cohort(
        self, cohort_id: str, *, body: dict[str, Any], **_more: Any
    ) -> httpx.Response:
        return self._done(UpdateCohort(id=cohort_id, **body))

    def _new_code(self, cohort_id: str, **_more: Any) -> httpx.Response:
        self.codes[cohort_id] = f"{self._code()['code']}"
        return httpx.Response(201, json={"joinCode": self.codes[cohort_id]})


def _registration(user_id: str, body: dict[str, str]) -> RegisterAccount:
    role = Role(body["role"])
    command = a_registration(user_id, body["name"], role, cohort_id=body.get("cohortId"))
    zone = body.get("timeZone", "UTC")
    return msgspec.structs.replace(command, email=body["email"], time_zone=zone)


def a_record(n: int, **fields: Any) -> dict[str, Any]:
    """A record of the audit log, as the relay gives it."""
    given = {
        "room": "mentors",
        "n": n,
        "version": n,
        "at": NOW,
        "receivedAt": NOW,
        "actorId": id_of("Mia, mentor"),
        "actorName": "Mia Stone",
        "deviceId": None,
        "mutationId": id_of(f"mutation {n}"),
        "action": "schedule.update",
        "rowType": "schedule",
        "rowId": id_of("Mia with Ana, in three days"),
        "fields": ["title"],
        "values": {"title": ["Loops", "Recursion"]},
        "prevHash": "",
        "hash": "",
    }
    return given | fields
