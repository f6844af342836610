"""The inbox: what a person did with notifications, which themselves are activities."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from domain.activities import Activity
from domain.commands import Act, Command, changed
from domain.fields import Instant
from domain.ids import Id, derived_id
from domain.instants import checked_instant
from domain.members import Member, member_id
from domain.records import Record, Transaction
from domain.rooms import Room, user_room


class MarkState(StrEnum):
    READ = "read"
    ARCHIVED = "archived"
    UNREAD = "unread"  # although what was read as a whole covers it


class InboxMark(Record, frozen=True, kw_only=True, tag="inbox_mark"):
    """What I did with one notification. `of_room` and `recorded_at` are its activity's.

    While `snoozed_until` is ahead the notification is out of sight; after it, unread again.
    """

    table = "inbox_marks"
    lookups = (("of_room",), ("activity_id",))

    activity_id: Id
    of_room: Room
    recorded_at: Instant
    state: MarkState
    snoozed_until: Instant | None = None


class ReadThrough(Record, frozen=True, kw_only=True, tag="read_through"):
    """Up to which `recorded_at` I have read everything of a room; it only rises."""

    table = "read_through"
    lookups = (("of_room",),)

    of_room: Room
    through: Instant


class MarkInbox(Command, frozen=True, kw_only=True, tag="inbox.mark"):
    """Mark one notification; it never fails for a room that one no longer reads."""

    activity_id: Id
    state: Literal["read", "archived", "unread"]

    def apply(self, tx: Transaction, act: Act) -> None:
        mark = tx.find(InboxMark, derived_id("inbox_mark", act.actor, self.activity_id))
        if self.state != "unread" or _is_covered(tx, act, self.activity_id, mark):
            _mark(tx, act, self.activity_id, MarkState(self.state), None)
        elif mark is not None:
            tx.remove(mark)


class SnoozeInbox(Command, frozen=True, kw_only=True, tag="inbox.snooze"):
    """Put one notification out of sight until a time; it never fails for a room out of reach."""

    activity_id: Id
    until: Instant

    def apply(self, tx: Transaction, act: Act) -> None:
        _mark(tx, act, self.activity_id, MarkState.READ, self.until)


class MarkAllInbox(Command, frozen=True, kw_only=True, tag="inbox.mark_all"):
    """Mark everything read up to the `recorded_at` that was shown, room by room."""

    through: dict[Room, Instant]

    def apply(self, tx: Transaction, act: Act) -> None:
        for room, through in sorted(self._normalised().items()):
            if not tx.reads(room):
                continue
            row_id = derived_id("read_through", act.actor, room)
            known = tx.find(ReadThrough, row_id)
            if known is None or known.through < through:
                tx.put(self._row(row_id, room, through, known, act))
            for mark in tx.where(InboxMark, of_room=room):
                if _is_over(mark, act) and mark.recorded_at <= through:
                    tx.remove(mark)

    def _normalised(self) -> Mapping[str, str]:
        return {room: checked_instant("through", value) for room, value in self.through.items()}

    def _row(
        self, row_id: str, room: str, through: str, known: ReadThrough | None, act: Act
    ) -> ReadThrough:
        if known is not None:
            return changed(known, act, through=through)
        return ReadThrough(
            id=row_id,
            room=user_room(act.actor),
            created_at=act.at,
            updated_at=act.at,
            of_room=room,
            through=through,
        )


def _mark(
    tx: Transaction, act: Act, activity_id: str, state: MarkState, snoozed_until: str | None
) -> None:
    """Write the mark of one notification, unless it says so already."""
    mark_id = derived_id("inbox_mark", act.actor, activity_id)
    mark = tx.find(InboxMark, mark_id)
    if mark is not None:
        if (mark.state, mark.snoozed_until) != (state, snoozed_until):
            tx.put(changed(mark, act, state=state, snoozed_until=snoozed_until))
        return
    activity = tx.find(Activity, activity_id)
    if activity is None:
        return
    tx.put(
        InboxMark(
            id=mark_id,
            room=user_room(act.actor),
            created_at=act.at,
            updated_at=act.at,
            activity_id=activity.id,
            of_room=activity.room,
            recorded_at=activity.recorded_at,
            state=state,
            snoozed_until=snoozed_until,
        )
    )


def _is_covered(tx: Transaction, act: Act, activity_id: str, mark: InboxMark | None) -> bool:
    """Whether the notification is read without any mark, so that *unread* needs one.

    What happened in a room before one could read it is no news either.
    """
    known = mark or tx.find(Activity, activity_id)
    if known is None:
        return False
    room = known.of_room if isinstance(known, InboxMark) else known.room
    read = tx.find(ReadThrough, derived_id("read_through", act.actor, room))
    if read is not None and known.recorded_at <= read.through:
        return True
    member = tx.find(Member, member_id(room, act.actor))
    return member is not None and known.recorded_at < member.since


def _is_over(mark: InboxMark, act: Act) -> bool:
    """Whether the mark stands in the way of *read*, or says no more than a read-through does."""
    snoozed = mark.snoozed_until is not None and mark.snoozed_until > act.at
    return mark.state is not MarkState.ARCHIVED and not snoozed
