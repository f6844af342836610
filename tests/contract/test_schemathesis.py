"""REST as its OpenAPI description has it: requests made out of it, by each role, and their answers.

Schemathesis makes what fits the description and what does not, and holds each answer against it:
its status, its type, its headers and its schema; that what does not fit is refused, and that
nothing makes the relay fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.contract.people import House, Someone

EXAMPLES = 3  # of each operation, for each role and each kind of data
ROLES = ("nobody", "student", "mentor", "admin")
KINDS = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# No schema can say that a cursor is one of ours, or that a key was not used for another request.
EXCLUDED = [positive_data_acceptance]


@pytest.fixture(scope="module")
def asking(house: House) -> dict[str, Someone]:
    """One person of each role; the admin is another one than who lets the others in."""
    mentor, admin = house.mentor(), house.mentor()
    house.admin.patch(f"users/{admin.id}", {"role": "admin"})
    student = house.student(mentor)
    return {"nobody": house.nobody, "student": student, "mentor": mentor, "admin": admin}


def operations(house: House) -> Iterator[Any]:
    api = schemathesis.openapi.from_dict(house.nobody.get("openapi.json").json())
    api.config.generation.update(with_security_parameters=False)  # who asks is said below
    for result in api.get_all_operations():
        operation: Any = result
        yield operation.ok()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_one_that_the_description_has(
    house: House, asking: dict[str, Someone], role: str, kind: GenerationMode
) -> None:
    for operation in operations(house):
        if kind is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue
        _try(house, asking[role], operation, kind)
        if operation.label.endswith("/auth/logout") and role != "nobody":
            asking[role] = house.nobody.sign_in(asking[role].email)


def _try(house: House, someone: Someone, operation: Any, kind: GenerationMode) -> None:
    headers = {"Authorization": f"Bearer {someone.token}"} if someone.grant else {}

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=kind))
    def check(case: Any) -> None:
        case.call_and_validate(base_url=house.url, headers=headers, excluded_checks=EXCLUDED)

    check()
