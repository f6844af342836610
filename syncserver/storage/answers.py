"""What writing requests were answered, sealed, so that a repeated one gets the same again."""

from typing import NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Index,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
)

from syncserver.storage.schema import metadata

answers = Table(
    "answers",
    metadata,
    Column("id", Text, primary_key=True),  # of the person and the Idempotency-Key
    Column("request_hash", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("until", Text),  # from when on it may be forgotten; never, without one
    Index("answers_until", "until"),
)


class KeptAnswer(NamedTuple):
    """One answer, which only who sends the same request under the same key can open."""

    id: str
    request_hash: str
    sealed: bytes
    at: str
    until: str | None


_BY_ID = select(*answers.c).where(answers.c.id == bindparam("of_id"))
_KEEP = insert(answers)
_FORGET = delete(answers).where(answers.c.until < bindparam("now"))


def answer_of(connection: Connection, answer_id: str) -> KeptAnswer | None:
    row = connection.execute(_BY_ID, {"of_id": answer_id}).first()
    return None if row is None else KeptAnswer(*row)


def keep_answer(connection: Connection, answer: KeptAnswer) -> KeptAnswer:
    """Keep the answer unless there is one already; the one that stands."""
    known = answer_of(connection, answer.id)
    if known is None:
        connection.execute(_KEEP, answer._asdict())
    return known or answer


def forget_answers(connection: Connection, now: str) -> int:
    """Forget the answers whose time is over; how many there were."""
    return connection.execute(_FORGET, {"now": now}).rowcount
