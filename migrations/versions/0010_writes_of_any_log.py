"""Triggers on SQLite that find an entry of the log by its revision, and no longer by reading the whole log.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from migrations.past import history

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SLOW = "FROM change CROSS JOIN dataset WHERE"
QUICK = "FROM dataset CROSS JOIN change WHERE"


def upgrade() -> None:
    """Databases that this version has made have them already."""
    if history.is_sqlite():
        query = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(sql, :slow)")
        for name, text in op.get_bind().execute(query, {"slow": SLOW}).all():
            op.execute(f"DROP TRIGGER {name}")
            op.get_bind().exec_driver_sql(text.replace(SLOW, QUICK))


def downgrade() -> None:
    """The version before has triggers of the same names, which do the same."""
