"""A relay with its REST routes, people who are signed in, and their requests."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from domain.members import Role
from syncserver.auth import Auth
from syncserver.enrolment import Applicant
from syncserver.metrics import Metrics
from syncserver.relay import Relay
from syncserver.rest import rest_options, rest_routes, services_of
from syncserver.rest.routes import Services
from syncserver.settings import Settings
from syncserver.storage.ledger import Ledger

KEY = b"k" * 32
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"
Json = Any


class Clock:
    """The relay's time, which stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = MONDAY

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)

    def at(self, **span: float) -> str:
        """The instant that is so much later, in whole seconds."""
        return f"{self.time + timedelta(**span):%Y-%m-%dT%H:%M:%SZ}"


@dataclass
class Someone:
    """A person, or nobody, with their tokens and a client of their own."""

    http: httpx.AsyncClient
    id: str = ""
    email: str = ""
    grant: dict[str, Any] = field(default_factory=dict)

    async def ask(
        self, method: str, path: str, body: Json = None, **headers: str
    ) -> httpx.Response:
        """One request; header names have _ for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.grant:
            named = {"Authorization": f"Bearer {self.grant['accessToken']}", **named}
        return await self.http.request(method, f"/api{path}", json=body, headers=named)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.ask("GET", path, **headers)

    async def post(self, path: str, body: Json = None, **headers: str) -> httpx.Response:
        return await self.ask("POST", path, body, **headers)

    async def put(self, path: str, body: Json = None, **headers: str) -> httpx.Response:
        return await self.ask("PUT", path, body, **headers)

    async def patch(self, path: str, body: Json = None, **headers: str) -> httpx.Response:
        return await self.ask("PATCH", path, body, **headers)

    async def delete(self, path: str, body: Json = None, **headers: str) -> httpx.Response:
        return await self.ask("DELETE", path, body, **headers)


@dataclass
class House:
    """The relay with everybody in it; Mia leads Spring, Ana is in Spring and Mia's student.

    Ben is a student in no cohort with no mentor, Noah a mentor who knows nobody, Ada the admin.
    """

    services: Services
    clock: Clock
    nobody: Someone
    ada: Someone = field(init=False)
    mia: Someone = field(init=False)
    noah: Someone = field(init=False)
    ana: Someone = field(init=False)
    ben: Someone = field(init=False)
    spring: str = ""
    join_code: str = ""

    async def sign_in(self, email: str, password: str = PASSWORD) -> Someone:
        answer = await self.nobody.post("/auth/login", {"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        grant = answer.json()
        return Someone(self.nobody.http, grant["user"]["id"], email, grant)

    async def register(self, name: str, role: str, **proof: str) -> Someone:
        email = f"{name.lower()}@example.org"
        form = {"role": role, "name": name, "email": email, "password": PASSWORD, **proof}
        answer = await self.nobody.post("/auth/register", {**form, "timeZone": "Europe/Berlin"})
        assert answer.status_code == 201, answer.text
        grant = answer.json()
        return Someone(self.nobody.http, grant["user"]["id"], email, grant)

    async def invite(self, name: str) -> Someone:
        invited = await self.ada.post("/invitations", {"role": "mentor"})
        return await self.register(name, "mentor", invitation=invited.json()["code"])

    async def plan(self, mentor: Someone | None = None, **fields: Any) -> dict[str, Any]:
        """A session of Mia with Ana in three days, where nothing else is said."""
        body = {
            "title": "Recursion",
            "studentId": self.ana.id,
            "startTime": self.clock.at(days=3),
            "endTime": self.clock.at(days=3, hours=1),
            **fields,
        }
        answer = await (mentor or self.mia).post("/schedules", body)
        assert answer.status_code == 201, answer.text
        row: dict[str, Any] = answer.json()
        return row


@asynccontextmanager
async def _relay(directory: Path, clock: Clock, **options: Any) -> AsyncIterator[House]:
    settings = Settings(data=directory, password_memory_kib=8, password_rounds=1, **options)
    relay = Relay(Ledger.open(directory / "relay", create=True), now=clock)
    auth = Auth(settings, KEY, clock)
    metrics = Metrics()
    app = Litestar(rest_routes(settings, relay, auth, metrics, clock), **rest_options(settings))
    served: Any = app  # httpx and Litestar spell the types of ASGI differently
    transport = httpx.ASGITransport(app=served, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://relay.test") as http:
        yield House(services_of(settings, relay, auth, metrics, clock), clock, Someone(http))
    auth.close()
    await relay.close()


async def _settle(house: House) -> None:
    """Let the people in."""
    applicant = Applicant(Role.ADMIN, "Ada", "ada@example.org", PASSWORD, "UTC")
    await house.services.enrolment.register(applicant, mutation_id="ada")
    house.ada = await house.sign_in("ada@example.org")
    house.mia = await house.invite("Mia")
    house.noah = await house.invite("Noah")
    made = (await house.mia.post("/cohorts", {"name": "Spring"})).json()
    house.spring, house.join_code = made["id"], made["joinCode"]
    house.ana = await house.register("Ana", "student", joinCode=house.join_code)
    house.ben = await house.register("Ben", "student", joinCode=house.join_code)
    out = await house.ada.delete(f"/cohorts/{house.spring}/members/{house.ben.id}")
    claimed = await house.mia.post(f"/students/{house.ana.id}/claim")
    assert (out.status_code, claimed.status_code) == (204, 200), (out.text, claimed.text)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def house(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    async with _relay(tmp_path, clock) as house:
        await _settle(house)
        yield house


Build = Callable[..., Any]


@pytest.fixture
async def build(tmp_path: Path, clock: Clock) -> AsyncIterator[Build]:
    """Makes a relay with settings of its own."""
    async with AsyncExitStack() as stack:

        async def make(**options: Any) -> House:
            house = await stack.enter_async_context(_relay(tmp_path, clock, **options))
            await _settle(house)
            return house

        yield make
