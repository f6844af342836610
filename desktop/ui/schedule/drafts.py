"""Between the editor's form and the commands that it leads to."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from desktop.ui.schedule.editor import SessionDraft
from desktop.ui.workspace import Workspace
from domain.conflicts import base_of
from domain.errors import Invalid
from domain.instants import moment, second
from domain.planning import CreateSchedule, UpdateSchedule
from domain.schedules import ConfirmOverlap, Schedule

# Fields of the form that no two words name alike: the wire's name, and the row's.
TEXTS = {
    "title": "title",
    "focusStack": "focus_stack",
    "description": "description",
    "agenda": "agenda",
    "place": "place",
    "meetingUrl": "meeting_url",
}


def fresh_draft(workspace: Workspace, *, with_id: str = "", is_group: bool = False) -> SessionDraft:
    """An empty session of an hour, at the next full hour of the person's clock."""
    now = workspace.now().astimezone(workspace.zone).replace(tzinfo=None)
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return SessionDraft(
        start=start,
        end=start + timedelta(hours=1),
        zone=workspace.zone.key,
        with_id=with_id,
        is_group=is_group,
    )


def draft_of(schedule: Schedule, workspace: Workspace) -> SessionDraft:
    """What the editor shows of a session, in the zone in which it was planned."""
    zone = planned_zone(schedule, workspace)
    start, end = (
        moment(text).astimezone(zone).replace(tzinfo=None)
        for text in (schedule.start_time, schedule.end_time)
    )
    return SessionDraft(
        title=schedule.title,
        is_group=schedule.is_group_session,
        with_id=schedule.cohort_id or schedule.student_id or "",
        start=start,
        end=end,
        zone=zone.key,
        focus_stack=schedule.focus_stack,
        description=schedule.description,
        agenda=schedule.agenda,
        place=schedule.place,
        meeting_url=schedule.meeting_url,
        reminder_minutes=schedule.reminder_minutes,
    )


def planned_zone(schedule: Schedule, workspace: Workspace) -> ZoneInfo:
    """Where a session was planned; UTC is what a client leaves there that names no zone."""
    return workspace.zone if schedule.time_zone == "UTC" else ZoneInfo(schedule.time_zone)


def zone_of(draft: SessionDraft, workspace: Workspace) -> ZoneInfo:
    """The zone of a draft's times: the person's own where none is chosen."""
    return ZoneInfo(draft.zone) if draft.zone else workspace.zone


def instant_of(wall: datetime, zone: ZoneInfo) -> str:
    """The UTC instant, in whole seconds, of a wall-clock time.

    A time that a clock change skips is the one as far after the change; one that comes twice is
    the first.
    """
    return second(wall.replace(tzinfo=zone).astimezone(UTC))


def is_skipped(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether this wall-clock time does not exist, because the clocks jump over it."""
    back = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return back != wall


def missing(draft: SessionDraft) -> dict[str, str]:
    """What must be filled in before it can be planned: field to code."""
    wanted = {"title": draft.title.strip(), "studentId": draft.with_id, "timeZone": draft.zone}
    return {field: "required" for field, value in wanted.items() if not value}


def create_command(
    draft: SessionDraft, workspace: Workspace, schedule_id: str, confirmed: ConfirmOverlap
) -> CreateSchedule:
    """The command that plans this session. Raises `Invalid` for a value that no session has."""
    zone = zone_of(draft, workspace)
    return CreateSchedule(
        id=schedule_id,
        title=draft.title,
        start_time=instant_of(draft.start, zone),
        end_time=instant_of(draft.end, zone),
        time_zone=zone.key,
        student_id=None if draft.is_group else draft.with_id,
        cohort_id=draft.with_id if draft.is_group else None,
        is_group_session=draft.is_group,
        description=draft.description,
        focus_stack=draft.focus_stack,
        place=draft.place,
        meeting_url=draft.meeting_url,
        agenda=draft.agenda,
        reminder_minutes=draft.reminder_minutes,
        confirm_overlap=confirmed,
    )


def update_command(
    draft: SessionDraft, before: Schedule, workspace: Workspace, confirmed: ConfirmOverlap
) -> UpdateSchedule | None:
    """The command that makes `before` what the draft says; None when nothing changed.

    It names only what differs from what the person saw, each with the hash of that value.
    """
    was = draft_of(before, workspace)
    groups = [
        wire_name
        for wire_name, name in TEXTS.items()
        if getattr(draft, name).strip() != getattr(was, name).strip()
    ]
    fields: dict[str, Any] = {TEXTS[group]: getattr(draft, TEXTS[group]) for group in groups}
    if (draft.start, draft.end, draft.zone) != (was.start, was.end, was.zone):
        zone = zone_of(draft, workspace)
        groups.append("time")
        fields["start_time"] = instant_of(draft.start, zone)
        fields["end_time"] = instant_of(draft.end, zone)
        fields["time_zone"] = zone.key
    if draft.reminder_minutes != was.reminder_minutes:
        groups.append("reminderMinutes")
        fields["reminder_minutes"] = draft.reminder_minutes
    if not fields:
        return None
    base = {name: value for name, value in base_of(before).items() if name in groups}
    return UpdateSchedule(id=before.id, base=base, confirm_overlap=confirmed, **fields)


def check_length(draft: SessionDraft) -> None:
    """Raise `Invalid` for an end that is not after the start, before anything else is asked."""
    if draft.end <= draft.start:
        raise Invalid("endTime", "out_of_range", "The end is not after the start.")


def has_words(draft: SessionDraft, given: SessionDraft) -> bool:
    """Whether somebody has entered more than the editor was opened with; times alone are little."""
    is_written = any(
        getattr(draft, name).strip() != getattr(given, name).strip() for name in TEXTS.values()
    )
    return is_written or draft.reminder_minutes != given.reminder_minutes


def kept(draft: SessionDraft, before: Schedule | None) -> dict[str, Any]:
    """The draft as JSON, for the outbox, with the hashes of the session that it would change."""
    times = {"start": draft.start.isoformat(), "end": draft.end.isoformat()}
    return {**asdict(draft), **times, "base": base_of(before) if before else {}}


def restored(body: Any, before: Schedule | None) -> SessionDraft | None:
    """The draft that was kept, or None when it is not one, or of a session that has changed."""
    if not isinstance(body, dict) or body.get("base") != (base_of(before) if before else {}):
        return None
    try:
        return msgspec.convert(body, SessionDraft)
    except msgspec.ValidationError:
        return None
