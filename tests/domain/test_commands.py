"""Commands: what an act may do, and deadlines to the millisecond."""

from datetime import timedelta

import pytest

from domain.commands import Act, Command, changed, create
from domain.errors import Refused
from domain.members import Role
from domain.records import Transaction
from tests.builders import NOW, World, a_schedule, ahead, id_of
from tests.fakes import MemoryRelay


def an_act(role: Role = Role.MENTOR, *, grace: int = 0, trusted: bool = False) -> Act:
    return Act(
        actor=id_of("somebody"),
        role=role,
        at=NOW,
        now=NOW,
        mutation=id_of("m"),
        grace=timedelta(minutes=grace),
        trusted=trusted,
    )


@pytest.mark.parametrize(
    ("role", "trusted", "is_mentor", "is_admin"),
    [
        (Role.STUDENT, False, False, False),
        (Role.MENTOR, False, True, False),
        (Role.ADMIN, False, True, True),
        (Role.STUDENT, True, False, True),
    ],
)
def test_an_admin_is_a_mentor_with_more_rights(
    role: Role, *, trusted: bool, is_mentor: bool, is_admin: bool
) -> None:
    act = an_act(role, trusted=trusted)

    assert (act.is_mentor, act.is_admin) == (is_mentor, is_admin)


@pytest.mark.parametrize(
    ("grace", "ago", "past"),
    [(0, 0, False), (0, 1, True), (5, 300_000, False), (5, 300_001, True), (5, -1, False)],
)
def test_a_deadline_is_over_after_its_grace(grace: int, ago: int, *, past: bool) -> None:
    assert an_act(grace=grace).is_past(ahead(milliseconds=-ago)) is past


@pytest.mark.parametrize(("ahead_by", "begun"), [(1, False), (0, True), (-1, True)])
def test_a_start_knows_no_grace(ahead_by: int, *, begun: bool) -> None:
    assert an_act(grace=5).has_begun(ahead(milliseconds=ahead_by)) is begun


def test_creating_what_is_there_or_was_there_is_refused(world: World, relay: MemoryRelay) -> None:
    tx = relay.transaction(relay.act(world.ana, now=NOW))
    hidden = world.bens

    for taken in (world.session, hidden):
        with pytest.raises(Refused) as refused:
            create(tx, a_schedule(taken))
        assert refused.value.code == "id_taken"


def test_a_changed_row_is_changed_when_the_person_did_it() -> None:
    row = changed(a_schedule(updated_at=ahead(days=-1)), an_act(), title="Other")

    assert (row.title, row.updated_at) == ("Other", NOW)


def test_a_command_says_how_it_decides(world: World, relay: MemoryRelay) -> None:
    class Undecided(Command, frozen=True, tag="test.undecided"):
        def apply(self, tx: Transaction, act: Act) -> None:
            super().apply(tx, act)  # type: ignore[safe-super]

    with pytest.raises(NotImplementedError):
        Undecided().apply(relay.transaction(relay.act(world.ana, now=NOW)), an_act())
