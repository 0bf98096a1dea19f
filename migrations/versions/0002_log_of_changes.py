"""The log of changes, and tokens.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LOGGED = ("change", "change_node")
NEVER_EDITED = "The log of changes is never edited."
ONLY_CORRECTED = "A status update is never edited, only corrected, and that once."
UNIQUE = "A status update has a unique key, and is never replaced."
# A writer takes the next revision before it adds the nodes of its change.
IS_LATE = "NEW.revision < (SELECT revision FROM dataset)"
STATEMENT = "key, commitment_id, status, effective_on, precision, recorded_at, voice, note"
CORRECTION = "corrected_by_id, correction_reason"
WAS_CORRECTED = "WHEN (OLD.corrected_by_id IS NOT NULL)"
# Whether a row with the same key exists: SQLite's REPLACE deletes it without firing a trigger.
SAME_KEY = {
    "change": "revision = NEW.revision",
    "change_node": "rowid = NEW.rowid OR (revision = NEW.revision AND type = NEW.type AND key = NEW.key)",
    "status_update": "id = NEW.id OR key = NEW.key",
}


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "IMPORTED",
                "RECORDED",
                "CORRECTED",
                "IDENTIFIED",
                "ADDED",
                "STATED",
                "ALLOCATED",
                "LINKED",
                "UNLINKED",
                "OPENED",
                "SETTLED",
                name="change_action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
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
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum("CONTRIBUTOR", "EDITOR", name="role", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("voices", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_token_name")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_token_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_token_digest")),
    )
    op.create_index(op.f("ix_token_organisation_id"), "token", ["organisation_id"])

    # Not in batch mode, which would drop the table that others point to. The next load fills the columns.
    op.add_column("document", sa.Column("file", sa.String(), nullable=True))
    op.add_column("document", sa.Column("digests", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("dataset") as dataset:
        dataset.add_column(sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE dataset SET recorded_at = COALESCE((SELECT MIN(recorded_at) FROM status_update), dataset.updated_at)"
    )
    with op.batch_alter_table("dataset") as dataset:
        dataset.alter_column("recorded_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    op.execute(
        "INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits)"
        " SELECT revision, updated_at, 'import', 'IMPORTED', 'The log begins here, with all that was loaded before.',"
        " 'Strategy', slug, '[]' FROM dataset CROSS JOIN strategy"
    )
    op.execute("INSERT INTO change_node (revision, type, key) SELECT revision, subject_type, subject_key FROM change")
    add_triggers()


def add_triggers() -> None:
    """Triggers that refuse to change the log and status updates, whatever tool writes to the database."""
    if op.get_bind().dialect.name == "sqlite":
        for table in LOGGED:
            forbid_sqlite(f"{table}_update", f"UPDATE ON {table}", NEVER_EDITED)
            forbid_sqlite(f"{table}_delete", f"DELETE ON {table}", NEVER_EDITED)
            forbid_sqlite(f"{table}_insert", f"INSERT ON {table} {on_replace(table)}", NEVER_EDITED)
        forbid_sqlite("change_node_late", f"INSERT ON change_node WHEN {IS_LATE}", NEVER_EDITED)
        forbid_sqlite("status_update_insert", f"INSERT ON status_update {on_replace('status_update')}", UNIQUE)
        forbid_sqlite("status_update_delete", "DELETE ON status_update", ONLY_CORRECTED)
        forbid_sqlite("status_update_update", f"UPDATE OF {STATEMENT} ON status_update", ONLY_CORRECTED)
        forbid_sqlite(
            "status_update_corrected", f"UPDATE OF {CORRECTION} ON status_update {WAS_CORRECTED}", ONLY_CORRECTED
        )
        return
    op.execute(
        "CREATE FUNCTION is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in LOGGED:
        forbid_postgresql(f"{table}_kept", f"UPDATE OR DELETE ON {table} FOR EACH ROW", NEVER_EDITED)
        forbid_postgresql(f"{table}_not_emptied", f"TRUNCATE ON {table} FOR EACH STATEMENT", NEVER_EDITED)
    # In a function, because the condition of a trigger of PostgreSQL cannot read another table.
    op.execute(
        "CREATE FUNCTION is_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {IS_LATE} THEN RAISE EXCEPTION USING MESSAGE = '{NEVER_EDITED}', ERRCODE = 'integrity_constraint_violation';"
        " END IF; RETURN NEW; END $$"
    )
    op.execute("CREATE TRIGGER change_node_late BEFORE INSERT ON change_node FOR EACH ROW EXECUTE FUNCTION is_late()")
    on = "ON status_update FOR EACH ROW"
    forbid_postgresql("status_update_kept", f"DELETE OR UPDATE OF {STATEMENT} {on}", ONLY_CORRECTED)
    forbid_postgresql("status_update_corrected", f"UPDATE OF {CORRECTION} {on} {WAS_CORRECTED}", ONLY_CORRECTED)
    forbid_postgresql("status_update_not_emptied", "TRUNCATE ON status_update FOR EACH STATEMENT", ONLY_CORRECTED)


def on_replace(table: str) -> str:
    return f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {SAME_KEY[table]})"


def forbid_sqlite(name: str, what: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} BEGIN SELECT RAISE(ABORT, '{why}'); END")


def forbid_postgresql(name: str, what: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} EXECUTE FUNCTION is_kept('{why}')")


def downgrade() -> None:
    op.drop_table("token")
    op.drop_table("change_node")
    op.drop_table("change")
    op.drop_column("document", "digests")
    op.drop_column("document", "file")
    with op.batch_alter_table("dataset") as dataset:
        dataset.drop_column("recorded_at")
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("delete", "update", "insert", "corrected"):
            op.execute(f"DROP TRIGGER status_update_{trigger}")
        return
    op.execute("DROP FUNCTION is_kept CASCADE")
    op.execute("DROP FUNCTION is_late")
