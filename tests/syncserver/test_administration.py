"""Administration: what one commit holds together, and what a repeated request is given."""

import pytest
from sqlalchemy import text

from domain.accounts import DeactivateAccount
from domain.administration import ChangeAccount
from domain.errors import Invalid, Refused
from domain.members import Role
from syncserver.administration import NewPerson
from syncserver.auth import hashed, plain_code
from syncserver.relay import Caller
from syncserver.storage.credentials import Credentials
from tests.builders import id_of
from tests.syncserver.rest.conftest import House, clock, house

__all__ = ["clock", "house"]  # fixtures

EVE = NewPerson(Role.STUDENT, "Eve", "eve@example.org", "UTC")


async def test_a_repeated_addition_gives_the_same_person_and_code(house: House) -> None:
    administration, by = house.services.administration, Caller(house.ada.id)

    first, again = [
        await administration.add(EVE, by=by, key="k", mutation_id="eve", body_hash="")
        for _ in range(2)
    ]

    assert again == first
    assert first[0].name == "Eve"


async def test_a_repeated_addition_is_answered_alike_though_its_mentor_left(
    house: House,
) -> None:
    administration, by = house.services.administration, Caller(house.ada.id)
    person = EVE._replace(mentor_id=house.noah.id)
    first = await administration.add(person, by=by, key="k", mutation_id="eve", body_hash="")
    left = DeactivateAccount(user_id=house.noah.id)
    await administration.deactivate(left, by=by, mutation_id="left")

    again = await administration.add(person, by=by, key="k", mutation_id="eve", body_hash="")

    assert again == first


async def test_who_is_refused_leaves_no_code(house: House) -> None:
    taken = EVE._replace(email="ana@example.org")
    by = Caller(house.ada.id)

    with pytest.raises(Refused, match="e-mail address already"):
        await house.services.administration.add(taken, by=by, mutation_id="eve", body_hash="")

    codes = text("SELECT count(*) FROM reset_codes WHERE user_id > ''")
    assert await house.services.relay.read(lambda r: r.connection.execute(codes).scalar()) == 0


async def test_a_mentor_has_no_mentor(house: House) -> None:
    person = EVE._replace(role=Role.MENTOR, mentor_id=house.mia.id)

    with pytest.raises(Invalid, match="Only a student"):
        await house.services.administration.add(
            person, by=Caller(house.ada.id), mutation_id="eve", body_hash=""
        )


@pytest.mark.parametrize(("role", "left"), [(Role.STUDENT, 0), (Role.ADMIN, 1)])
async def test_only_who_changes_sides_is_signed_out(house: House, role: Role, left: int) -> None:
    await house.services.administration.change(
        ChangeAccount(user_id=house.noah.id, role=role),
        by=Caller(house.ada.id),
        mutation_id="change",
        body_hash="",
        expected=None,
    )

    devices = await house.services.relay.read(
        lambda reading: Credentials(reading.connection).devices_of(house.noah.id)
    )
    assert len(devices) == left


async def test_deactivation_ends_all_devices(house: House) -> None:
    command = DeactivateAccount(user_id=house.ana.id)
    await house.services.administration.deactivate(
        command, by=Caller(house.ada.id), mutation_id="out"
    )

    left = await house.services.relay.read(
        lambda reading: Credentials(reading.connection).devices_of(house.ana.id)
    )
    assert left == []


async def test_nobody_deactivates_oneself(house: House) -> None:
    command = DeactivateAccount(user_id=house.ada.id)

    with pytest.raises(Refused) as refused:
        await house.services.administration.deactivate(
            command, by=Caller(house.ada.id), mutation_id="out"
        )

    assert refused.value.code == "own_account"


async def test_an_invitation_that_was_withdrawn_is_not_made_again_by_its_key(house: House) -> None:
    administration, by = house.services.administration, Caller(house.ada.id)
    made = await administration.invite(Role.MENTOR, by=by, key="k")
    await administration.withdraw(made.id, by=by)

    again = await administration.invite(Role.MENTOR, by=by, key="k")

    assert again == made
    code = hashed(plain_code(again.code))
    is_open = await house.services.relay.read(
        lambda r: Credentials(r.connection).is_invited(code, "mentor", "2026-03-02T12:00:00.000Z")
    )
    assert not is_open


async def test_the_same_key_gives_the_same_reset_code_until_it_is_used(house: House) -> None:
    ada = Caller(house.ada.id)
    allow = house.services.administration.allow_reset_of

    codes = [await allow(house.ana.id, by=ada, key=key) for key in ("k", "k", "l")]

    assert codes[0] == codes[1]
    assert codes[2].code != codes[0].code
    with pytest.raises(Refused, match="no longer there"):
        await allow(id_of("nobody"), by=ada)


async def test_the_command_line_makes_codes_as_the_relay_itself(house: House) -> None:
    await house.services.administration.allow_reset(house.ana.email)
    invited = await house.services.administration.invite(Role.MENTOR, by=None)

    acts = text(
        "SELECT actor_id FROM audit_logs WHERE row_type = 'account' AND row_id = :ana"
        " AND action = 'account.reset_code'"
    )
    found = await house.services.relay.read(
        lambda r: list(r.connection.execute(acts, {"ana": house.ana.id}).scalars())
    )
    relay_id = await house.services.relay.read(lambda r: r.meta("relay_id"))
    assert found == [relay_id]
    assert (await house.ada.get("/invitations")).json()[0]["id"] == invited.id
    assert (await house.ada.get("/invitations")).json()[0]["createdBy"] is None
    with pytest.raises(Refused, match="no account with this"):
        await house.services.administration.allow_reset("nobody@example.org")
