"""Kinds: every row goes over the wire and comes back the same."""

import msgspec
import pytest

from domain.kinds import KINDS, record_of
from domain.records import Record
from tests.builders import ROWS


def test_every_kind_has_an_example_row() -> None:
    assert ROWS.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_comes_back_from_the_wire_as_it_was(kind: str) -> None:
    row = ROWS[kind]()

    wire = msgspec.json.decode(msgspec.json.encode(row))

    assert wire["type"] == kind == row.kind()
    assert record_of(wire) == row


@pytest.mark.parametrize("kind", KINDS)
def test_names_are_in_camel_case_and_unknown_fields_are_ignored(kind: str) -> None:
    wire = msgspec.to_builtins(ROWS[kind]())

    assert {"createdAt", "updatedAt"} <= wire.keys()
    assert not any("_" in name for name in wire)
    assert record_of(wire | {"aFieldOfTomorrow": 1}) == ROWS[kind]()


@pytest.mark.parametrize("kind", KINDS)
def test_lookups_and_editable_groups_name_fields_that_exist(kind: str) -> None:
    row: type[Record] = KINDS[kind]
    fields = set(row.__struct_fields__)

    assert {name for lookup in row.lookups for name in lookup} <= fields
    assert {name for _, group in row.editable for name in group} <= fields


def test_each_kind_has_a_table_of_its_own() -> None:
    assert len({kind.table for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("wire", [{}, {"type": "tomorrow"}, {"type": "member"}, [], None])
def test_what_is_no_row_is_refused(wire: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        record_of(wire)


@pytest.mark.parametrize("field", ["id", "room"])
def test_a_malformed_id_or_room_is_refused_on_the_wire(field: str) -> None:
    wire = msgspec.to_builtins(ROWS["schedule"]())

    with pytest.raises(msgspec.ValidationError, match=field):
        record_of(wire | {field: "nobody's"})
