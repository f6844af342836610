"""Outbox and replica together: what the store's thread does for the person and for the relay."""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from desktop.store.backups import About, Contents, Owner, contents
from desktop.store.chains import Chains
from desktop.store.database import Files
from desktop.store.outbox import Attention, Counts, Draft, Identity, Outbox, Waiting
from desktop.store.replica import Copy, Replica, Step
from desktop.store.trouble import StoreTrouble, is_damage, plainly
from desktop.store.witness import Witness
from domain.activities import Person
from domain.commands import Command
from domain.errors import Refused
from domain.instants import instant
from domain.members import Role
from domain.wire import MESSAGE_LIMIT, PUSH_LIMIT, Changes, Mutation, Outcome, Result, RoomPage

log = logging.getLogger(__name__)

T = TypeVar("T")
COMMAND = "command"  # told among the kinds that changed, when the outbox did
PUSH_BYTES = MESSAGE_LIMIT * 3 // 4  # leaves room for the message around the commands


class LocalStore:
    """One account's two files; used on one thread, and each method is one transaction a file.

    Whatever must survive is in the outbox before it shows in the replica. Where the replica
    cannot follow, it is brought in line before the next thing, or at the next start.

    Attributes:
        witness: what was seen of the relay's audit log.
    """

    def __init__(
        self,
        files: Files,
        *,
        me: Person | None,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        on_change: Callable[[frozenset[str]], None],
        on_pending: Callable[[], None],
        checkpoint: Callable[[str], None],
        on_damage: Callable[[], None] = lambda: None,
    ) -> None:
        self.files = files
        self._now = now
        self._new_id = new_id
        self._on_change = on_change
        self._on_pending = on_pending
        self._on_damage = on_damage
        self._checkpoint = checkpoint
        self._outbox = Outbox(files.outbox, now, new_id)
        self._replica = Replica(files.replica, self._outbox, now)
        self._chains = Chains(files.outbox, now)
        self.witness = Witness(
            self._outbox,
            self._replica,
            self._chains,
            saving=self._outbox_transaction,
            write=self._write,
            on_change=self._tell,
        )
        self._is_behind = True  # the replica may lack what the outbox holds
        self._has_traces = False  # of lost rooms, in the WAL
        self._begin(me)

    def close(self) -> None:
        """Close the files; the WAL of each is written into it."""
        try:
            self._wipe_traces()
        except StoreTrouble as trouble:
            log.error("Traces of a lost room stay until there is room to write: %s", trouble)  # noqa: TRY400
        finally:
            self.files.close()

    def report_damage(self) -> None:
        """Have the replica made anew when the files are opened again, which this asks for."""
        self.files.mark_replica_damaged()
        self._on_damage()

    def catch_up(self) -> None:
        """Predict again all that is pending, if that was not done since the start.

        The first change does it too; here it has not to wait for one.
        """
        try:
            self._write(lambda: None)
        except StoreTrouble as trouble:
            self._fall_behind(trouble)

    # For the person

    def act(self, command: Command, *, wait_s: float = 0.0) -> str:
        """Keep a command and predict it; gives its mutation id.

        Raises:
            DomainError: nothing was changed or kept.
            StoreTrouble: likewise.
        """
        return self._act(command, wait_s=wait_s)

    def undo(self, mutation_id: str) -> bool:
        """Take back a command with all it shows; False when it may have been sent already."""
        with self._outbox_transaction():
            dropped = self._outbox.take_back(mutation_id)
        if dropped:
            self._follow(lambda: self._replica.undo([mutation_id]))
        return dropped

    def next_due_s(self) -> float | None:
        """Seconds until the next command that can be undone may go; None without one."""
        return self._outbox.next_due_s()

    def attention(self) -> list[Attention]:
        """The commands that were not accepted, the oldest first."""
        return self._outbox.attention()

    def retry(self, mutation_id: str) -> str:
        """Do again what needed attention, as a new mutation whose id it gives.

        Raises:
            DomainError: it does not fit; it stays where it is.
        """
        reported = self._outbox.find_attention(mutation_id)
        command = reported.read() if reported else None
        if command is None:
            raise Refused("not_found", "This cannot be tried again.")
        return self._act(command, instead_of=mutation_id)

    def discard(self, mutation_id: str) -> bool:
        """Drop a command that needs attention."""
        with self._outbox_transaction():
            dropped = self._outbox.discard(mutation_id)
        self._tell({COMMAND})
        return dropped

    def counts(self) -> Counts:
        return self._outbox.counts()

    def get_setting(self, key: str, default: Any = None) -> Any:
        return self._outbox.get_setting(key, default)

    def put_setting(self, key: str, value: Any) -> None:
        with self._outbox_transaction():
            self._outbox.put_setting(key, value)

    def get_draft(self, key: str) -> Any:
        return self._outbox.get_draft(key)

    def drafts(self) -> list[Draft]:
        """All that was typed and not saved, the oldest first."""
        return self._outbox.drafts()

    def put_draft(self, key: str, body: Any) -> None:
        with self._outbox_transaction():
            self._outbox.put_draft(key, body)

    def drop_draft(self, key: str) -> None:
        with self._outbox_transaction():
            self._outbox.drop_draft(key)

    def owner(self) -> Owner:
        """Whose files these are, for a backup."""
        identity = self._outbox.identity()
        return Owner(identity.user_id or "", identity.relay_id)

    def contents(self, made_at: str) -> Contents:
        """Both files as they stand now, for a backup; `made_at` is an RFC 3339 instant."""
        counts = self._outbox.counts()
        about = About(
            made_at=made_at,
            owner=self.owner(),
            waiting=counts.waiting,
            attention=counts.attention,
            drafts=len(self._outbox.drafts()),
        )
        return contents(about, self.files.outbox, self.files.replica)

    # For sending

    def identity(self) -> Identity:
        with self._outbox_transaction():
            return self._outbox.identity()

    def become(self, user_id: str, role: Role, relay_id: str | None = None) -> None:
        """Note who is signed in and at which relay.

        Raises:
            StoreTrouble: the folder belongs to another account.
        """
        with self._outbox_transaction():
            before = self._outbox.identity().user_id
            if before not in {None, user_id}:
                raise StoreTrouble("This folder holds the work of another account.")
            self._outbox.become(user_id, role, relay_id)
        self._replica.me = Person(user_id, role)

    def unsent(self, limit: int = PUSH_LIMIT, max_bytes: int = PUSH_BYTES) -> list[Mutation]:
        """The next commands to push, numbered and in order; what waits for Undo is left out."""
        with self._outbox_transaction():
            return self._outbox.unsent(limit, max_bytes)

    def settle(self, results: Sequence[Result]) -> None:
        """Note what the relay says of commands; an answer that comes twice changes nothing."""
        accepted: dict[str, dict[str, int]] = {}
        undone: list[str] = []
        with self._outbox_transaction():
            for result in results:
                mutation_id = self._outbox.settle(result)
                if mutation_id and result.status is Outcome.APPLIED:
                    accepted[mutation_id] = result.versions
                elif mutation_id and result.status is Outcome.REFUSED:
                    undone.append(mutation_id)

        def follow() -> None:
            # What was built on a refused command is run again before it is let stand.
            self._replica.undo(undone)
            self._replica.acknowledge(accepted)

        self._follow(follow)

    def renumber(self, client_id: str) -> None:
        """Become another client, after `client_forked`: the same mutations, new numbers."""
        with self._outbox_transaction():
            self._outbox.renumber(client_id)
        self._on_pending()

    def make_good(self, last_number: int, restored_at: str | None) -> int:
        """Send again what a relay that welcomes with these may lack; gives how many commands."""
        with self._outbox_transaction():
            again = self._outbox.make_good(last_number, restored_at)
        if again:
            log.warning("The relay was restored: %d commands are sent again", len(again))
            self._follow(self._replica.predict_all)
            self._on_pending()
        return len(again)

    def purge(self) -> None:
        """Forget what the relay took in more than 14 days ago.

        Only once its welcome has shown that it was not restored from a backup.
        """
        with self._outbox_transaction():
            self._outbox.purge()

    # For receiving

    def heads(self) -> dict[str, tuple[int, str]]:
        """Version and checksum of each room that is wholly here."""
        return self._replica.heads()

    def rooms_here(self) -> list[str]:
        """All rooms of which something is here, those being copied too."""
        return self._replica.rooms_here()

    def audit_heads(self) -> dict[str, str | None]:
        """The relay's audit head at each room's version, as far as it was told."""
        return self._replica.audit_heads()

    def cursors(self) -> dict[str, list[int | str | None]]:
        """From where to pull each room that is wholly here."""
        return self._replica.cursors()

    def copies(self) -> list[Copy]:
        """The copies of rooms under way."""
        return self._replica.copies()

    def receive(self, changes: Changes) -> Step:
        """Take in a broadcast, if it follows what is here."""
        return self._received(self._write(lambda: self._replica.receive(changes)))

    def receive_page(self, page: RoomPage) -> Step:
        """Take in a page of a pull; rows and cursor are one transaction."""
        return self._received(self._write(lambda: self._replica.receive_page(page)))

    def begin_pulls(self) -> None:
        """A line is open: pull each room from its version on."""
        self._write(self._replica.begin_pulls)

    def end_pull(self) -> None:
        """All rooms are at their heads: rows that moved to where one cannot see them go."""
        self._write(self._replica.end_pull)

    def begin_copy(self, room: str, until: int, audit_head: str | None = None) -> None:
        """Begin to copy a room at its version `until`, anew if it is here already."""
        self.witness.keep_before_copy(room)  # the rows forget it now
        self._write(lambda: self._replica.begin_copy(room, until, audit_head))

    def copy_rows(self, room: str, rows: Sequence[dict[str, Any]], cursor: str | None) -> None:
        """Write a part of a copy; 500 rows at a time let the person's acts come between."""
        self._write(lambda: self._replica.copy_rows(room, rows, cursor))

    def end_copy(self, room: str, audit_head: str | None = None) -> None:
        """The copy is whole; with the relay's audit head at its version, as far as it was told."""
        self._write(lambda: self._replica.end_copy(room, audit_head))

    def may_recopy(self, room: str) -> bool:
        """Whether a room that is wrong may be copied anew now: once an hour; notes that it is."""
        return self._write(lambda: self._replica.may_recopy(room))

    def drop_rooms(self, rooms: Iterable[str]) -> None:
        """Take lost rooms away without a trace; what was typed there needs attention."""
        rooms = list(rooms)
        with self._outbox_transaction():
            lost = self._outbox.report_lost(rooms)
            self._chains.forget(rooms)
        self._has_traces = True
        self._follow(lambda: self._replica.drop_rooms(rooms, lost), secure_delete=True)
        for path in self._copies_aside():
            path.unlink(missing_ok=True)
        self._wipe_traces()

    def set_aside(self) -> Path | None:
        """Keep a copy of the rows as they are, before they are copied anew; where it is.

        None without a folder. A lost room takes such copies with it.
        """
        if self.files.folder is None:
            return None
        path = self.files.folder / f"replica-{self._now():%Y%m%d-%H%M%S}.sqlite"
        with plainly():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(path)) as copy:
                self.files.replica.backup(copy)
        return path

    # Inside

    def _begin(self, me: Person | None) -> None:
        """Note who is signed in, or remember it."""
        if me is None:
            self._replica.me = _person(self.identity())
        else:
            self.become(me.id, me.role)

    def _act(self, command: Command, *, wait_s: float = 0.0, instead_of: str | None = None) -> str:
        waiting = Waiting(self._new_id(), instant(self._now()), msgspec.to_builtins(command))
        is_durable = False

        def act() -> None:
            nonlocal is_durable
            rooms = self._replica.act(waiting, command)
            # Durable before it shows: the prediction is committed after the outbox.
            with self._outbox_transaction():
                self._outbox.append(waiting, rooms, wait_s=wait_s)
                if instead_of:
                    self._outbox.discard(instead_of)
            is_durable = True

        try:
            self._write(act, also={COMMAND})
        except StoreTrouble as trouble:
            if not is_durable:
                raise
            self._fall_behind(trouble)
        if not wait_s:
            self._on_pending()
        return waiting.id

    def _follow(self, work: Callable[[], None], *, secure_delete: bool = False) -> None:
        """Bring the replica in line with what the outbox holds by now."""
        try:
            self._write(work, also={COMMAND}, secure_delete=secure_delete)
        except StoreTrouble as trouble:
            self._fall_behind(trouble)

    def _fall_behind(self, trouble: StoreTrouble) -> None:
        log.error("What is shown is behind what is saved: %s", trouble)
        self._is_behind = True

    def _write(
        self, work: Callable[[], T], *, also: Iterable[str] = (), secure_delete: bool = False
    ) -> T:
        """Do this in one transaction of the replica, and tell what changed."""
        with self._plainly():
            if secure_delete:
                self.files.replica.execute("PRAGMA secure_delete = ON")
            with self._replica.transaction(self._checkpoint):
                if self._is_behind:
                    self._replica.predict_all()
                result = work()
            self._is_behind = False
        self._tell({*self._replica.changed, *also})
        if self._has_traces:
            self._wipe_traces()
        return result

    def _received(self, step: Step) -> Step:
        """After news of the relay, what it deferred may be tried again."""
        if step in {Step.APPLIED, Step.MOVED}:
            with self._outbox_transaction():
                released = self._outbox.release_held()
            if released:
                self._on_pending()
        return step

    @contextmanager
    def _outbox_transaction(self) -> Iterator[None]:
        connection = self.files.outbox
        with self._plainly():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._checkpoint("before outbox commit")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        self._checkpoint("after outbox commit")

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Say trouble in a sentence, and have a damaged replica made anew."""
        with plainly():
            try:
                yield
            except sqlite3.DatabaseError as error:
                if is_damage(error):
                    self.report_damage()
                raise

    def _tell(self, kinds: Iterable[str]) -> None:
        if told := frozenset(kinds):
            self._on_change(told)

    def _wipe_traces(self) -> None:
        """Write the WAL into the file and empty it; a reader in the midst of it puts it off."""
        if self._has_traces:
            with plainly():
                answer = self.files.replica.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._has_traces = answer is not None and bool(answer[0])

    def _copies_aside(self) -> Iterable[Path]:
        return self.files.folder.glob("replica-*.sqlite") if self.files.folder else ()


def _person(known: Identity) -> Person | None:
    return Person(known.user_id, known.role) if known.user_id and known.role else None
