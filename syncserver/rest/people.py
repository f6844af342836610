"""Routes of oneself and one's devices, of students and their mentors."""

import msgspec

from domain.accounts import Account
from domain.assignments import AssignStudent, ClaimStudent, UnassignStudent
from domain.fields import Instant
from domain.releases import Sessions
from domain.rooms import MENTORS
from domain.schedules import ConfirmOverlap
from domain.students import StudentCard
from syncserver.rest.paging import PageQuery, page_answer, page_size, place_of
from syncserver.rest.routes import Answer, Call, Route, Who, row_answer
from syncserver.rest.sign_in import Form
from syncserver.storage.listings import students as all_students
from syncserver.storage.reading import Reading


class SignedInDevice(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One sign-in; `current` is the one that asks."""

    id: str
    name: str
    created_at: Instant
    last_seen_at: Instant
    current: bool


class Leaving(Form, frozen=True):
    """What becomes of the future sessions: canceled, or handed over to another mentor.

    `confirmOverlap` hands them over whatever that mentor has planned, or lists what was seen.
    """

    sessions: Sessions = "cancel"
    confirm_overlap: ConfirmOverlap = False


async def me(call: Call) -> Answer:
    return row_answer(await call.visible(Account, call.me.user_id))


async def devices(call: Call) -> Answer:
    known = await call.services.accounts.devices(call.me.user_id)
    shown = [
        SignedInDevice(
            id=device.id,
            name=device.name,
            created_at=device.created_at,
            last_seen_at=device.last_seen_at,
            current=device.id == call.me.device_id,
        )
        for device in known
    ]
    return Answer(shown)


async def end_device(call: Call) -> Answer:
    await call.services.accounts.end_device(
        call.me.user_id, call.param("device_id"), also=call.keeping_done
    )
    return Answer()


async def students(call: Call) -> Answer:
    asked: PageQuery = call.query
    after, limit = place_of(asked.cursor), page_size(call, asked.limit)

    def look(reading: Reading) -> list[StudentCard]:
        if not reading.reads(call.me.user_id, MENTORS):
            return []
        return all_students(reading, after=after, limit=limit + 1)

    rows = await call.services.relay.read(look)
    return page_answer(call, rows, limit, lambda row: (row.name, row.id))


async def claim(call: Call) -> Answer:
    student_id = call.param("student_id")
    command = ClaimStudent(student_id=student_id)
    done = await call.do(command, version_of=(StudentCard, student_id))
    return row_answer(await call.told(done, StudentCard, student_id))


async def assign(call: Call) -> Answer:
    await call.do(
        AssignStudent(student_id=call.param("student_id"), mentor_id=call.param("mentor_id"))
    )
    return Answer()


async def unassign(call: Call) -> Answer:
    form: Leaving = call.form
    await call.do(
        UnassignStudent(
            student_id=call.param("student_id"),
            mentor_id=call.param("mentor_id"),
            sessions=form.sessions,
            confirm_overlap=form.confirm_overlap,
        )
    )
    return Answer()


STUDENT = "/students/{student_id}"
ASSIGNMENT = STUDENT + "/mentors/{mentor_id}"

ROUTES = (
    Route("GET", "/me", me, "My account", answer=Account),
    Route("GET", "/me/devices", devices, "Where I am signed in", answer=list[SignedInDevice]),
    Route(
        "DELETE", "/me/devices/{device_id}", end_device, "Sign one of my devices out", status=204
    ),
    Route(
        "GET",
        "/students",
        students,
        "All students, by name",
        who=Who.MENTOR,
        query=PageQuery,
        answer=list[StudentCard],
    ),
    Route(
        "POST",
        STUDENT + "/claim",
        claim,
        "Become the mentor of a student who has none",
        who=Who.MENTOR,
        answer=StudentCard,
        errors=("already_assigned", "not_active", "changed"),
    ),
    Route(
        "PUT",
        ASSIGNMENT,
        assign,
        "Give a student this mentor",
        who=Who.ADMIN,
        status=204,
        errors=("not_active",),
    ),
    Route(
        "DELETE",
        ASSIGNMENT,
        unassign,
        "Take a student from this mentor",
        who=Who.ADMIN,
        status=204,
        body=Leaving,
        errors=("overlap",),
    ),
)
