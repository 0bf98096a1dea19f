"""Of which files the last load was.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_load",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_last_load_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_load")),
    )


def downgrade() -> None:
    op.drop_table("last_load")
