"""Between the editor's form and the commands that it leads to."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.ui.reminder_boxes import reminder_words
from desktop.ui.schedule.editor import SessionDraft
from desktop.ui.times import day_words, range_words
from desktop.ui.workspace import Workspace
from desktop.ui.zone_picker import zone_words
from domain.conflicts import base_of
from domain.errors import Invalid
from domain.instants import moment, second
from domain.planning import CreateSchedule, UpdateSchedule
from domain.schedules import ConfirmOverlap, Schedule

DASH = "\N{EN DASH}"
# Fields of the form that no two words name alike: the wire's name, and the row's.
TEXTS = {
    "title": "title",
    "focusStack": "focus_stack",
    "description": "description",
    "agenda": "agenda",
    "place": "place",
    "meetingUrl": "meeting_url",
}
# What is typed or chosen as one, by the wire's name: the names in the draft.
GROUPS = {
    **{wire_name: (name,) for wire_name, name in TEXTS.items()},
    "time": ("start", "end", "zone"),
    "reminderMinutes": ("reminder_minutes",),
}
LABELS = {
    "title": QT_TRANSLATE_NOOP("Editing", "Title"),
    "time": QT_TRANSLATE_NOOP("Editing", "When"),
    "focusStack": QT_TRANSLATE_NOOP("Editing", "Focus"),
    "meetingUrl": QT_TRANSLATE_NOOP("Editing", "Meeting link"),
    "place": QT_TRANSLATE_NOOP("Editing", "Place"),
    "description": QT_TRANSLATE_NOOP("Editing", "Description"),
    "agenda": QT_TRANSLATE_NOOP("Editing", "Agenda"),
    "reminderMinutes": QT_TRANSLATE_NOOP("Editing", "Reminders"),
}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was typed before, on top of what the session says by now.

    `is_changed`: the session is not what the editor began with any more. `overtaken` are the
    groups in which both what was typed and what the session says differ from that.
    """

    draft: SessionDraft
    is_changed: bool = False
    overtaken: tuple[str, ...] = ()


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


def kept(draft: SessionDraft, given: SessionDraft, before: Schedule | None) -> dict[str, Any]:
    """The draft as JSON, for the outbox, with what the editor began with."""
    base = base_of(before) if before else {}
    return {**_plain(draft), "given": _plain(given), "base": base}


def restored(body: Any, given: SessionDraft, before: Schedule | None) -> Restored | None:
    """What was typed, whatever has become of the session since; None for what cannot be read.

    A group that nobody touched shows what the session says now, which is `given`.
    """
    try:
        typed = msgspec.convert(body, SessionDraft)
        began = msgspec.convert(body["given"], SessionDraft) if "given" in body else given
    except (TypeError, msgspec.ValidationError):
        return None
    if before is None:
        return Restored(typed)
    typed = replace(typed, zone=typed.zone or given.zone)  # drafts of an older Tandem name none
    is_changed = body.get("base") != base_of(before)
    touched = [group for group in GROUPS if _values(typed, group) != _values(began, group)]
    overtaken = [
        group
        for group in touched
        if is_changed
        and _values(given, group) not in (_values(began, group), _values(typed, group))
    ]
    if "given" not in body and is_changed:  # nor do they say what they began with
        overtaken = touched
    names = [name for group in touched for name in GROUPS[group]]
    draft = replace(given, **{name: getattr(typed, name) for name in names})
    return Restored(draft, is_changed, tuple(overtaken))


def now_words(given: SessionDraft, groups: Collection[str], workspace: Workspace) -> str:
    """What the session says in these groups, a line each, to be read beside what was typed."""
    lines = [
        f"{_tr(label)}: {_group_words(given, group, workspace)}"
        for group, label in LABELS.items()
        if group in groups
    ]
    return "\n".join(lines)


def _group_words(given: SessionDraft, group: str, workspace: Workspace) -> str:
    if group == "time":
        when = f"{day_words(given.start.date(), workspace)}, {range_words(given.start, given.end)}"
        is_own = given.zone == workspace.zone.key
        return when if is_own else f"{when} ({zone_words(given.zone)})"
    if group == "reminderMinutes":
        minutes = given.reminder_minutes
        return _tr("As each person likes") if minutes is None else reminder_words(minutes)
    return str(getattr(given, TEXTS[group])) or DASH


def _values(draft: SessionDraft, group: str) -> tuple[Any, ...]:
    return tuple(getattr(draft, name) for name in GROUPS[group])


def _plain(draft: SessionDraft) -> dict[str, Any]:
    return {**asdict(draft), "start": draft.start.isoformat(), "end": draft.end.isoformat()}


def _tr(text: object) -> str:
    return QCoreApplication.translate("Editing", str(text))
