"""Areas, people, terms, where a document can be found, and text to search in more tables.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

from migrations.past import history
from migrations.past.statements import column_names

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The new tables, with the columns that versions of each are looked up by.
TABLES = {
    "area": ["slug", "code", "parent_id"],
    "area_organisation": ["organisation_id"],
    "person": ["slug"],
    "term": ["slug", "name"],
}
# The new columns of tables that exist.
COLUMNS = {
    "event": [("area_id", "INTEGER")],
    "participant": [("person_id", "INTEGER")],
    "document": [(name, "VARCHAR") for name in ("original_title", "official_url", "archived_url", "read_part")],
    "citation": [("locator", "VARCHAR"), ("area_id", "INTEGER"), ("term_id", "INTEGER")],
    "claim": [("locator", "VARCHAR")],
    "allocation": [("passes_on", "BOOLEAN NOT NULL DEFAULT false")],
    "dataset": [(name, "VARCHAR") for name in ("maintainer", "funding")],
}
FOREIGN_KEYS = {
    ("event", "area_id"): "area",
    ("participant", "person_id"): "person",
    ("citation", "area_id"): "area",
    ("citation", "term_id"): "term",
}
# The tables whose rows can be searched from now on. The next migration fills their columns, with those of all others.
SEARCHED = ("allocation", "discrepancy", "participant", "status_update", "theme")
SEARCH = ("sort_text", "search_text")
CHANGED = sorted({*COLUMNS, *SEARCHED})
SUBJECTS = (
    "strategy_id", "commitment_id", "status_update_id", "fund_id", "amount_statement_id", "allocation_id", "event_id",
)  # fmt: skip


def upgrade() -> None:
    for table in CHANGED:
        history.drop(table)
    create_tables()
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            add_column(table, name, kind)
    for table in SEARCHED:
        for name in SEARCH:
            op.add_column(table, search_column(name))
    set_subjects((*SUBJECTS, "area_id", "term_id"))
    for table in CHANGED:
        copy_versions(table)
    for table, indexes in TABLES.items():
        history.create_version_table(table, column_names(table), [[name] for name in indexes])
    for table in [*CHANGED, *TABLES]:
        history.add(table)


def create_tables() -> None:
    kinds = ("POLICE_FORCE_AREA", "REGION", "NATION")
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False, server_default="0"),
        *map(search_column, SEARCH),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*kinds, name="area_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_area_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("slug", name=op.f("uq_area_slug")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
    )
    op.create_index(op.f("ix_area_parent_id"), "area", ["parent_id"])
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False, server_default="0"),
        *map(search_column, SEARCH),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("slug", name=op.f("uq_person_slug")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False, server_default="0"),
        *map(search_column, SEARCH),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("slug", name=op.f("uq_term_slug")),
        sa.UniqueConstraint("name", name=op.f("uq_term_name")),
    )
    op.create_table(
        "area_organisation",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_organisation_area_id_area")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_area_organisation_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("area_id", "organisation_id", name=op.f("pk_area_organisation")),
    )
    op.create_index(op.f("ix_area_organisation_organisation_id"), "area_organisation", ["organisation_id"])


def search_column(name: str) -> sa.Column[str]:
    collation = None if history.is_sqlite() else "C"
    return sa.Column(name, sa.String(collation=collation), nullable=False, server_default="")


def add_column(table: str, name: str, kind: str) -> None:
    """As text: Alembic adds no foreign key to a table of SQLite."""
    other = FOREIGN_KEYS.get((table, name))
    reference = f" CONSTRAINT fk_{table}_{name}_{other} REFERENCES {other} (id)" if other else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}{reference}")
    if other:
        op.create_index(f"ix_{table}_{name}", table, [name])


def copy_versions(table: str) -> None:
    """Makes the table of versions anew, with the columns that the table has now: a new one has no default there."""
    versions, old = f"{table}_version", f"old_{table}_version"
    inspector = sa.inspect(op.get_bind())
    names = [[str(name) for name in index["column_names"]] for index in inspector.get_indexes(versions)]
    # Without the two revisions at the end; the index of the versions that ended has one column.
    indexes = [columns[:-2] for columns in names if len(columns) > 2]
    indexes += [[name] for of, name in FOREIGN_KEYS if of == table]
    before = [name for name in column_names(versions) if name != "until"]
    hidden = [] if table != "dataset" else ["revision", "updated_at"]
    now = [name for name in column_names(table) if name not in hidden]
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {versions}")
    op.drop_table(versions)
    history.create_version_table(table, now, indexes)
    columns = {name: name for name in [*before, "until"]}
    columns |= {name: "''" for name in SEARCH if name in now and name not in before}
    columns |= {name: "false" for name, kind in COLUMNS.get(table, ()) if "NOT NULL" in kind}
    op.execute(f"INSERT INTO {versions} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {old}")
    op.drop_table(old)


def set_subjects(columns: tuple[str, ...]) -> None:
    """Replaces the CHECK of what a citation can be about."""
    count = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns)
    condition, name = f"{count} = 1", op.f("ck_citation_one_subject")
    if not history.is_sqlite():
        op.drop_constraint(name, "citation")
        op.create_check_constraint(name, "citation", condition)
        return
    # SQLite changes a CHECK only in a new table. No other table points to a citation.
    connection = op.get_bind()
    schema = "SELECT sql FROM sqlite_master WHERE tbl_name = 'citation' AND sql IS NOT NULL ORDER BY type = 'index'"
    table, *indexes = connection.execute(sa.text(schema)).scalars().all()
    before, _, rest = str(table).partition("CONSTRAINT ck_citation_one_subject CHECK (")
    before = before.replace("citation", "new_citation", 1)
    after = rest.partition("= 1)")[2]
    op.execute(f"{before}CONSTRAINT ck_citation_one_subject CHECK ({condition}){after}")
    names = ", ".join(column_names("citation"))
    op.execute(f"INSERT INTO new_citation ({names}) SELECT {names} FROM citation")
    op.drop_table("citation")
    op.rename_table("new_citation", "citation")
    for index in indexes:
        op.execute(str(index))


def downgrade() -> None:
    """The version before has no areas, no people and no terms: they go, with what is cited for them."""
    for table in [*CHANGED, *TABLES]:
        history.drop(table)
    for table in ("citation", "citation_version"):
        op.execute(f"DELETE FROM {table} WHERE area_id IS NOT NULL OR term_id IS NOT NULL")
    set_subjects(SUBJECTS)
    for table, name in FOREIGN_KEYS:
        op.drop_index(f"ix_{table}_{name}", table)
        op.drop_index(f"ix_{table}_version_{name}_1", f"{table}_version")
    names = {table: [name for name, _kind in columns] for table, columns in COLUMNS.items()}
    for table in CHANGED:
        for name in [*names.get(table, ()), *(SEARCH if table in SEARCHED else ())]:
            op.drop_column(table, name)
            op.drop_column(f"{table}_version", name)
    for table in ("area_organisation", "person", "area", "term"):
        op.drop_table(f"{table}_version")
        op.drop_table(table)
    for table in CHANGED:
        history.add(table)
