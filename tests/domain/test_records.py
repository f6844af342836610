"""Records: values of a kind."""

import pytest

from domain.kinds import KINDS
from tests.builders import ROWS


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_a_value_that_cannot_be_changed_in_place(kind: str) -> None:
    row = ROWS[kind]()

    assert row == ROWS[kind]()
    with pytest.raises(AttributeError):
        row.version = 1  # type: ignore[misc]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_row_is_only_local(kind: str) -> None:
    assert ROWS[kind]().version == 0
