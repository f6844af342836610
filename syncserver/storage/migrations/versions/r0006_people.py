"""People by name, and invitations that can be listed, withdrawn and told who used them."""

import sqlalchemy as sa
from alembic import op

from domain.ids import derived_id

revision = "0006"
down_revision = "0005"

KEPT = "hash, role, created_by, created_at, expires_at, used_by"


def upgrade() -> None:
    op.create_index("ix_users_name_id", "users", ["name", "id"], unique=False)
    op.rename_table("invitations", "invitations_before")
    op.create_table(
        "invitations",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_by", sa.Text(), nullable=True),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("invitations_id", "invitations", ["id"], unique=True)
    op.create_index("invitations_created_at_id", "invitations", ["created_at", "id"], unique=False)
    connection = op.get_bind()
    for row in connection.execute(sa.text(f"SELECT {KEPT} FROM invitations_before")).mappings():  # noqa: S608 - constants
        connection.execute(
            sa.text(
                f"INSERT INTO invitations (id, {KEPT}) VALUES (:id, :hash, :role, :created_by, "  # noqa: S608 - constants
                ":created_at, :expires_at, :used_by)"
            ),
            {**row, "id": derived_id("invitation", row["hash"])},
        )
    op.drop_table("invitations_before")
