"""The sample people with their sessions and entries, made by real commands, counted from today."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from uuid_utils import uuid7

from domain.access import project
from domain.accounts import Account, RegisterAccount
from domain.assignments import AssignStudent
from domain.cohorts import AddCohortMentor, CreateCohort
from domain.commands import Act, Command
from domain.errors import Refused
from domain.inbox import MarkAllInbox
from domain.instants import instant, second
from domain.members import Role
from domain.outcomes import CancelSchedule, CompleteSchedule, MarkAttendance
from domain.planning import CreateSchedule
from domain.rooms import MENTORS, cohort_room, student_room
from domain.schedules import Mark
from syncserver.auth import Auth, new_code
from syncserver.enrolment import JOIN_CODE_LETTERS
from syncserver.relay import Relay
from syncserver.sample_entries import SampleEntries
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import RELAY_ID, Writing

Row = dict[str, Any]
EARLIEST_PLANNED = timedelta(days=9)  # before its start a session was planned
READ_UP_TO = timedelta(hours=40)  # what is older than that has been read by everybody


class Step(NamedTuple):
    """One command of one person at one time; without an actor it is the relay's own."""

    at: datetime
    command: Command
    actor: str | None = None


@dataclass(frozen=True)
class Sample:
    """What the files hold."""

    people: list[Row]
    cohorts: list[Row]
    sessions: list[Row]
    entries: list[Row]

    @classmethod
    def load(cls) -> "Sample":
        folder = resources.files("resources") / "sample"
        return cls(*(json.loads((folder / f"{name}.json").read_text("utf-8")) for name in FILES))


FILES = ("people", "cohorts", "sessions", "entries")


class Loading:
    """The sample as commands; ids are made anew for each loading."""

    def __init__(self, sample: Sample, now: datetime) -> None:
        self._sample = sample
        self._now = now
        self._person_ids = {row["key"]: str(uuid7()) for row in sample.people}
        self._cohort_ids = {row["key"]: str(uuid7()) for row in sample.cohorts}
        self._session_ids = {row["key"]: str(uuid7()) for row in sample.sessions}

    @property
    def cohort_ids(self) -> Iterable[str]:
        return self._cohort_ids.values()

    def told(self) -> Iterator[Row]:
        """One line for each person, with the password to sign in with."""
        for row in self._sample.people:
            fields = {name: row[name] for name in ("name", "email", "password", "role")}
            yield {"userId": self._person_ids[row["key"]], **fields}

    def steps(self) -> list[Step]:
        """All commands in an order in which each finds its ground."""
        happened = [*self._sessions(), *self._entries(), *self._readings()]
        return [*self._founding(), *sorted(happened, key=lambda step: step.at)]

    def _founding(self) -> Iterator[Step]:
        began = self._now - timedelta(days=60)
        for row in self._sample.cohorts:
            yield Step(began, self._cohort(row))
        for row in self._sample.people:
            yield Step(began, self._registration(row))
        for row in self._sample.cohorts:
            for key in row["mentorKeys"]:
                mentor, cohort = self._person_ids[key], self._cohort_ids[row["key"]]
                yield Step(began, AddCohortMentor(cohort_id=cohort, mentor_id=mentor))
        for row in self._sample.people:
            for key in row.get("mentorKeys", []):
                student, mentor = self._person_ids[row["key"]], self._person_ids[key]
                yield Step(began, AssignStudent(student_id=student, mentor_id=mentor))

    def _cohort(self, row: Row) -> CreateCohort:
        today = self._now.date()
        return CreateCohort(
            id=self._cohort_ids[row["key"]],
            name=row["name"],
            description=row["description"],
            starts_on=(today + timedelta(days=row["startsOn"])).isoformat(),
            ends_on=(today + timedelta(days=row["endsOn"])).isoformat(),
        )

    def _registration(self, row: Row) -> RegisterAccount:
        return RegisterAccount(
            user_id=self._person_ids[row["key"]],
            name=row["name"],
            email=row["email"],
            role=Role(row["role"]),
            time_zone=row["timeZone"],
            cohort_id=self._cohort_ids.get(row.get("cohortKey", "")),
        )

    def _sessions(self) -> Iterator[Step]:
        for row in self._sample.sessions:
            start = start_of(row, self._now.date())
            planned = min(start - EARLIEST_PLANNED, self._now - timedelta(hours=2))
            mentor, session_id = self._person_ids[row["mentorKey"]], self._session_ids[row["key"]]
            yield Step(planned, self._plan(row, session_id, start), mentor)
            yield from self._outcome(row, session_id, start, planned)

    def _entries(self) -> Iterator[Step]:
        entries = SampleEntries(
            self._sample.people, self._person_ids, self._session_ids.__getitem__, self._now
        )
        for at, command, actor in entries.moments(self._sample.entries):
            yield Step(at, command, actor)

    def _readings(self) -> Iterator[Step]:
        """Everybody has read what came until the day before yesterday, where they may read."""
        at = self._now - READ_UP_TO
        students = [row["key"] for row in self._sample.people if row["role"] == Role.STUDENT]
        rooms = [MENTORS, *map(cohort_room, self.cohort_ids)]
        rooms += [student_room(self._person_ids[key]) for key in students]
        for person in self._person_ids.values():
            yield Step(at, MarkAllInbox(through=dict.fromkeys(rooms, instant(at))), person)

    def _plan(self, row: Row, session_id: str, start: datetime) -> CreateSchedule:
        is_group = row["cohortKey"] is not None
        return CreateSchedule(
            id=session_id,
            title=row["title"],
            start_time=second(start),
            end_time=second(start + timedelta(minutes=row["minutes"])),
            time_zone=row["timeZone"],
            student_id=None if is_group else self._person_ids[row["studentKey"]],
            cohort_id=self._cohort_ids[row["cohortKey"]] if is_group else None,
            is_group_session=is_group,
            description=row["description"],
            agenda=row["agenda"],
            focus_stack=row["focusStack"],
            place=row["place"],
            meeting_url=row["meetingUrl"],
            confirm_overlap=True,
        )

    def _outcome(
        self, row: Row, session_id: str, start: datetime, planned: datetime
    ) -> Iterator[Step]:
        """What became of it: canceled two days before, or completed when it was over."""
        mentor = self._person_ids[row["mentorKey"]]
        over = min(start + timedelta(minutes=row["minutes"]), self._now)
        for key, mark in row["attendance"].items():
            student = self._person_ids[key]
            yield Step(
                over, MarkAttendance(id=session_id, user_id=student, mark=Mark(mark)), mentor
            )
        if row["status"] == "completed":
            yield Step(over, CompleteSchedule(id=session_id), mentor)
        if row["status"] == "canceled":
            actor = self._person_ids[row["canceledByKey"]]
            told = max(planned, min(start - timedelta(days=2), self._now))
            yield Step(told, CancelSchedule(id=session_id, reason=row["statusReason"]), actor)


async def load_sample(relay: Relay, auth: Auth, now: datetime) -> list[Row]:
    """Make the sample people and all that is theirs; one row a person.

    Raises:
        Refused: `email_taken`, when they are there already; nothing was changed.
    """
    sample = await asyncio.to_thread(Sample.load)
    first = sample.people[0]["email"]
    if await relay.read(lambda reading: reading.where(Account, email=first)):
        raise Refused("email_taken", "The sample people are here already.")
    loading = Loading(sample, now)
    hashes = await asyncio.gather(
        *(auth.hash_password(person["password"]) for person in loading.told())
    )
    passwords = {
        person["userId"]: hash_ for person, hash_ in zip(loading.told(), hashes, strict=True)
    }

    def work(writing: Writing) -> None:
        credentials = Credentials(writing.connection)
        for user_id, hash_ in passwords.items():
            credentials.set_password(user_id, hash_, instant(now))
        for cohort_id in loading.cohort_ids:
            credentials.set_join_code(cohort_id, new_code(JOIN_CODE_LETTERS), instant(now))
        for step in loading.steps():
            _take(writing, step)

    await relay.write(work)
    return list(loading.told())


def _take(writing: Writing, step: Step) -> None:
    """Judge one command as the relay does, at its time in the sample's history."""
    account = writing.find(Account, step.actor) if step.actor else None
    at, mutation = instant(step.at), str(uuid7())
    act = Act(
        actor=step.actor or writing.meta(RELAY_ID) or "",
        role=account.role if account else Role.ADMIN,
        at=at,
        now=at,
        mutation=mutation,
        trusted=step.actor is None,
    )
    with writing.acting(act, action=step.command.tag()) as acting:
        step.command.apply(acting, act)
        acting.effects.access += project(acting, act, acting.written)


def start_of(session: Row, today: date) -> datetime:
    """When a session of the sample starts, if it is loaded today; UTC."""
    day = today + timedelta(days=session["dayOffset"])
    wall = time.fromisoformat(session["wallStart"])
    return datetime.combine(day, wall, ZoneInfo(session["timeZone"])).astimezone(UTC)
