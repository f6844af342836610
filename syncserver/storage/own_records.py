"""The audit records of what is one person's own: the account, the card, and what is theirs."""

from heapq import merge
from itertools import islice

from sqlalchemy import ColumnElement

from domain.rooms import student_room, user_room
from domain.students import MentorCard, StudentCard
from syncserver.storage.audit_listings import UNTOLD, Columns, T, listed
from syncserver.storage.reading import Reading

CARDS = (StudentCard.kind(), MentorCard.kind())  # they lie in a room that is not the person's


def own_records(
    reading: Reading, user_id: str, *, by_others: bool, before: int, limit: int
) -> list[Columns]:
    """Who changed what is this person's, as columns, the newest first.

    `before` is the record that a page goes on below, 0 for none; with `by_others` what the person
    did is left out.
    """
    wanted: list[ColumnElement[bool]] = [T.row_type.not_in(UNTOLD)]
    if by_others:
        wanted.append(T.actor_id != user_id)
    if before:
        wanted.append(T.id < before)
    streams = [  # each is read from the end of a room's chain, along its index
        listed(reading, [T.room == room, *wanted], T.n.desc(), limit)
        for room in (user_room(user_id), student_room(user_id))
    ]
    for kind in CARDS:
        of_card = [T.row_type == kind, T.row_id == user_id, *wanted]
        streams.append(listed(reading, of_card, T.id.desc(), limit))
    merged = merge(*streams, key=lambda record: record["id"], reverse=True)
    return list(islice(merged, limit))
