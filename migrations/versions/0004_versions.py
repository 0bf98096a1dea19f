"""The past of the record: the versions of its rows.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

from migrations.past import history, postgresql
from migrations.past.from_log import Past
from migrations.past.statements import column_names

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The columns that versions of each table are looked up by.
INDEXES = {
    "organisation": ["name", "slug"],
    "document": ["publisher_id", "slug", "url", "via_id"],
    "strategy": ["publisher_id", "slug"],
    "theme": ["slug", "strategy_id", "strategy_id position"],
    "commitment": ["origin ref", "ref", "slug", "theme_id"],
    "commitment_lead": ["organisation_id"],
    "status_update": ["commitment_id effective_on recorded_at key", "corrected_by_id", "key"],
    "fund": ["parent_id", "slug"],
    "amount_statement": ["fund_id", "key"],
    "allocation": ["fund_id recipient_id", "key", "recipient_id"],
    "commitment_fund": ["fund_id"],
    "event": ["held_on", "slug"],
    "event_host": ["organisation_id"],
    "participant": ["event_id position", "organisation_id"],
    "commitment_event": ["event_id"],
    "event_fund": ["fund_id"],
    "discrepancy": ["commitment_id", "event_id", "fund_id", "slug", "strategy_id"],
    "claim": ["discrepancy_id position", "document_id"],
    "citation": [
        "allocation_id", "amount_statement_id", "commitment_id", "document_id", "event_id", "fund_id", "key",
        "status_update_id", "strategy_id",
    ],
    "dataset": [],
}  # fmt: skip
LOG = ("change", "change_node")
# Of the dataset, the columns that are no part of the log.
DATASET = ("id", "recorded_at", "licence", "attribution", "since")
ACTIONS = (
    "IMPORTED", "RECORDED", "CORRECTED", "IDENTIFIED", "ADDED", "STATED", "ALLOCATED", "LINKED", "UNLINKED", "OPENED",
    "SETTLED",
)  # fmt: skip
NEW_ACTIONS = (*ACTIONS, "REOPENED", "WITHDRAWN", "CHANGED")
# What the version before would have called them.
OLD_NAMES = {"REOPENED": "CORRECTED", "WITHDRAWN": "CORRECTED", "CHANGED": "IMPORTED"}
# What kept a status update from being withdrawn, and its correction from being undone: versions keep both now.
SQLITE_TRIGGERS = ("status_update_delete", "status_update_corrected", "status_update_insert")
ONLY_CORRECTED = "A status update is never edited, only corrected, and that once."
STATEMENT = "key, commitment_id, status, effective_on, precision, recorded_at, voice, note"


def upgrade() -> None:
    op.add_column("change", sa.Column("reason", sa.String(), nullable=True))
    allow_actions(NEW_ACTIONS)
    allow_withdrawal()
    if not history.is_sqlite():
        op.execute(f"CREATE SCHEMA {postgresql.SCHEMA}")
        for table in LOG:
            op.execute(
                f"CREATE VIEW {postgresql.SCHEMA}.{table} AS SELECT * FROM {table} WHERE revision <= {postgresql.REVISION}"
            )
    for table, indexes in INDEXES.items():
        op.add_column(table, sa.Column("since", sa.Integer(), nullable=False, server_default="0"))
        names = DATASET if table == "dataset" else column_names(table)
        history.create_version_table(table, names, [columns.split() for columns in indexes])
    # A row counts as it is from the first revision of the log on, unless the log tells otherwise.
    op.execute("UPDATE dataset SET since = COALESCE((SELECT MIN(revision) FROM change), revision)")
    for table in INDEXES:
        if table != "dataset":
            op.execute(f"UPDATE {table} SET since = COALESCE((SELECT since FROM dataset), 0)")
    Past(op.get_bind()).write()
    for table in INDEXES:
        history.open_versions(table)
        history.add(table)


def allow_actions(actions: tuple[str, ...]) -> None:
    """Replaces the CHECK of the actions of a change."""
    if not history.is_sqlite():
        op.drop_constraint(op.f("ck_change_change_action"), "change")
        if actions == ACTIONS:
            op.execute("ALTER TABLE change DISABLE TRIGGER change_kept")
            rename_actions("change")
            op.execute("ALTER TABLE change ENABLE TRIGGER change_kept")
        values = ", ".join(f"'{action}'" for action in actions)
        op.create_check_constraint(op.f("ck_change_change_action"), "change", f"action IN ({values})")
        return
    # SQLite changes a CHECK only in a new table, and the nodes point to the old one.
    connection = op.get_bind()
    triggers = connection.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('change', 'change_node')")
    ).scalars()
    statements = [str(statement) for statement in triggers]
    names = ", ".join(column_names("change"))
    for table in LOG:
        op.execute(f"CREATE TABLE old_{table} AS SELECT * FROM {table}")
    if actions == ACTIONS:
        rename_actions("old_change")
    for table in reversed(LOG):
        op.drop_table(table)
    action = sa.Enum(*actions, name="change_action", native_enum=False, create_constraint=True, length=32)
    reason = [sa.Column("reason", sa.String(), nullable=True)] if "reason" in names.split(", ") else []
    op.create_table(
        "change",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", action, nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        *reason,
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_action"), "change", ["action"])
    op.create_index(op.f("ix_change_recorded_at"), "change", ["recorded_at"])
    op.create_table(
        "change_node",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["change.revision"], name=op.f("fk_change_node_revision_change")),
        sa.PrimaryKeyConstraint("revision", "type", "key", name=op.f("pk_change_node")),
    )
    op.create_index("ix_change_node_followed", "change_node", ["type", "key", "revision"])
    op.execute(f"INSERT INTO change ({names}) SELECT {names} FROM old_change")
    op.execute("INSERT INTO change_node (revision, type, key) SELECT revision, type, key FROM old_change_node")
    for table in LOG:
        op.drop_table(f"old_{table}")
    for statement in statements:
        op.execute(statement)


def rename_actions(table: str) -> None:
    for new, old in OLD_NAMES.items():
        op.execute(f"UPDATE {table} SET action = '{old}' WHERE action = '{new}'")


def allow_withdrawal() -> None:
    """Removes what kept a status update from being withdrawn; its statement is still never edited."""
    if history.is_sqlite():
        for trigger in SQLITE_TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
        return
    for trigger in ("kept", "corrected", "not_emptied"):
        op.execute(f"DROP TRIGGER status_update_{trigger} ON status_update")
    op.execute(
        f"CREATE TRIGGER status_update_kept BEFORE UPDATE OF {STATEMENT} ON status_update"
        f" FOR EACH ROW EXECUTE FUNCTION is_kept('{ONLY_CORRECTED}')"
    )


def forbid_withdrawal() -> None:
    was_corrected = "WHEN (OLD.corrected_by_id IS NOT NULL)"
    if history.is_sqlite():
        unique = "A status update has a unique key, and is never replaced."
        same = "WHEN EXISTS (SELECT 1 FROM status_update WHERE id = NEW.id OR key = NEW.key)"
        for name, what, why in (
            ("insert", f"INSERT ON status_update {same}", unique),
            ("delete", "DELETE ON status_update", ONLY_CORRECTED),
            (
                "corrected",
                f"UPDATE OF corrected_by_id, correction_reason ON status_update {was_corrected}",
                ONLY_CORRECTED,
            ),
        ):
            op.execute(f"CREATE TRIGGER status_update_{name} BEFORE {what} BEGIN SELECT RAISE(ABORT, '{why}'); END")
        return
    op.execute("DROP TRIGGER status_update_kept ON status_update")
    for name, what in (
        ("kept", f"DELETE OR UPDATE OF {STATEMENT} ON status_update FOR EACH ROW"),
        ("corrected", f"UPDATE OF corrected_by_id, correction_reason ON status_update FOR EACH ROW {was_corrected}"),
        ("not_emptied", "TRUNCATE ON status_update FOR EACH STATEMENT"),
    ):
        op.execute(f"CREATE TRIGGER status_update_{name} BEFORE {what} EXECUTE FUNCTION is_kept('{ONLY_CORRECTED}')")


def downgrade() -> None:
    """The tables of the version before have no past: it goes."""
    for table in INDEXES:
        history.drop(table)
    for table in INDEXES:
        op.drop_table(f"{table}_version")
        op.drop_column(table, "since")
    if not history.is_sqlite():
        for table in LOG:
            op.execute(f"DROP VIEW {postgresql.SCHEMA}.{table}")
        op.execute(f"DROP SCHEMA {postgresql.SCHEMA}")
    forbid_withdrawal()
    op.drop_column("change", "reason")
    allow_actions(ACTIONS)
