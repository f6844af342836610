"""Who reads which room: the member rows and display names that follow from accounts and cards."""

from collections.abc import Collection
from typing import NamedTuple

from msgspec.structs import replace

from domain.accounts import Account, AccountState
from domain.cohorts import CohortCard
from domain.commands import Act
from domain.members import Access, Member, Role, member_id
from domain.records import Reader, Record, Transaction
from domain.rooms import MENTORS, cohort_room, room_kind, room_subject, student_room, user_room
from domain.students import MentorCard, StudentCard


class AccessChange(NamedTuple):
    """One person who may now read a room, or no longer may."""

    user_id: str
    room: str
    granted: bool


def project(tx: Transaction, act: Act, written: Collection[Record]) -> list[AccessChange]:
    """Write the Member rows and display names that follow from what a command wrote.

    Only the relay runs it, after each command and in its savepoint. Returns what changed for whom.
    """
    accounts: dict[str, Account] = {}
    people: set[str] = set()
    for row in written:
        if isinstance(row, Account):
            accounts[row.id] = row
            people.add(row.id)
        elif isinstance(row, StudentCard | MentorCard):
            people.add(row.id)
        elif isinstance(row, CohortCard):
            people.update(row.mentor_ids)
            people.update(_present(tx.everything, cohort_room(row.id)))
    for account in accounts.values():
        _follow_name(tx, act, account)
    students = [row for row in written if isinstance(row, StudentCard)]
    changes: list[AccessChange] = []
    for card in students:
        people.update(card.mentor_ids)
        people.update(_present(tx.everything, student_room(card.id)))
    for user_id in sorted(people):
        changes += _project_person(tx, act, user_id, written)
    return changes


def readable_rooms(reader: Reader, user_id: str) -> list[str]:
    """The rooms that this person may read, sorted; read from the member rows."""
    rows = reader.where(Member, user_id=user_id)
    return sorted(row.room for row in rows if row.access is Access.READ)


def may_read(reader: Reader, room: str, account: Account) -> bool:
    """Whether accounts and cards give this person the room: the truth that members follow."""
    if account.state is not AccountState.ACTIVE:
        return False
    subject = room_subject(room)
    match room_kind(room):
        case "user":
            return account.id == subject
        case "mentors":
            return account.role is not Role.STUDENT
        case "student":
            card = reader.find(StudentCard, subject)
            return card is not None and account.id in (card.id, *card.mentor_ids)
        case _:
            return _belongs_to_cohort(reader, subject, account)


def _belongs_to_cohort(reader: Reader, cohort_id: str, account: Account) -> bool:
    if account.role is Role.STUDENT:
        card = reader.find(StudentCard, account.id)
        return card is not None and card.cohort_id == cohort_id
    cohort = reader.find(CohortCard, cohort_id)
    return cohort is not None and account.id in cohort.mentor_ids


def _present(reader: Reader, room: str) -> Collection[str]:
    return [row.user_id for row in reader.where(Member, room=room) if row.access is Access.READ]


def _follow_name(tx: Transaction, act: Act, account: Account) -> None:
    """Bring the names of the person's cards, also of a former side, in line with the account's."""
    cards = (
        tx.everything.find(StudentCard, account.id),
        tx.everything.find(MentorCard, account.id),
    )
    for card in cards:
        if card is not None and card.name != account.name:
            tx.put(replace(card, name=account.name, updated_at=act.at))


def _project_person(
    tx: Transaction, act: Act, user_id: str, written: Collection[Record]
) -> list[AccessChange]:
    account = tx.everything.find(Account, user_id)
    if account is None:
        return []
    known = {row.room: row for row in tx.everything.where(Member, user_id=user_id)}
    candidates = {*known, user_room(user_id), MENTORS}
    for row in written:
        if isinstance(row, StudentCard):
            candidates.add(student_room(row.id))
            candidates.update({cohort_room(row.cohort_id)} if row.cohort_id else ())
        elif isinstance(row, CohortCard):
            candidates.add(cohort_room(row.id))
    changes = []
    for room in sorted(candidates):
        access = Access.READ if may_read(tx.everything, room, account) else Access.NONE
        old = known.get(room)
        if old is None and access is Access.NONE:
            continue
        _write_member(tx, act, room, account, access, old)
        if (old.access if old else Access.NONE) is not access:
            changes.append(AccessChange(user_id, room, access is Access.READ))
    return changes


def _write_member(
    tx: Transaction, act: Act, room: str, account: Account, access: Access, old: Member | None
) -> None:
    member = Member(
        id=member_id(room, account.id),
        room=room,
        created_at=old.created_at if old else act.at,
        updated_at=act.at,
        user_id=account.id,
        name=account.name,
        role=account.role,
        time_zone=account.time_zone,
        access=access,
        since=old.since if old and old.access is access else act.now,
    )
    if old is None or replace(member, updated_at=old.updated_at, version=old.version) != old:
        tx.put(member)
