"""Enrolment: what one commit holds together."""

import pytest

from domain.cohorts import CreateCohort
from domain.errors import Refused
from domain.members import Role
from syncserver.enrolment import Applicant
from tests.builders import id_of
from tests.syncserver.rest.conftest import PASSWORD, House, clock, house

__all__ = ["clock", "house"]  # fixtures


def student(house: House, name: str) -> Applicant:
    email = f"{name.lower()}@example.org"
    return Applicant(Role.STUDENT, name, email, PASSWORD, "UTC", join_code=house.join_code)


async def test_a_join_code_is_accepted_however_it_is_typed(house: House) -> None:
    applicant = student(house, "Eve")._replace(join_code=house.join_code.lower().replace("-", " "))

    account = await house.services.enrolment.register(applicant, mutation_id="eve")

    assert account.name == "Eve"


async def test_the_code_of_an_archived_or_unknown_cohort_opens_nothing(house: House) -> None:
    applicant = student(house, "Eve")._replace(join_code="ZZZZ-ZZZZ")

    with pytest.raises(Refused) as refused:
        await house.services.enrolment.register(applicant, mutation_id="eve")

    assert refused.value.code == "join_code_unknown"


async def test_a_refused_registration_leaves_no_password(house: House) -> None:
    with pytest.raises(Refused, match="e-mail address already"):
        await house.services.enrolment.register(student(house, "Ana"), mutation_id="ana-2")

    assert (await house.sign_in(house.ana.email)).id == house.ana.id


async def test_a_repeated_registration_makes_nobody_twice(house: House) -> None:
    accounts = [
        await house.services.enrolment.register(student(house, "Eve"), mutation_id="eve")
        for _ in range(2)
    ]

    assert accounts[0] == accounts[1]


async def test_a_cohort_of_the_command_line_has_a_code_and_no_mentor(house: House) -> None:
    command = CreateCohort(id=id_of("new cohort"), name="New")

    await house.services.enrolment.create_cohort(command, by=None, mutation_id="new")

    shown = (await house.ada.get(f"/cohorts/{command.id}")).json()
    assert shown["mentorIds"] == []
    assert shown["joinCode"]


async def test_a_later_reset_code_ends_the_earlier_one(house: House) -> None:
    first = await house.services.administration.allow_reset(house.ana.email)
    await house.services.administration.allow_reset(house.ana.email)
    form = {"email": house.ana.email, "code": first.code, "newPassword": "another long one"}

    answer = await house.nobody.post("/auth/reset", form)

    assert answer.status_code == 422
