"""Invitations that were withdrawn stay on record."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("invitations", sa.Column("withdrawn_at", sa.Text(), nullable=True))
