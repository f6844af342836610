"""Which reminders are due: a pure function of the sessions, the person's wishes and the time."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.instants import moment
from domain.schedules import Schedule, Status

JOIN_BEFORE = timedelta(minutes=10)
MISSED = timedelta(hours=1)  # what was due while the computer slept is told so late


@dataclass(frozen=True, slots=True)
class Due:
    """A session to be reminded of now.

    Attributes:
        names: of the reminders that this settles; several of one session are told as one.
    """

    schedule: Schedule
    names: frozenset[str]


def due(
    sessions: Iterable[Schedule],
    default_minutes: Sequence[int],
    *,
    now: datetime,
    told: Container[str],
    snoozed: Mapping[str, datetime],
) -> list[Due]:
    """Of which sessions to remind now, the earliest start first.

    A session has its own minutes or those of the person; one that was canceled, completed or is
    over reminds nobody. `told` are the names of reminders that were told already, so that a clock
    that goes back tells none twice, and a session that is moved reminds at its new time, even
    where that has just passed. `snoozed` are names of sessions' times with the moment to remind
    once more.
    """
    found = []
    for schedule in sessions:
        if schedule.status is not Status.SCHEDULED or moment(schedule.end_time) <= now:
            continue
        names = {
            name
            for name, at in times_of(schedule, default_minutes).items()
            if now - MISSED < at <= now and name not in told
        }
        again = snoozed.get(time_name(schedule))
        if names or (again is not None and again <= now):
            found.append(Due(schedule, frozenset(names)))
    return sorted(found, key=lambda one: (one.schedule.start_time, one.schedule.id))


def time_name(schedule: Schedule) -> str:
    """What a session at one time is called; once moved, it has another name."""
    return f"{schedule.id} {schedule.start_time}"


def times_of(schedule: Schedule, default_minutes: Sequence[int]) -> dict[str, datetime]:
    """When this session reminds, by the name of each reminder; none where its list is empty."""
    own = schedule.reminder_minutes
    minutes = default_minutes if own is None else own
    start = moment(schedule.start_time)
    return {
        f"{time_name(schedule)} {before}": start - timedelta(minutes=before) for before in minutes
    }


def can_join(schedule: Schedule, now: datetime) -> bool:
    """Whether there is a link, and it is open: from ten minutes before the start until the end."""
    start, end = moment(schedule.start_time), moment(schedule.end_time)
    return bool(schedule.meeting_url) and start - JOIN_BEFORE <= now < end
