"""An index for status updates in the order of their recording, and for their versions.

Revision 0009, after 0008.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ix_status_update_recorded"
OF_VERSIONS = "ix_status_update_version_recorded_at_3"
COLUMNS = ["recorded_at", "effective_on", "key"]


def upgrade() -> None:
    op.create_index(NAME, "status_update", COLUMNS)
    op.create_index(OF_VERSIONS, "status_update_version", [*COLUMNS, "since", "until"])


def downgrade() -> None:
    op.drop_index(OF_VERSIONS, "status_update_version")
    op.drop_index(NAME, "status_update")
