"""People of a relay, and what they ask of it by REST."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

from tests.contract.programs import PASSWORD

Json = dict[str, Any]
_numbers = count(1)


@dataclass
class Someone:
    """A person, or nobody, with the tokens of one sign-in."""

    http: httpx.Client
    grant: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.grant["user"]["id"])

    @property
    def email(self) -> str:
        return str(self.grant["user"]["email"])

    @property
    def token(self) -> str:
        return str(self.grant["accessToken"])

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        """One request below `/api`; the names of headers have _ for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.grant:
            named = {"Authorization": f"Bearer {self.token}", **named}
        raw = {"content": body} if isinstance(body, bytes) else {"json": body}
        return self.http.request(method, f"/api/{path}", headers=named, **raw)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return self.ask("PUT", path, body, **headers)

    def patch(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return self.ask("DELETE", path, body, **headers)

    def sign_in(self, email: str, password: str = PASSWORD) -> Someone:
        """This person on a new device."""
        answer = self.http.post("/api/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        return Someone(self.http, answer.json())

    def plan(self, with_: Someone, **fields: object) -> Json:
        """A new session with this student, as the relay shows it."""
        answer = self.post("schedules", a_session(studentId=with_.id, **fields))
        assert answer.status_code == 201, answer.text
        planned: Json = answer.json()
        return planned


@dataclass
class House:
    """A served relay with its admin, who lets people in."""

    http: httpx.Client
    admin: Someone
    nobody: Someone

    @property
    def url(self) -> str:
        return str(self.http.base_url).rstrip("/")

    def invitation(self) -> str:
        answer = self.admin.post("invitations", {"role": "mentor"})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    def mentor(self, name: str = "Mia Okafor") -> Someone:
        return self._registered(role="mentor", name=name, invitation=self.invitation())

    def student(self, *mentors: Someone, cohort: Json | None = None, name: str = "Ana") -> Someone:
        """A student of these mentors, in a cohort of their own where none is given."""
        cohort = cohort or self.cohort(self.admin)
        student = self._registered(role="student", name=name, joinCode=cohort["joinCode"])
        for mentor in mentors:
            answer = self.admin.put(f"students/{student.id}/mentors/{mentor.id}")
            assert answer.status_code == 204, answer.text
        return student

    def cohort(self, mentor: Someone, **fields: object) -> Json:
        answer = mentor.post("cohorts", {"name": "Evening class", **fields})
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def _registered(self, **fields: object) -> Someone:
        answer = self.nobody.post("auth/register", a_registration(**fields))
        assert answer.status_code == 201, answer.text
        return Someone(self.http, answer.json())


def pages(someone: Someone, path: str) -> list[list[Json]]:
    """All pages of a list, as the Link header leads to them."""
    found, answer = [], someone.get(path)
    while True:
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        if "next" not in answer.links:
            return found
        url = answer.url.join(answer.links["next"]["url"])
        answer = someone.get(str(url).partition("/api/")[2])


def a_registration(**fields: object) -> Json:
    """What a new person sends, with an address that nobody has."""
    email = f"person{next(_numbers)}@example.org"
    about = {"name": "Ana", "email": email, "password": PASSWORD, "timeZone": "Europe/Berlin"}
    return {"role": "student", **about, **fields}


def a_session(**fields: object) -> Json:
    """What a mentor sends for a session; each one on a day of its own, so that none overlaps."""
    day = 2 + next(_numbers) % 700
    times = {"startTime": ahead(days=day), "endTime": ahead(days=day, hours=1)}
    return {"title": "Loops and lists", **times, **fields}


def ahead(**span: float) -> str:
    """The instant that is so much later than this hour, as the relay writes it."""
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return f"{hour + timedelta(**span):%Y-%m-%dT%H:%M:%SZ}"
