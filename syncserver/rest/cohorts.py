"""Routes of cohorts, their people, and the join codes that only their mentors see."""

from typing import Any

import msgspec
from uuid_utils import uuid7

from domain.assignments import MoveCohort
from domain.cohorts import (
    AddCohortMentor,
    Cohort,
    CohortCard,
    CreateCohort,
    RemoveCohortMentor,
    UpdateCohort,
)
from domain.errors import not_found
from domain.fields import Day, Instant
from domain.members import Role
from domain.rooms import MENTORS
from domain.students import MentorCard, StudentCard
from syncserver.auth import Identity
from syncserver.rest.paging import PageQuery, page_answer, page_size, place_of
from syncserver.rest.people import Leaving
from syncserver.rest.routes import Answer, Call, Route, Who
from syncserver.storage.credentials import Credentials
from syncserver.storage.listings import cohort_cards
from syncserver.storage.reading import Reading


class ShownCohort(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A cohort; of one that is not one's own only what all mentors see, the rest is null.

    `joinCode` is for the cohort's mentors and for admins.
    """

    id: str
    room: str
    version: int
    created_at: Instant
    updated_at: Instant
    name: str
    description: str | None
    starts_on: Day | None
    ends_on: Day | None
    archived: bool
    mentor_ids: list[str]
    join_code: str | None


async def cohorts(call: Call) -> Answer:
    asked: PageQuery = call.query
    after, limit = place_of(asked.cursor), page_size(call, asked.limit)

    def look(reading: Reading) -> list[ShownCohort]:
        if reading.reads(call.me.user_id, MENTORS):
            cards = cohort_cards(reading, after=after, limit=limit + 1)
        else:
            cards = [] if after else _own_cards(reading, call.me)
        shown = (_show(reading, card, call.me) for card in cards)
        return [one for one in shown if one is not None]

    rows = await call.services.relay.read(look)
    return page_answer(call, rows, limit, lambda row: (row.name, row.id))


async def cohort(call: Call) -> Answer:
    return await _shown(call, call.param("cohort_id"))


async def create(call: Call) -> Answer:
    command = call.command(CreateCohort, id=str(uuid7()))
    done = await call.services.enrolment.create_cohort(
        command, by=call.caller, mutation_id=call.mutation_id, body_hash=call.body_hash
    )
    cohort_id = next(row_id for kind, row_id in done.rows if kind == CohortCard.kind())
    answer = await _shown(call, cohort_id)
    return Answer(answer.value, {**answer.headers, "Location": f"/api/cohorts/{cohort_id}"})


async def change(call: Call) -> Answer:
    cohort_id = call.param("cohort_id")
    command = call.command(UpdateCohort, id=cohort_id, base={})
    await call.do(command, version_of=(Cohort, cohort_id))
    return await _shown(call, cohort_id)


async def rotate(call: Call) -> Answer:
    cohort_id = call.param("cohort_id")
    await call.services.enrolment.rotate_join_code(
        cohort_id, by=call.caller, mutation_id=call.mutation_id, body_hash=call.body_hash
    )
    return await _shown(call, cohort_id)


async def add_member(call: Call) -> Answer:
    cohort_id, user_id = call.param("cohort_id"), call.param("user_id")
    if await _student(call, user_id):
        await call.do(MoveCohort(student_id=user_id, cohort_id=cohort_id))
    else:
        await call.do(AddCohortMentor(cohort_id=cohort_id, mentor_id=user_id))
    return Answer()


async def remove_member(call: Call) -> Answer:
    cohort_id, user_id = call.param("cohort_id"), call.param("user_id")
    await _find(call, cohort_id)
    student = await _student(call, user_id)
    if student is None:
        form: Leaving = call.form
        await call.do(
            RemoveCohortMentor(
                cohort_id=cohort_id,
                mentor_id=user_id,
                sessions=form.sessions,
                confirm_overlap=form.confirm_overlap,
            )
        )
    elif student.cohort_id == cohort_id:
        await call.do(MoveCohort(student_id=user_id, cohort_id=None))
    else:
        raise not_found("member")
    return Answer()


async def _student(call: Call, user_id: str) -> StudentCard | None:
    """The student with this id, or None for a mentor. Raises `not_found` for nobody."""
    me = call.me.user_id

    def look(reading: Reading) -> tuple[StudentCard | None, MentorCard | None]:
        if not reading.reads(me, MENTORS):
            return None, None
        return reading.find(StudentCard, user_id), reading.find(MentorCard, user_id)

    student, mentor = await call.services.relay.read(look)
    if student is None and mentor is None:
        raise not_found("person")
    return student


async def _shown(call: Call, cohort_id: str) -> Answer:
    found = await _find(call, cohort_id)
    return Answer(found, {"ETag": f'"{found.version}"'})


async def _find(call: Call, cohort_id: str) -> ShownCohort:
    def look(reading: Reading) -> ShownCohort | None:
        card = reading.find(CohortCard, cohort_id)
        return _show(reading, card, call.me) if card else None

    if (found := await call.services.relay.read(look)) is None:
        raise not_found("cohort")
    return found


def _own_cards(reading: Reading, me: Identity) -> list[CohortCard]:
    """The cohort that a student is in, which is one at most."""
    student = reading.find(StudentCard, me.user_id)
    card = reading.find(CohortCard, student.cohort_id or "") if student else None
    return [card] if card else []


def _show(reading: Reading, card: CohortCard, me: Identity) -> ShownCohort | None:
    """The cohort as this person may see it; None for one that they do not see."""
    own = reading.find(Cohort, card.id)
    if own is not None and not (me.role is Role.ADMIN or reading.reads(me.user_id, own.room)):
        own = None
    if own is None and not reading.reads(me.user_id, card.room):
        return None
    seen: Cohort | CohortCard = own or card
    leads = _leads(me, card.mentor_ids)
    more: dict[str, Any] = {"description": None, "starts_on": None, "ends_on": None}
    if own is not None:
        more = {name: getattr(own, name) for name in more}
    return ShownCohort(
        id=card.id,
        room=seen.room,
        version=seen.version,
        created_at=seen.created_at,
        updated_at=seen.updated_at,
        name=card.name,
        archived=card.archived,
        mentor_ids=card.mentor_ids,
        join_code=Credentials(reading.connection).join_code(card.id) if leads else None,
        **more,
    )


def _leads(me: Identity, mentor_ids: list[str]) -> bool:
    return me.role is Role.ADMIN or (me.role is Role.MENTOR and me.user_id in mentor_ids)


ONE = "/cohorts/{cohort_id}"
MEMBER = ONE + "/members/{user_id}"

ROUTES = (
    Route(
        "GET",
        "/cohorts",
        cohorts,
        "Cohorts that I see, by name",
        query=PageQuery,
        answer=list[ShownCohort],
    ),
    Route(
        "POST",
        "/cohorts",
        create,
        "Found a cohort",
        who=Who.MENTOR,
        status=201,
        body=CreateCohort,
        given=("id",),
        answer=ShownCohort,
    ),
    Route("GET", ONE, cohort, "One cohort", answer=ShownCohort),
    Route(
        "PATCH",
        ONE,
        change,
        "Change a cohort",
        who=Who.MENTOR,
        body=UpdateCohort,
        given=("id", "base"),
        answer=ShownCohort,
        errors=("changed",),
    ),
    Route(
        "POST",
        ONE + "/join-code",
        rotate,
        "Make a new join code; the old one ends",
        who=Who.MENTOR,
        status=201,
        answer=ShownCohort,
    ),
    Route(
        "PUT",
        MEMBER,
        add_member,
        "Put a student or a mentor into a cohort",
        who=Who.MENTOR,
        status=204,
        errors=("not_active",),
    ),
    Route(
        "DELETE",
        MEMBER,
        remove_member,
        "Take a student or a mentor out of a cohort",
        who=Who.MENTOR,
        status=204,
        body=Leaving,
        errors=("last_mentor", "overlap"),
    ),
)
