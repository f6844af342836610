"""What becomes of a command: numbers, receipts, rights and rules, inside a commit."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from domain.access import project
from domain.accounts import Account, AccountState
from domain.activities import Activity
from domain.commands import Act, Command
from domain.errors import Invalid, Refused
from domain.instants import instant, moment
from domain.kinds import KINDS
from domain.members import Role
from domain.records import Record
from domain.wire import Mutation, Outcome, Push, Pushed, Result, command_of
from syncserver.frames import named_events
from syncserver.logs import log
from syncserver.storage.ledger import RELAY_ID, RESTORED_AT
from syncserver.storage.reading import Client, Receipt
from syncserver.storage.rows import from_wire, wire_row
from syncserver.storage.writing import Acting, FileTrouble, Writing

Key = tuple[str, str]  # (kind, id)
Also = Callable[[Writing], object]
Expected = tuple[str, str, frozenset[int]]  # (kind, id, versions)

LOG = log("judge")

GRACE = timedelta(minutes=5)
DEFERRED_FOR = timedelta(days=14)
PLACE = re.compile(r"`\$\.(\w+)")
BROKEN = "The relay failed at this by a fault of its own. Its operator can find it in the log."
GROUND_MISSING = frozenset({"not_found", "forbidden", "not_assigned"})


@dataclass(frozen=True)
class Caller:
    """Who asks, and from where."""

    user_id: str
    client_id: str | None = None
    device_id: str | None = None


@dataclass(frozen=True)
class Done:
    """What an accepted command came to: its activities, and its rows that the actor reads."""

    result: Result
    activities: list[Activity]
    rows: dict[Key, Record]


class Order(NamedTuple):
    """One command that is to be judged, with all that goes with it.

    Attributes:
        expected: (kind, id, versions): the row must have one of these versions.
        also: what else belongs to the same commit; it may refuse.
        trusted: the relay's own act.
    """

    command: Command
    mutation_id: str
    body_hash: str = ""
    expected: Expected | None = None
    also: Also | None = None
    trusted: bool = False


def accept(writing: Writing, caller: Caller, push: Push, now: datetime) -> Pushed:
    """Judge the mutations of a push, each alone.

    Raises:
        Refused: `client_required`, `client_taken`, `client_forked`, `number_gap` (with
            `lastNumber`) or `account_disabled`; nothing of the push was judged.
    """
    outbox = _outbox_of(writing, caller)
    known = writing.receipts([mutation.id for mutation in push.mutations])
    last = outbox.last_number
    results = []
    for mutation in push.mutations:
        receipt = known.get(mutation.id)
        _check_number(mutation, last, receipt)
        last = max(last, mutation.n)
        if receipt is None or _outcome(receipt).status is Outcome.DEFERRED:
            receipt = _judged(writing, caller, mutation, now)
            known[mutation.id] = receipt
            writing.keep_receipt(receipt)
        results.append(_repeated(receipt, caller, mutation.n))
    writing.keep_number(outbox._replace(last_number=last))
    return Pushed(results=[_without_lost_rooms(writing, caller, one) for one in results])


def do(writing: Writing, caller: Caller, order: Order, now: datetime) -> Done:
    """Judge one command; a refusal is in the result, so that its receipt is kept.

    Raises:
        Refused: `idempotency_key_reused` or `account_disabled`; no receipt was written.
    """
    receipt = writing.receipts([order.mutation_id]).get(order.mutation_id)
    if receipt is not None:
        return _same_again(receipt, caller, order)
    stamp = instant(now)
    act = _act(writing, caller, stamp, now, order.mutation_id, trusted=order.trusted)
    done = _tried(writing, order, act, caller.device_id)
    answer: dict[str, list[Record]] = {
        "rows": [*done.rows.values()],
        "activities": [*done.activities],
    }
    writing.keep_receipt(
        Receipt(
            mutation_id=order.mutation_id,
            user_id=act.actor,
            client_id=None,
            n=None,
            body_hash=order.body_hash,
            outcome=_json(done.result),
            answer=_json({name: [wire_row(row) for row in rows] for name, rows in answer.items()}),
            at=stamp,
        )
    )
    return done


def bind(writing: Writing, caller: Caller) -> None:
    """Give the clientId to this account, unless it belongs to one already.

    Raises:
        Refused: `client_taken`; nothing was written.
    """
    outbox = _outbox_of(writing, caller)
    if writing.client(outbox.client_id) is None:
        writing.keep_number(outbox)


def error_of(result: Result) -> Refused | Invalid:
    """The refusal in a result, as the error that it was."""
    message = result.message or ""
    if result.code == "invalid" and "field" in result.data:
        return Invalid(result.data["field"], result.data["because"], message)
    return Refused(result.code or "", message, **result.data)


def relay_id(writing: Writing) -> str:
    return writing.meta(RELAY_ID) or ""


def _outbox_of(writing: Writing, caller: Caller) -> Client:
    if caller.client_id is None:
        raise Refused("client_required", "Only a connection with a clientId can push.")
    outbox = writing.client(caller.client_id) or Client(caller.client_id, caller.user_id, 0)
    if outbox.user_id != caller.user_id:
        raise Refused("client_taken", "This clientId belongs to another account.")
    return outbox


def _check_number(mutation: Mutation, last: int, receipt: Receipt | None) -> None:
    if mutation.n > last + 1:
        raise Refused("number_gap", f"Number {last + 1} is missing.", lastNumber=last)
    if mutation.n <= last and receipt is None:
        raise Refused(
            "client_forked", f"Number {mutation.n} was sent with another mutation.", lastNumber=last
        )


def _judged(writing: Writing, caller: Caller, mutation: Mutation, now: datetime) -> Receipt:
    act = _act(writing, caller, mutation.at, now, mutation.id)
    try:
        order = Order(_decoded(mutation), mutation.id)
    except (msgspec.ValidationError, Refused) as error:
        result = _refusal(error)
    else:
        result = _survived(writing, order, act, caller.device_id)
        if _may_be_deferred(writing, result, act, now):
            result = replace(result, status=Outcome.DEFERRED)
    return Receipt(
        mutation_id=mutation.id,
        user_id=caller.user_id,
        client_id=caller.client_id,
        n=mutation.n,
        body_hash="",
        outcome=_json(result),
        answer=None,
        at=act.now,
    )


def _decoded(mutation: Mutation) -> Command:
    command = command_of(mutation.command)
    if command.relay_only:
        raise Refused("forbidden", "Only the relay itself can do this.")
    return command


def _act(
    writing: Writing,
    caller: Caller,
    at: str,
    now: datetime,
    mutation_id: str,
    *,
    trusted: bool = False,
) -> Act:
    """The act; the time that a client gives is never later than the relay's."""
    account = writing.find(Account, caller.user_id)
    if not trusted and (account is None or account.state is not AccountState.ACTIVE):
        raise Refused("account_disabled", "This account is closed.")
    stamp = instant(now)
    return Act(
        actor=caller.user_id,
        role=account.role if account else Role.ADMIN,
        at=min(at, stamp),
        now=stamp,
        mutation=mutation_id,
        grace=GRACE,
        trusted=trusted,
    )


def _survived(writing: Writing, order: Order, act: Act, device_id: str | None) -> Result:
    """What a pushed command came to; one that breaks the relay's rules code is refused alone.

    It would break it each time that it is sent, and hold up all that its outbox has behind it.
    """
    try:
        return _tried(writing, order, act, device_id).result
    except FileTrouble:
        raise  # the whole push is tried again
    except Exception:
        LOG.exception("command failed", action=order.command.tag())
        return Result(n=0, status=Outcome.REFUSED, code="internal", message=BROKEN)


def _tried(writing: Writing, order: Order, act: Act, device_id: str | None) -> Done:
    try:
        acting = _run(writing, order, act, device_id)
    except (Refused, Invalid) as error:
        return Done(_refusal(error), [], {})
    rows = acting.effects.rows
    seen = {room for room in acting.effects.sums if writing.reads(act.actor, room)}
    return Done(
        Result(
            n=0,
            status=Outcome.APPLIED,
            versions={room: writing.next_version(room) for room in sorted(seen)},
        ),
        [row for row in rows.values() if isinstance(row, Activity)],
        {key: row for key, row in rows.items() if act.trusted or row.room in seen},
    )


def _run(writing: Writing, order: Order, act: Act, device_id: str | None) -> Acting:
    command = order.command
    with writing.acting(act, action=command.tag(), device_id=device_id) as acting:
        unseen = _unseen(writing, acting, order.expected)
        command.apply(acting, act)
        _check_version(unseen, order.expected)
        acting.effects.access += project(acting, act, _latest(acting.written))
        if order.also is not None:
            order.also(writing)
        acting.effects.told += named_events(writing, acting.effects.rows.values(), act.mutation)
    return acting


def _unseen(writing: Writing, acting: Acting, expected: Expected | None) -> Record | None:
    """The row as it stands that must have an expected version, where its actor does not read it.

    What the actor reads is checked at once. What an admin may change without reading it is left for
    after the command, which knows who may: the version of a row tells others nothing.
    """
    if expected is None:
        return None
    kind = KINDS[expected[0]]
    row = acting.find(kind, expected[1])
    _check_version(row, expected)
    return writing.find(kind, expected[1]) if row is None else None


def _check_version(row: Record | None, expected: Expected | None) -> None:
    """Let only who saw the row as it stands change it; the absent is the command's to refuse."""
    if row is not None and expected is not None and row.version not in expected[2]:
        raise Refused("changed", "Someone has changed this meanwhile.", version=row.version)


def _latest(written: Iterable[Record]) -> list[Record]:
    return list({(row.kind(), row.id): row for row in written}.values())


def _refusal(error: Exception) -> Result:
    """The result of a command that was refused, or could not be read."""
    cause = error.__cause__ or error
    if isinstance(cause, Refused):
        code, data = cause.code, cause.data
    elif isinstance(cause, Invalid):
        code, data = "invalid", {"field": cause.field, "because": cause.code}
    else:
        return _misfit(error)
    return Result(n=0, status=Outcome.REFUSED, code=code, message=str(cause), data=data)


def _misfit(error: Exception) -> Result:
    """The result of what is no command: msgspec ends its message with the place that is wrong."""
    found = PLACE.search(str(error))
    field = found[1] if found else "type"
    data = {"field": field, "because": "malformed"}
    message = "This is no command that this relay knows."
    if field != "type":
        message = f"The field “{field}” of this command does not fit."
    return Result(n=0, status=Outcome.REFUSED, code="invalid", message=message, data=data)


def _may_be_deferred(writing: Writing, result: Result, act: Act, now: datetime) -> bool:
    """Whether the ground of a command from before a restore may still come back.

    What the backup lacked comes from the desktops, one after the other.
    """
    if result.code not in GROUND_MISSING:
        return False
    restored_at = writing.meta(RESTORED_AT)
    return (
        restored_at is not None
        and act.at < restored_at
        and now < moment(restored_at) + DEFERRED_FOR
    )


def _same_again(receipt: Receipt, caller: Caller, order: Order) -> Done:
    is_own = order.trusted or receipt.user_id == caller.user_id
    if not is_own or receipt.body_hash != order.body_hash:
        raise Refused("idempotency_key_reused", "This key was used for another request.")
    answer = msgspec.json.decode(receipt.answer or "{}")
    rows = [from_wire(row) for row in answer.get("rows", [])]
    activities = [from_wire(row) for row in answer.get("activities", [])]
    return Done(
        _outcome(receipt),
        [row for row in activities if isinstance(row, Activity)],
        {(row.kind(), row.id): row for row in rows},
    )


def _repeated(receipt: Receipt, caller: Caller, n: int) -> Result:
    if receipt.user_id != caller.user_id:
        return Result(
            n=n, status=Outcome.REFUSED, code="id_taken", message="This was created already."
        )
    return replace(_outcome(receipt), n=n)


def _without_lost_rooms(writing: Writing, caller: Caller, result: Result) -> Result:
    """A later command of the same push may have cost its actor a room."""
    versions = {
        room: version
        for room, version in result.versions.items()
        if writing.reads(caller.user_id, room)
    }
    return replace(result, versions=versions)


def _outcome(receipt: Receipt) -> Result:
    return msgspec.json.decode(receipt.outcome, type=Result)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
