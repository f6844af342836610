"""The audit log by person, by kind of row and by time, each read along an index of its own."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for names in (("actor_id", "id"), ("row_type", "id"), ("received_at", "id")):
        op.create_index(f"ix_audit_logs_{'_'.join(names)}", "audit_logs", [*names], unique=False)
