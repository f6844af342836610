"""Routes of schedules: the sessions that mentors plan and students keep."""

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from uuid_utils import uuid7

from domain.commands import Command
from domain.errors import Invalid, Refused
from domain.fields import Checked, Second, Text500
from domain.ids import Id
from domain.outcomes import CancelSchedule, CompleteSchedule, ReopenSchedule
from domain.planning import CreateSchedule, DeleteSchedule, UpdateSchedule
from domain.schedules import ConfirmOverlap, Schedule, Status
from syncserver.relay import Done
from syncserver.rest.paging import page_answer, page_size, place_of
from syncserver.rest.routes import Answer, Call, Route, Who, row_answer
from syncserver.rest.sign_in import Form
from syncserver.storage.listings import SessionFilter, sessions
from syncserver.storage.reading import Reading

# Who meets whom is settled when the session is planned; the status has a route of its own.
FIXED = ("mentorId", "studentId", "cohortId", "isGroupSession", "status")
SPACE_FOR_PLUS = re.compile(r" (?=\d\d:\d\d$)")


class SchedulesQuery(Checked, frozen=True, kw_only=True, rename="camel"):
    """`from` and `to` give the sessions that overlap `[from, to)`."""

    student_id: Id | None = None
    status: Status | None = None
    from_: Second | None = msgspec.field(name="from", default=None)
    to: Second | None = None
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None

    def __post_init__(self) -> None:
        for name in ("from_", "to"):  # an offset's + that nobody escaped arrives as a space
            if text := getattr(self, name):
                msgspec.structs.force_setattr(self, name, SPACE_FOR_PLUS.sub("+", text))
        super().__post_init__()


class NewStatus(Form, frozen=True):
    """`confirmOverlap` puts a session back on where its time was booked meanwhile."""

    status: Status
    reason: Text500 = ""
    confirm_overlap: ConfirmOverlap = False


async def schedules(call: Call) -> Answer:
    asked: SchedulesQuery = call.query
    which = SessionFilter(
        start=asked.from_, end=asked.to, student_id=asked.student_id, status=asked.status
    )
    after, limit = place_of(asked.cursor), page_size(call, asked.limit)

    def look(reading: Reading) -> list[Schedule]:
        rooms = reading.rooms_of(call.me.user_id)
        return sessions(reading, rooms, which, after=after, limit=limit + 1)

    rows = await call.services.relay.read(look)
    return page_answer(call, rows, limit, lambda row: (row.start_time, row.id))


async def schedule(call: Call) -> Answer:
    return row_answer(await call.visible(Schedule, call.param("schedule_id")))


async def create(call: Call) -> Answer:
    done = await call.do(call.command(CreateSchedule, id=str(uuid7())))
    row = _row(done)
    return row_answer(row, Location=f"/api/schedules/{row.id}")


async def replace(call: Call) -> Answer:
    """All that can be edited: what the body does not name goes back to its default."""
    given = {field.encode_name for field in msgspec.structs.fields(UpdateSchedule)}
    whole = {
        field.encode_name: None if field.default is None else field.default
        for field in msgspec.structs.fields(CreateSchedule)
        if field.encode_name in given and not field.required
    }
    for name in ("title", "startTime", "endTime"):
        if name not in call.data:
            raise Invalid(name, "required", "This is needed.")
    return await _update(call, {**whole, **call.data})


async def change(call: Call) -> Answer:
    return await _update(call, call.data)


async def _update(call: Call, data: dict[str, Any]) -> Answer:
    schedule_id = call.param("schedule_id")
    known = await call.visible(Schedule, schedule_id)
    _check_fixed(known, call.data)
    command = msgspec.convert(
        {**data, "id": schedule_id, "base": {}, "type": UpdateSchedule.tag()}, UpdateSchedule
    )
    return await _done(call, command)


async def set_status(call: Call) -> Answer:
    form: NewStatus = call.form
    schedule_id = call.param("schedule_id")
    command: Command
    match form.status:
        case Status.CANCELED:
            command = CancelSchedule(id=schedule_id, reason=form.reason)
        case Status.COMPLETED:
            command = CompleteSchedule(id=schedule_id)
        case Status.SCHEDULED:
            command = ReopenSchedule(id=schedule_id, confirm_overlap=form.confirm_overlap)
    return await _done(call, command)


async def delete(call: Call) -> Answer:
    schedule_id = call.param("schedule_id")
    await call.do(DeleteSchedule(id=schedule_id), version_of=(Schedule, schedule_id))
    return Answer()


async def _done(call: Call, command: Command) -> Answer:
    schedule_id = call.param("schedule_id")
    done = await call.do(command, version_of=(Schedule, schedule_id))
    return row_answer(await call.told(done, Schedule, schedule_id))


def _row(done: Done) -> Schedule:
    for row in done.rows.values():
        if isinstance(row, Schedule):
            return row
    raise Refused("not_found", "This session is no longer there.")


def _check_fixed(known: Schedule, data: dict[str, Any]) -> None:
    stands = msgspec.to_builtins(known)
    for name in FIXED:
        if name in data and data[name] != stands[name]:
            raise Invalid(name, "immutable", "This cannot be changed here.")


ONE = "/schedules/{schedule_id}"
RULES = ("overlap", "transition_not_allowed", "changed")

ROUTES = (
    Route(
        "GET",
        "/schedules",
        schedules,
        "Sessions, the earliest first",
        query=SchedulesQuery,
        answer=list[Schedule],
    ),
    Route(
        "POST",
        "/schedules",
        create,
        "Plan a session",
        who=Who.MENTOR,
        status=201,
        body=CreateSchedule,
        given=("id",),
        answer=Schedule,
        errors=("not_assigned", "overlap", "not_active"),
    ),
    Route("GET", ONE, schedule, "One session", answer=Schedule),
    Route(
        "PUT",
        ONE,
        replace,
        "Replace what can be edited of a session",
        body=CreateSchedule,
        given=("id", "student_id", "cohort_id", "is_group_session"),
        answer=Schedule,
        errors=RULES,
    ),
    Route(
        "PATCH",
        ONE,
        change,
        "Change some fields of a session",
        body=UpdateSchedule,
        given=("id", "base"),
        answer=Schedule,
        errors=RULES,
    ),
    Route(
        "DELETE",
        ONE,
        delete,
        "Delete a session that has not started",
        status=204,
        errors=("transition_not_allowed", "changed"),
    ),
    Route(
        "PATCH",
        ONE + "/status",
        set_status,
        "Complete, cancel or reopen a session",
        body=NewStatus,
        answer=Schedule,
        errors=RULES,
    ),
)
