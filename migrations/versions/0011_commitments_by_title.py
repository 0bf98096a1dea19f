"""An index for commitments in the order of their titles, and for their versions.

Revision 0011, after 0010.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAME = "ix_commitment_origin_sort_text"
OF_VERSIONS = "ix_commitment_version_origin_3"
COLUMNS = ["origin", "sort_text", "ref"]


def upgrade() -> None:
    op.create_index(NAME, "commitment", COLUMNS)
    op.create_index(OF_VERSIONS, "commitment_version", [*COLUMNS, "since", "until"])


def downgrade() -> None:
    op.drop_index(OF_VERSIONS, "commitment_version")
    op.drop_index(NAME, "commitment")
