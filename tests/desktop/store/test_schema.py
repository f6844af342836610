"""Tests of the replica's schema."""

from desktop.store.database import open_memory
from desktop.store.schema import fingerprint, replica_schema


def test_a_new_replica_carries_the_number_of_its_schema() -> None:
    files = open_memory()

    assert files.replica.execute("PRAGMA user_version").fetchone()[0] == fingerprint()
    assert 0 < fingerprint() < 2**31
    files.close()


def test_every_statement_makes_one_thing() -> None:
    assert all(one.strip().startswith("CREATE ") for one in replica_schema())
