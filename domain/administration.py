"""What admins change of a person: the role, the name, the e-mail address."""

from typing import Any

from msgspec import UNSET, UnsetType

from domain.accounts import Account, AccountState, check_email_free, keep_an_admin, known_account
from domain.activities import Kind, announce
from domain.assignments import enrol, leave
from domain.cohorts import CohortCard
from domain.commands import Act, Command, changed
from domain.departures import mentor_leaves, student_leaves
from domain.fields import EmailAddress, Name
from domain.ids import Id
from domain.members import Role
from domain.records import Transaction
from domain.releases import Sessions
from domain.rooms import MENTORS
from domain.schedules import ConfirmOverlap
from domain.students import MentorCard, State, StudentCard


class ChangeAccount(Command, frozen=True, kw_only=True, tag="account.change"):
    """Give a person another role, name or e-mail address; the relay has checked who may.

    Who changes sides leaves the old one as by deactivation, and stands on the new one like a
    new person: a student's record stays, and is read by those who read it.
    """

    relay_only = True

    user_id: Id
    role: Role | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    email: EmailAddress | UnsetType = UNSET
    sessions: Sessions = "cancel"
    confirm_overlap: ConfirmOverlap = False

    def apply(self, tx: Transaction, act: Act) -> None:
        before = known_account(tx, self.user_id)
        given = {name: getattr(self, name) for name in ("role", "name", "email")}
        new = {
            name: value
            for name, value in given.items()
            if value is not UNSET and value != getattr(before, name)
        }
        if not new:
            return
        if "email" in new:
            check_email_free(tx, new["email"])
        if "role" in new:
            keep_an_admin(tx, before)
        account = changed(before, act, **new)
        tx.put(account)
        if (before.role is Role.STUDENT) != (account.role is Role.STUDENT):
            self._change_sides(tx, act, account)

    def _change_sides(self, tx: Transaction, act: Act, account: Account) -> None:
        if account.role is Role.STUDENT:
            _end_mentor(tx, act, account, self.sessions, self.confirm_overlap)
            _begin_student(tx, act, account)
        else:
            _end_student(tx, act, account)
            _begin_mentor(tx, act, account)


def _end_mentor(
    tx: Transaction, act: Act, account: Account, sessions: Sessions, confirmed: ConfirmOverlap
) -> None:
    card = tx.everything.find(MentorCard, account.id)
    if card is not None and card.state is not State.DEACTIVATED:
        tx.put(changed(card, act, state=State.DEACTIVATED))
        mentor_leaves(tx, act, card, sessions, confirmed)


def _end_student(tx: Transaction, act: Act, account: Account) -> None:
    card = tx.everything.find(StudentCard, account.id)
    if card is not None and card.state is not State.DEACTIVATED:
        tx.put(changed(card, act, state=State.DEACTIVATED))
        student_leaves(tx, act, card)
        leave(tx, act, card)


def _begin_student(tx: Transaction, act: Act, account: Account) -> None:
    """Who was a student before finds the old record again, and the cohort's future sessions."""
    card = tx.everything.find(StudentCard, account.id)
    fields: dict[str, Any] = {"name": account.name, "state": _state(account)}
    new = changed(card, act, **fields) if card else StudentCard(**fields, **_stamps(act, account))
    tx.put(new)
    cohort = tx.everything.find(CohortCard, new.cohort_id) if new.cohort_id else None
    if account.state is not AccountState.ACTIVE:
        return
    if cohort is not None:
        enrol(tx, act, new, cohort)
    announce(
        tx,
        act,
        Kind.STUDENT_REGISTERED,
        ("student", new.id),
        MENTORS,
        studentName=new.name,
        cohortName=cohort.name if cohort else None,
    )


def _begin_mentor(tx: Transaction, act: Act, account: Account) -> None:
    card = tx.everything.find(MentorCard, account.id)
    fields: dict[str, Any] = {"name": account.name, "state": _state(account)}
    new = changed(card, act, **fields) if card else MentorCard(**fields, **_stamps(act, account))
    tx.put(new)
    if account.state is AccountState.ACTIVE:
        subject = ("mentor", new.id)
        announce(tx, act, Kind.MENTOR_REGISTERED, subject, MENTORS, mentorName=new.name)


def _state(account: Account) -> State:
    return State.ACTIVE if account.state is AccountState.ACTIVE else State.DEACTIVATED


def _stamps(act: Act, account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "room": MENTORS,
        "created_at": act.at,
        "updated_at": act.at,
        "registered_at": act.now,
    }
