"""The feed of one kind, read along an index of its own."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index(
        "ix_activity_feed_room_kind_recorded_at_id",
        "activity_feed",
        ["room", "kind", "recorded_at", "id"],
        unique=False,
    )
