"""Accounts: who a person is, and what only that person sets."""

from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from domain.activities import Kind, announce
from domain.assignments import enrol, leave
from domain.cohorts import CohortCard, lead
from domain.commands import Act, Command, changed, create
from domain.conflicts import Base, edited
from domain.departures import mentor_leaves, student_leaves
from domain.errors import Invalid, Refused, not_found
from domain.fields import Clock, EmailAddress, Instant, Locale, Name, Zone
from domain.ids import Id
from domain.members import Access, Member, Role
from domain.records import Record, Transaction
from domain.releases import Sessions
from domain.rooms import MENTORS, student_room, user_room
from domain.schedules import ConfirmOverlap
from domain.students import MentorCard, State, StudentCard

MAX_REMINDERS = 5
ReminderMinutes = Annotated[int, Meta(ge=0, le=20_160)]
ClockRange = tuple[Clock, Clock]
WorkingHours = list[list[ClockRange]]
WEEKDAYS = 7


class Switch(msgspec.Struct, frozen=True):
    """Where one kind of activity is told: in the inbox, as a toast, with a sound."""

    inbox: bool = True
    toast: bool = True
    sound: bool = False


class AccountState(StrEnum):
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


class Account(Record, frozen=True, kw_only=True, tag="account"):
    """A person's account and preferences, in the room that only this person reads.

    `working_hours` has one list of ranges for each weekday, Monday first, or is empty.
    `rest_days` are weekdays, Monday = 0.
    """

    table = "users"
    lookups = (("email",),)
    editable = (
        ("name", ("name",)),
        ("timeZone", ("time_zone",)),
        ("locale", ("locale",)),
        ("workingHours", ("working_hours",)),
        ("quietHours", ("quiet_hours",)),
        ("dndUntil", ("dnd_until",)),
        ("switches", ("switches",)),
        ("reminderMinutes", ("reminder_minutes",)),
        ("restDays", ("rest_days",)),
    )

    name: Name
    email: EmailAddress
    role: Role
    state: AccountState
    time_zone: Zone
    locale: Locale = "en"
    working_hours: WorkingHours = []
    quiet_hours: ClockRange | None = None
    dnd_until: Instant | None = None
    switches: dict[str, Switch] = {}
    reminder_minutes: list[ReminderMinutes] = msgspec.field(default_factory=lambda: [10])
    rest_days: list[Annotated[int, Meta(ge=0, le=6)]] = []

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.working_hours and len(self.working_hours) != WEEKDAYS:
            raise Invalid("workingHours", "malformed", "Give the hours of all seven weekdays.")
        for ranges in self.working_hours:
            if len(ranges) > 3 or any(start >= end for start, end in ranges):
                raise Invalid("workingHours", "malformed", "Give at most three ranges a day.")
        check_reminders(self.reminder_minutes)
        if len(self.switches) > 60:
            raise Invalid("switches", "too_long", "There are fewer kinds than that.")
        if len(self.rest_days) > WEEKDAYS:
            raise Invalid("restDays", "too_long", "A week has seven days.")


def check_reminders(minutes: list[int]) -> None:
    """Raise `Invalid` for more than five reminders."""
    if len(minutes) > MAX_REMINDERS:
        raise Invalid("reminderMinutes", "too_long", "Set at most five reminders.")


class UpdateAccount(Command, frozen=True, kw_only=True, tag="account.update"):
    """Change one's own name and preferences; never role, e-mail or state."""

    name: Name | UnsetType = UNSET
    time_zone: Zone | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    working_hours: WorkingHours | UnsetType = UNSET
    quiet_hours: ClockRange | None | UnsetType = UNSET
    dnd_until: Instant | None | UnsetType = UNSET
    switches: dict[str, Switch] | UnsetType = UNSET
    reminder_minutes: list[ReminderMinutes] | UnsetType = UNSET
    rest_days: list[Annotated[int, Meta(ge=0, le=6)]] | UnsetType = UNSET
    base: Base = {}

    def apply(self, tx: Transaction, act: Act) -> None:
        account = tx.find(Account, act.actor)
        if account is None:
            raise not_found("account")
        row, names = edited(tx, act, account, self)
        if names:
            tx.put(row)


class RegisterAccount(Command, frozen=True, kw_only=True, tag="account.register"):
    """Enrol a new person; the relay has checked the code, the invitation and the password."""

    relay_only = True

    user_id: Id
    name: Name
    email: EmailAddress
    role: Role
    time_zone: Zone
    locale: Locale = "en"
    cohort_id: Id | None = None
    mentor_id: Id | None = None

    def apply(self, tx: Transaction, act: Act) -> None:
        check_email_free(tx, self.email)
        create(
            tx,
            Account(
                id=self.user_id,
                room=user_room(self.user_id),
                created_at=act.at,
                updated_at=act.at,
                name=self.name,
                email=self.email,
                role=self.role,
                state=AccountState.ACTIVE,
                time_zone=self.time_zone,
                locale=self.locale,
            ),
        )
        if self.role is Role.STUDENT:
            self._register_student(tx, act)
        else:
            self._register_mentor(tx, act)

    def _register_student(self, tx: Transaction, act: Act) -> None:
        cohort = self._cohort(tx)
        mentor = self._mentor(tx)
        card = StudentCard(
            **self._card_fields(act),
            cohort_id=self.cohort_id,
            mentor_ids=[mentor.id] if mentor else [],
        )
        create(tx, card)
        if cohort:
            enrol(tx, act, card, cohort)
        announce(
            tx,
            act,
            Kind.STUDENT_REGISTERED,
            ("student", card.id),
            MENTORS,
            studentName=card.name,
            cohortName=cohort.name if cohort else None,
        )
        if mentor:
            announce(
                tx,
                act,
                Kind.STUDENT_ASSIGNED,
                ("student", card.id),
                student_room(card.id),
                ordinal=1,
                studentName=card.name,
                mentorId=mentor.id,
                mentorName=mentor.name,
            )

    def _register_mentor(self, tx: Transaction, act: Act) -> None:
        if self.mentor_id:
            raise Invalid("mentorId", "malformed", "Only a student has a mentor.")
        card = MentorCard(**self._card_fields(act))
        create(tx, card)
        announce(
            tx, act, Kind.MENTOR_REGISTERED, ("mentor", card.id), MENTORS, mentorName=card.name
        )
        if cohort := self._cohort(tx):
            lead(tx, act, cohort, card, ordinal=1)

    def _cohort(self, tx: Transaction) -> CohortCard | None:
        cohort = tx.everything.find(CohortCard, self.cohort_id) if self.cohort_id else None
        if self.cohort_id and (cohort is None or cohort.archived):
            raise Invalid("cohortId", "unknown", "This cohort is no longer there.")
        return cohort

    def _mentor(self, tx: Transaction) -> MentorCard | None:
        mentor = tx.everything.find(MentorCard, self.mentor_id) if self.mentor_id else None
        if self.mentor_id and (mentor is None or mentor.state is not State.ACTIVE):
            raise Invalid("mentorId", "unknown", "This mentor is no longer there.")
        return mentor

    def _card_fields(self, act: Act) -> dict[str, Any]:
        return {
            "id": self.user_id,
            "room": MENTORS,
            "created_at": act.at,
            "updated_at": act.at,
            "name": self.name,
            "registered_at": act.now,
            "state": State.ACTIVE,
        }


class DeactivateAccount(Command, frozen=True, kw_only=True, tag="account.deactivate"):
    """End a person's access; future sessions are canceled or handed over in the same commit.

    A mentor's students and cohorts are the mentor's no longer.
    """

    relay_only = True

    user_id: Id
    sessions: Sessions = "cancel"
    confirm_overlap: ConfirmOverlap = False

    def apply(self, tx: Transaction, act: Act) -> None:
        account = known_account(tx, self.user_id)
        if account.state is AccountState.DEACTIVATED:
            return
        keep_an_admin(tx, account)
        card = _set_state(tx, act, account, AccountState.DEACTIVATED)
        if isinstance(card, StudentCard):
            student_leaves(tx, act, card)
            leave(tx, act, card)
        else:
            mentor_leaves(tx, act, card, self.sessions, self.confirm_overlap)


class ReactivateAccount(Command, frozen=True, kw_only=True, tag="account.reactivate"):
    """Give a deactivated person access again, and a student the cohort's future sessions."""

    relay_only = True

    user_id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        account = known_account(tx, self.user_id)
        if account.state is AccountState.ACTIVE:
            return
        card = _set_state(tx, act, account, AccountState.ACTIVE)
        if isinstance(card, StudentCard) and card.cohort_id:
            cohort = tx.everything.find(CohortCard, card.cohort_id)
            if cohort:
                enrol(tx, act, card, cohort)


def known_account(tx: Transaction, user_id: str) -> Account:
    """The account, whoever reads it. Raises `not_found`."""
    account = tx.everything.find(Account, user_id)
    if account is None:
        raise not_found("account")
    return account


def check_email_free(tx: Transaction, email: str) -> None:
    """Raise `email_taken` for an address that is somebody's."""
    if tx.everything.where(Account, email=email):
        raise Refused("email_taken", "There is an account with this e-mail address already.")


def keep_an_admin(tx: Transaction, leaving: Account) -> None:
    """Raise `last_admin` where nobody could let people in any more without this one."""
    if leaving.role is not Role.ADMIN or leaving.state is not AccountState.ACTIVE:
        return
    members = tx.everything.where(Member, room=MENTORS)
    others = (row for row in members if row.user_id != leaving.id and row.access is Access.READ)
    if not any(row.role is Role.ADMIN for row in others):
        raise Refused("last_admin", "This is the only admin: make somebody else an admin first.")


def _set_state(
    tx: Transaction, act: Act, account: Account, state: AccountState
) -> StudentCard | MentorCard:
    """The person's card in the state that the account has now, of which all mentors are told."""
    tx.put(changed(account, act, state=state))
    sort: type[StudentCard] | type[MentorCard] = (
        StudentCard if account.role is Role.STUDENT else MentorCard
    )
    card = tx.everything.find(sort, account.id)
    if card is None:
        raise not_found("person")
    card = changed(card, act, state=State(state.value))
    tx.put(card)
    if isinstance(card, StudentCard):
        subject, kind, names = ("student", card.id), Kind.STUDENT_STATE_CHANGED, "studentName"
    else:
        subject, kind, names = ("mentor", card.id), Kind.MENTOR_STATE_CHANGED, "mentorName"
    told: dict[str, Any] = {names: card.name, "state": card.state}
    announce(tx, act, kind, subject, MENTORS, **told)
    return card
