"""Every step of the relay's schema, run when the file is opened."""

from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


class NewerLedger(Exception):
    """A newer program wrote this file; nothing was changed."""


def upgrade(engine: Engine) -> None:
    """Bring the schema to today's, in one transaction.

    Raises:
        NewerLedger: with both versions.
    """
    script = _script()
    with engine.begin() as connection:
        if _is_at_head(connection, script):
            return

        def steps(revision: object, _: object) -> object:
            return script._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001

        with EnvironmentContext(Config(), script, fn=steps, destination_rev="head") as environment:
            environment.configure(connection=connection)
            environment.run_migrations()


def is_current(engine: Engine) -> bool:
    """Whether the schema is today's already. Raises `NewerLedger`."""
    with engine.connect() as connection:
        return _is_at_head(connection, _script())


def _is_at_head(connection: Connection, script: ScriptDirectory) -> bool:
    head = script.get_current_head()
    current = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if current is not None and current not in known:
        raise NewerLedger(
            f"This relay's file has schema {current}; this program knows up to {head}. "
            "Install the newer program."
        )
    return current == head


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent))
