"""Slow statements in the log."""

import logging

import pytest
from sqlalchemy import create_engine, text

from syncserver.storage.slow_statements import watch


def run(slow_s: float, statement: str, **values: object) -> None:
    engine = create_engine("sqlite://")
    watch(engine, slow_s)
    with engine.connect() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


def test_a_statement_that_took_long_is_told_without_its_values(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "tandem.database")

    run(0.0, "SELECT\n  :secret", secret="hunter2")

    (record,) = caplog.records
    assert record.getMessage().endswith("ms: SELECT ?")
    assert "hunter2" not in caplog.text


def test_one_that_did_not_is_not(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "tandem.database")

    run(60.0, "SELECT 1")

    assert caplog.records == []
