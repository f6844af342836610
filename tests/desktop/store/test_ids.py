"""New identifiers."""

from uuid import UUID

from desktop.store.ids import new_id


def test_a_new_id_is_a_uuid_of_version_7_in_the_form_of_the_wire() -> None:
    made = new_id()

    assert UUID(made).version == 7
    assert made == str(UUID(made))


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = [new_id() for _ in range(100)]

    assert made == sorted(set(made))
