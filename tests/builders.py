"""Builders of what tests need: ids, rows, people, a small world, and an example of everything."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple, Protocol

from domain.accounts import (
    Account,
    AccountState,
    DeactivateAccount,
    ReactivateAccount,
    RegisterAccount,
    UpdateAccount,
)
from domain.activities import Activity, Kind
from domain.administration import ChangeAccount
from domain.assignments import AssignStudent, ClaimStudent, MoveCohort, UnassignStudent
from domain.cohorts import (
    AddCohortMentor,
    Cohort,
    CohortCard,
    CreateCohort,
    RemoveCohortMentor,
    RotateJoinCode,
    UpdateCohort,
)
from domain.commands import Command
from domain.comments import AddComment, Comment, DeleteComment, EditComment, ResolveComment
from domain.conflicts import Conflict, base_hash
from domain.entries import Entry, EntryRevision, EntryStatus, text_hash
from domain.errors import Refused
from domain.ids import derived_id
from domain.inbox import (
    InboxMark,
    MarkAllInbox,
    MarkInbox,
    MarkState,
    ReadThrough,
    SnoozeInbox,
)
from domain.instants import instant, moment, second
from domain.members import Access, Member, Role, member_id
from domain.outcomes import (
    CancelSchedule,
    CannotMakeIt,
    CompleteSchedule,
    MarkAttendance,
    ReopenSchedule,
)
from domain.planning import CreateSchedule, DeleteSchedule, UpdateSchedule
from domain.records import Record
from domain.resolutions import ResolveConflict
from domain.reviews import ReopenEntry, ReviewEntry
from domain.rooms import MENTORS, cohort_room, student_room, user_room
from domain.schedules import Attendance, Mark, Participant, Rsvp, Schedule
from domain.students import MentorCard, State, StudentCard
from domain.writing import (
    CreateEntry,
    DeleteEntry,
    SubmitEntry,
    UpdateEntry,
    WithdrawEntry,
)

NOW = "2025-12-01T12:00:00.000Z"  # a Monday


def id_of(name: str) -> str:
    """The id of a thing that has a name in a test: always the same, in the form of a UUIDv7."""
    made = derived_id("test", name)
    return f"{made[:14]}7{made[15:]}"


def ahead(*, of: str = NOW, **span: float) -> str:
    """The instant that is so much later (or, below zero, earlier); three decimals."""
    return instant(moment(of) + timedelta(**span))


def second_ahead(*, of: str = NOW, **span: float) -> str:
    """The whole second that is so much later (or, below zero, earlier)."""
    return second(moment(of) + timedelta(**span))


class Relay(Protocol):
    """A relay that judges commands one by one: `MemoryRelay`, or an adapter of the real one."""

    def run(
        self, command: Command, actor: str, *, at: str, now: str, mutation: str
    ) -> Refused | None: ...


@dataclass(frozen=True)
class World:
    """Nine people, two cohorts, their sessions and entries, as they stand at `now`.

    Mia leads both cohorts, autumn together with Noah. Ana and Ben are in spring; Ana is Mia's
    student, Ben is Noah's and the one who writes entries; Cem is in no cohort and has no mentor.
    Dora is a student, and Otto a mentor, whom nobody here knows: outsiders.
    """

    relay: Relay
    now: str = NOW
    admin: str = id_of("Ada, admin")
    mia: str = id_of("Mia, mentor")
    noah: str = id_of("Noah, mentor")
    otto: str = id_of("Otto, mentor")
    ana: str = id_of("Ana, student")
    ben: str = id_of("Ben, student")
    cem: str = id_of("Cem, student")
    dora: str = id_of("Dora, student")
    gone: str = id_of("Gil, deactivated student")
    spring: str = id_of("Spring, cohort")
    autumn: str = id_of("Autumn, cohort")
    session: str = id_of("Mia with Ana, in three days")
    soon: str = id_of("Mia with Ana, in two hours")
    past: str = id_of("Mia with Ana, yesterday")
    done: str = id_of("Mia with Ana, completed an hour ago")
    canceled: str = id_of("Mia with Ana, canceled, in four days")
    bens: str = id_of("Noah with Ben, in three days")
    group: str = id_of("Mia with Spring, in five days")
    draft: str = id_of("Ben's draft")
    waiting: str = id_of("Ben's entry that waits")
    answered: str = id_of("Ben's entry that waits, with comments")
    returned: str = id_of("Ben's entry that needs work")
    again: str = id_of("Ben's entry that he submitted again")
    approved: str = id_of("Ben's approved entry")
    question: str = id_of("Noah's comment")
    reply: str = id_of("Ben's comment")
    conflict: str = derived_id("conflict", id_of("Noah's unseen edit"), "description")
    news: str = derived_id("activity", id_of("create session"), 0)
    _count: list[int] = field(default_factory=lambda: [0])

    @property
    def people(self) -> dict[str, str]:
        """The ids of all who can act, by name."""
        names = ("admin", "mia", "noah", "otto", "ana", "ben", "cem", "dora")
        return {name: getattr(self, name) for name in names}

    @property
    def entries(self) -> dict[str, str]:
        """The ids of all entries, by name."""
        names = ("draft", "waiting", "answered", "returned", "again", "approved")
        return {name: getattr(self, name) for name in names}

    @property
    def sessions(self) -> dict[str, str]:
        """The ids of all sessions, by name."""
        names = ("session", "soon", "past", "done", "canceled", "bens", "group")
        return {name: getattr(self, name) for name in names}

    def do(
        self, command: Command, actor: str, *, now: str | None = None, mutation: str | None = None
    ) -> Refused | None:
        """Run a command under a mutation id of its own; None means accepted."""
        self._count[0] += 1
        moment_ = now or self.now
        mutation = mutation or id_of(f"mutation {self._count[0]}")
        return self.relay.run(command, actor, at=moment_, now=moment_, mutation=mutation)

    def answer(self, command: Command, actor: str, *, now: str | None = None) -> str:
        """`applied`, or the code of the refusal."""
        refused = self.do(command, actor, now=now)
        return refused.code if refused else "applied"

    def assign(self, mentor: str, student: str) -> None:
        """Let the admin make this mentor one of the student's."""
        self.done_by(AssignStudent(student_id=student, mentor_id=mentor), self.admin)

    def relay_copy(self) -> World:
        """The same world on a relay of its own, where the relay can be copied."""
        return replace(self, relay=copy.deepcopy(self.relay), _count=[1000])

    def done_by(
        self, command: Command, actor: str, *, now: str | None = None, mutation: str | None = None
    ) -> None:
        """Run a command that must be accepted."""
        refused = self.do(command, actor, now=now, mutation=mutation)
        assert refused is None, f"{command.tag()}: {refused.code}, {refused}"


def a_world(relay: Relay, *, now: str = NOW) -> World:
    """Fill an empty relay with people, cohorts, sessions and entries, by commands alone."""
    world = World(relay, now)
    _people(world)
    _cohorts(world)
    _sessions(world)
    _entries(world)
    return world


def _people(world: World) -> None:
    long_ago = ahead(of=world.now, days=-30)
    for name, user_id, role in (
        ("Ada Okafor", world.admin, Role.ADMIN),
        ("Mia Stone", world.mia, Role.MENTOR),
        ("Noah Park", world.noah, Role.MENTOR),
        ("Otto Lind", world.otto, Role.MENTOR),
    ):
        world.done_by(a_registration(user_id, name, role), user_id, now=long_ago)
    world.done_by(CreateCohort(id=world.spring, name="Spring"), world.mia, now=long_ago)
    world.done_by(CreateCohort(id=world.autumn, name="Autumn"), world.mia, now=long_ago)
    for name, user_id, cohort in (
        ("Ana Ruiz", world.ana, world.spring),
        ("Ben Hall", world.ben, world.spring),
        ("Cem Aydin", world.cem, None),
        ("Dora Wolf", world.dora, None),
        ("Gil Moss", world.gone, None),
    ):
        command = a_registration(user_id, name, Role.STUDENT, cohort_id=cohort)
        world.done_by(command, user_id, now=long_ago)
    world.done_by(ClaimStudent(student_id=world.ana), world.mia, now=long_ago)
    world.done_by(ClaimStudent(student_id=world.ben), world.noah, now=long_ago)
    world.done_by(DeactivateAccount(user_id=world.gone), world.admin, now=long_ago)


def _cohorts(world: World) -> None:
    """Noah joins Mia in autumn, and overwrites a description of hers unseen."""
    autumn = world.autumn
    world.done_by(AddCohortMentor(cohort_id=autumn, mentor_id=world.noah), world.mia)
    world.done_by(UpdateCohort(id=autumn, description="Evenings."), world.mia)
    unseen = UpdateCohort(
        id=autumn, description="Mornings.", base={"description": base_hash("Something older.")}
    )
    world.done_by(unseen, world.noah, mutation=id_of("Noah's unseen edit"))


def _sessions(world: World) -> None:
    now = world.now
    for session_id, mentor, student, span in (
        (world.session, world.mia, world.ana, {"days": 3}),
        (world.soon, world.mia, world.ana, {"hours": 2}),
        (world.past, world.mia, world.ana, {"days": -1}),
        (world.done, world.mia, world.ana, {"hours": -2}),
        (world.canceled, world.mia, world.ana, {"days": 4}),
        (world.bens, world.noah, world.ben, {"days": 3}),
    ):
        command = a_plan(session_id, student, start=second_ahead(of=now, **span))
        mutation = id_of("create session") if session_id == world.session else None
        world.done_by(command, mentor, mutation=mutation, now=ahead(of=now, days=-7))
    start = second_ahead(of=now, days=5)
    group = a_plan(world.group, cohort_id=world.spring, start=start, title="Spring circle")
    world.done_by(group, world.mia, now=ahead(of=now, days=-7))
    world.done_by(CompleteSchedule(id=world.done), world.ana, now=ahead(of=now, minutes=-5))
    world.done_by(CancelSchedule(id=world.canceled, reason="Ill."), world.mia)


def _entries(world: World) -> None:
    """Ben has an entry of each status, and one that he submitted again; Noah reads them."""
    for entry_id in world.entries.values():
        status = "draft" if entry_id == world.draft else "pending"
        command = an_essay(entry_id, status=status)
        world.done_by(command, world.ben, now=ahead(of=world.now, days=-3))
    then = ahead(of=world.now, days=-2)
    said = "Say what the second loop is for."
    for entry_id in (world.returned, world.again):
        review = a_review(entry_id, "needs_work", comment=said)
        world.done_by(review, world.noah, now=then)
    world.done_by(a_review(world.approved, "approved"), world.noah, now=then)
    world.done_by(SubmitEntry(id=world.again, body="It walks the *rows*."), world.ben)
    question = AddComment(id=world.question, entry_id=world.answered, body="Which language?")
    world.done_by(question, world.noah, now=then)
    world.done_by(AddComment(id=world.reply, entry_id=world.answered, body="Rust."), world.ben)


def an_essay(entry_id: str, **fields: Any) -> CreateEntry:
    """An `entry.create`; its text is the same unless `fields` say otherwise."""
    given: dict[str, Any] = {"title": "Loops", "body": "Two *loops*.", "tags": ["rust"]} | fields
    return CreateEntry(id=entry_id, zone="Europe/Berlin", **given)


def a_review(
    entry_id: str, status: str, *, comment: str | None = None, essay: CreateEntry | None = None
) -> ReviewEntry:
    """A review of the first iteration of `essay`, as `an_essay` makes it, that was pending."""
    read = essay or an_essay(entry_id)
    text = text_hash(
        an_entry(title=read.title, body=read.body, tags=read.tags, resources=read.resources)
    )
    return ReviewEntry(
        id=entry_id,
        status=status,  # type: ignore[arg-type]  # checked by the command
        iteration=1,
        text=text,
        seen=EntryStatus.PENDING,
        comment=comment,
        comment_id=id_of(f"comment on {entry_id}") if comment else None,
    )


def a_registration(
    user_id: str, name: str = "Ana Ruiz", role: Role = Role.STUDENT, **fields: Any
) -> RegisterAccount:
    email = f"{name.split()[0].lower()}-{user_id[:8]}@example.org"
    given: dict[str, Any] = {"email": email, "time_zone": "Europe/Berlin"} | fields
    return RegisterAccount(user_id=user_id, name=name, role=role, **given)


def a_plan(
    session_id: str,
    student_id: str | None = None,
    *,
    start: str,
    minutes: int = 60,
    **fields: Any,
) -> CreateSchedule:
    """A `schedule.create` of so many minutes: with a student, or with `cohort_id` for a group."""
    given: dict[str, Any] = {
        "title": "Weekly talk",
        "student_id": student_id,
        "is_group_session": student_id is None,
        "start_time": start,
        "end_time": second(moment(start) + timedelta(minutes=minutes)),
        "time_zone": "Europe/Berlin",
    } | fields
    return CreateSchedule(id=session_id, **given)


class Example(NamedTuple):
    """A command that is accepted in `a_world`, and who gives it."""

    command: Command
    actor: str


# One accepted example of every command; each test that walks over all commands walks over these.
EXAMPLES: dict[str, Callable[[World], Example]] = {
    "account.change": lambda w: Example(
        ChangeAccount(user_id=w.noah, role=Role.ADMIN, name="Noah B. Park"), w.admin
    ),
    "account.deactivate": lambda w: Example(DeactivateAccount(user_id=w.mia), w.admin),
    "account.reactivate": lambda w: Example(ReactivateAccount(user_id=w.gone), w.admin),
    "account.register": lambda w: Example(
        a_registration(id_of("Eva, new"), "Eva Blum", cohort_id=w.spring), id_of("Eva, new")
    ),
    "account.update": lambda w: Example(UpdateAccount(name="Ana María Ruiz"), w.ana),
    "cohort.add_mentor": lambda w: Example(
        AddCohortMentor(cohort_id=w.spring, mentor_id=w.noah), w.mia
    ),
    "cohort.create": lambda w: Example(CreateCohort(id=id_of("Winter"), name="Winter"), w.noah),
    "cohort.remove_mentor": lambda w: Example(
        RemoveCohortMentor(cohort_id=w.autumn, mentor_id=w.noah), w.mia
    ),
    "cohort.rotate_join_code": lambda w: Example(RotateJoinCode(cohort_id=w.spring), w.mia),
    "cohort.update": lambda w: Example(UpdateCohort(id=w.spring, name="Spring 2026"), w.mia),
    "comment.add": lambda w: Example(
        AddComment(id=id_of("new comment"), entry_id=w.waiting, body="Well **seen**."), w.noah
    ),
    "comment.delete": lambda w: Example(DeleteComment(id=w.question), w.noah),
    "comment.edit": lambda w: Example(EditComment(id=w.reply, body="Rust, mostly."), w.ben),
    "comment.resolve": lambda w: Example(ResolveComment(id=w.question), w.ben),
    "conflict.resolve": lambda w: Example(ResolveConflict(id=w.conflict, keep="lost"), w.mia),
    "entry.create": lambda w: Example(an_essay(id_of("new entry")), w.ben),
    "entry.delete": lambda w: Example(DeleteEntry(id=w.waiting), w.ben),
    "entry.reopen": lambda w: Example(
        ReopenEntry(id=w.approved, comment_id=id_of("new comment"), reason="A test is missing."),
        w.noah,
    ),
    "entry.review": lambda w: Example(
        a_review(w.waiting, "needs_work", comment="Name the cases."), w.noah
    ),
    "entry.submit": lambda w: Example(SubmitEntry(id=w.draft, title="Loops, done"), w.ben),
    "entry.update": lambda w: Example(UpdateEntry(id=w.waiting, minutes=45), w.ben),
    "entry.withdraw": lambda w: Example(WithdrawEntry(id=w.waiting), w.ben),
    "inbox.mark": lambda w: Example(MarkInbox(activity_id=w.news, state="read"), w.ana),
    "inbox.mark_all": lambda w: Example(MarkAllInbox(through={student_room(w.ana): w.now}), w.ana),
    "inbox.snooze": lambda w: Example(
        SnoozeInbox(activity_id=w.news, until=ahead(of=w.now, hours=3)), w.ana
    ),
    "schedule.cancel": lambda w: Example(CancelSchedule(id=w.session, reason="Travel."), w.ana),
    "schedule.cant_make_it": lambda w: Example(CannotMakeIt(id=w.soon, reason="Ill."), w.ana),
    "schedule.complete": lambda w: Example(CompleteSchedule(id=w.past), w.ana),
    "schedule.create": lambda w: Example(
        a_plan(id_of("new session"), w.ana, start=second_ahead(of=w.now, days=6)), w.mia
    ),
    "schedule.delete": lambda w: Example(DeleteSchedule(id=w.group), w.mia),
    "schedule.mark_attendance": lambda w: Example(
        MarkAttendance(id=w.group, user_id=w.ben, mark=Mark.LATE), w.mia
    ),
    "schedule.reopen": lambda w: Example(ReopenSchedule(id=w.done), w.ana),
    "schedule.update": lambda w: Example(UpdateSchedule(id=w.session, title="First talk"), w.mia),
    "student.assign": lambda w: Example(AssignStudent(student_id=w.ana, mentor_id=w.noah), w.admin),
    "student.claim": lambda w: Example(ClaimStudent(student_id=w.cem), w.noah),
    "student.move_cohort": lambda w: Example(
        MoveCohort(student_id=w.ana, cohort_id=w.autumn), w.mia
    ),
    "student.unassign": lambda w: Example(
        UnassignStudent(student_id=w.ana, mentor_id=w.mia), w.mia
    ),
}

# Further examples of commands that do another thing where other rows stand; named tag and case.
VARIANTS: dict[str, Callable[[World], Example]] = {
    "entry.submit again": lambda w: Example(
        SubmitEntry(id=w.returned, body="Two *loops*, and why."), w.ben
    ),
    "schedule.create group": lambda w: Example(
        a_plan(id_of("new circle"), cohort_id=w.spring, start=second_ahead(of=w.now, days=6)), w.mia
    ),
}

STAMPS = {"created_at": NOW, "updated_at": NOW}
ANA, MIA, SPRING = id_of("Ana, student"), id_of("Mia, mentor"), id_of("Spring, cohort")


def an_account(user_id: str = ANA, **fields: Any) -> Account:
    given: dict[str, Any] = {
        "room": user_room(user_id),
        "name": "Ana Ruiz",
        "email": "ana@example.org",
        "role": Role.STUDENT,
        "state": AccountState.ACTIVE,
        "time_zone": "Europe/Berlin",
    }
    return Account(id=user_id, **(STAMPS | given | fields))


def an_activity(**fields: Any) -> Activity:
    given: dict[str, Any] = {
        "id": id_of("an activity"),
        "room": student_room(ANA),
        "kind_": Kind.SCHEDULE_CREATED,
        "actor_id": MIA,
        "subject_type": "schedule",
        "subject_id": id_of("a session"),
        "params": {"title": "Weekly talk", "mentorId": MIA},
        "at": NOW,
        "recorded_at": NOW,
    }
    return Activity(**(STAMPS | given | fields))


def an_attendance(**fields: Any) -> Attendance:
    given: dict[str, Any] = {
        "id": derived_id("attendance", id_of("a session"), ANA),
        "room": student_room(ANA),
        "schedule_id": id_of("a session"),
        "user_id": ANA,
        "title": "Spring circle",
        "start_time": second_ahead(days=-1),
        "mark": Mark.ATTENDED,
        "by_student": True,
    }
    return Attendance(**(STAMPS | given | fields))


def a_cohort(cohort_id: str = SPRING, **fields: Any) -> Cohort:
    given: dict[str, Any] = {"room": cohort_room(cohort_id), "name": "Spring"}
    return Cohort(id=cohort_id, **(STAMPS | given | fields))


def a_cohort_card(cohort_id: str = SPRING, **fields: Any) -> CohortCard:
    given: dict[str, Any] = {
        "room": MENTORS,
        "name": "Spring",
        "registered_at": NOW,
        "mentor_ids": [MIA],
    }
    return CohortCard(id=cohort_id, **(STAMPS | given | fields))


def a_comment(**fields: Any) -> Comment:
    given: dict[str, Any] = {
        "id": id_of("a comment"),
        "room": student_room(ANA),
        "entry_id": id_of("an entry"),
        "iteration": 1,
        "author_id": MIA,
        "body": "Say what the second loop is for.",
    }
    return Comment(**(STAMPS | given | fields))


def a_conflict(**fields: Any) -> Conflict:
    given: dict[str, Any] = {
        "id": id_of("a conflict"),
        "room": student_room(ANA),
        "row_type": "schedule",
        "row_id": id_of("a session"),
        "field": "title",
        "kept": "Second talk",
        "kept_by": MIA,
        "lost": "First talk",
        "lost_by": MIA,
    }
    return Conflict(**(STAMPS | given | fields))


def an_entry(entry_id: str = id_of("an entry"), **fields: Any) -> Entry:
    given: dict[str, Any] = {
        "room": student_room(ANA),
        "student_id": ANA,
        "title": "Loops",
        "body": "Two *loops*.",
        "tags": ["rust"],
        "status": EntryStatus.PENDING,
        "local_day": "2025-12-01",
        "zone": "Europe/Berlin",
        "submitted_at": NOW,
    }
    return Entry(id=entry_id, **(STAMPS | given | fields))


def an_entry_revision(**fields: Any) -> EntryRevision:
    given: dict[str, Any] = {
        "id": derived_id("entry_revision", id_of("an entry"), 1),
        "room": student_room(ANA),
        "entry_id": id_of("an entry"),
        "iteration": 1,
        "title": "Loops",
        "body": "One *loop*.",
        "tags": ["rust"],
        "resources": ["https://example.org/loops"],
    }
    return EntryRevision(**(STAMPS | given | fields))


def an_inbox_mark(**fields: Any) -> InboxMark:
    given: dict[str, Any] = {
        "id": id_of("a mark"),
        "room": user_room(ANA),
        "activity_id": id_of("an activity"),
        "of_room": student_room(ANA),
        "recorded_at": NOW,
        "state": MarkState.READ,
    }
    return InboxMark(**(STAMPS | given | fields))


def a_member(user_id: str = ANA, room: str = student_room(ANA), **fields: Any) -> Member:
    given: dict[str, Any] = {
        "name": "Ana Ruiz",
        "role": Role.STUDENT,
        "time_zone": "Europe/Berlin",
        "access": Access.READ,
        "since": NOW,
    }
    given |= {"id": member_id(room, user_id), "room": room, "user_id": user_id}
    return Member(**(STAMPS | given | fields))


def a_mentor_card(mentor_id: str = MIA, **fields: Any) -> MentorCard:
    given: dict[str, Any] = {
        "room": MENTORS,
        "name": "Mia Stone",
        "registered_at": NOW,
        "state": State.ACTIVE,
    }
    return MentorCard(id=mentor_id, **(STAMPS | given | fields))


def a_participant(**fields: Any) -> Participant:
    given: dict[str, Any] = {
        "id": derived_id("participant", id_of("a session"), ANA),
        "room": cohort_room(SPRING),
        "schedule_id": id_of("a session"),
        "user_id": ANA,
        "rsvp": Rsvp.NEEDS_ACTION,
    }
    return Participant(**(STAMPS | given | fields))


def a_read_through(**fields: Any) -> ReadThrough:
    given: dict[str, Any] = {
        "id": derived_id("read_through", ANA, student_room(ANA)),
        "room": user_room(ANA),
        "of_room": student_room(ANA),
        "through": NOW,
    }
    return ReadThrough(**(STAMPS | given | fields))


def a_schedule(session_id: str = id_of("a session"), **fields: Any) -> Schedule:
    given: dict[str, Any] = {
        "room": student_room(ANA),
        "mentor_id": MIA,
        "student_id": ANA,
        "title": "Weekly talk",
        "start_time": second_ahead(days=1),
        "end_time": second_ahead(days=1, hours=1),
        "time_zone": "Europe/Berlin",
        "ical_uid": f"{session_id}@tandem",
    }
    return Schedule(id=session_id, **(STAMPS | given | fields))


def a_student_card(student_id: str = ANA, **fields: Any) -> StudentCard:
    given: dict[str, Any] = {
        "room": MENTORS,
        "name": "Ana Ruiz",
        "registered_at": NOW,
        "state": State.ACTIVE,
    }
    return StudentCard(id=student_id, **(STAMPS | given | fields))


# One example of every kind of row.
ROWS: dict[str, Callable[..., Record]] = {
    "account": an_account,
    "activity": an_activity,
    "attendance": an_attendance,
    "cohort": a_cohort,
    "cohort_card": a_cohort_card,
    "comment": a_comment,
    "conflict": a_conflict,
    "entry": an_entry,
    "entry_revision": an_entry_revision,
    "inbox_mark": an_inbox_mark,
    "member": a_member,
    "mentor_card": a_mentor_card,
    "participant": a_participant,
    "read_through": a_read_through,
    "schedule": a_schedule,
    "student_card": a_student_card,
}
