"""The first tables.

Revision 0001, after an empty database.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("attribution", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_dataset_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
    )
    op.create_table(
        "event",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ENGAGEMENT",
                "MEETING",
                "SUMMIT",
                "LAUNCH",
                "CONSULTATION",
                "LEGISLATION",
                "PUBLICATION",
                "ANNOUNCEMENT",
                "OTHER",
                name="event_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column(
            "precision",
            sa.Enum(
                "DAY", "MONTH", "YEAR", name="date_precision", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("date_note", sa.String(), nullable=True),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("venue", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("attendance_at_least", sa.Integer(), nullable=True),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(held_on IS NULL AND precision IS NULL) OR (held_on IS NOT NULL AND precision IS NOT NULL)",
            name=op.f("ck_event_dated"),
        ),
        sa.CheckConstraint("attendance_at_least > 0", name=op.f("ck_event_attendance_at_least")),
        sa.CheckConstraint("held_on IS NOT NULL OR date_note IS NOT NULL", name=op.f("ck_event_date_or_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_held_on"), ["held_on"], unique=False)

    op.create_table(
        "fund",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_fund_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["fund.id"], name=op.f("fk_fund_parent_id_fund")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("slug", name=op.f("uq_fund_slug")),
    )
    with op.batch_alter_table("fund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "GOVERNMENT_DEPARTMENT",
                "AGENCY",
                "POLICE_FORCE",
                "POLICE_AND_CRIME_COMMISSIONER",
                "LOCAL_GOVERNMENT",
                "HEALTH",
                "CHARITY",
                "INSPECTORATE",
                "PARLIAMENT",
                "PARTNERSHIP",
                "MEDIA",
                "OTHER",
                name="organisation_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "allocation",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column(
            "bound",
            sa.Enum(
                "EXACT",
                "ABOUT",
                "AT_LEAST",
                "UP_TO",
                name="bound",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(amount IS NULL AND bound IS NULL) OR (amount IS NOT NULL AND bound IS NOT NULL)",
            name=op.f("ck_allocation_money"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_allocation_amount")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_allocation_fund_id_fund")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisation.id"], name=op.f("fk_allocation_recipient_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("fund_id", "recipient_id", name=op.f("uq_allocation_fund_id_recipient_id")),
        sa.UniqueConstraint("key", name=op.f("uq_allocation_key")),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_recipient_id"), ["recipient_id"], unique=False)

    op.create_table(
        "amount_statement",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ANNOUNCED",
                "INCREASED",
                "RESTATED",
                "ALLOCATED",
                name="amount_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column(
            "bound",
            sa.Enum(
                "EXACT",
                "ABOUT",
                "AT_LEAST",
                "UP_TO",
                name="bound",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column(
            "precision",
            sa.Enum(
                "DAY", "MONTH", "YEAR", name="date_precision", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(stated_on IS NULL AND precision IS NULL) OR (stated_on IS NOT NULL AND precision IS NOT NULL)",
            name=op.f("ck_amount_statement_dated"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_amount_statement_amount")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_amount_statement_fund_id_fund")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amount_statement")),
        sa.UniqueConstraint("key", name=op.f("uq_amount_statement_key")),
    )
    with op.batch_alter_table("amount_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amount_statement_fund_id"), ["fund_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("SEED", "RECORD", name="document_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("via_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["organisation.id"], name=op.f("fk_document_publisher_id_organisation")
        ),
        sa.ForeignKeyConstraint(["via_id"], ["organisation.id"], name=op.f("fk_document_via_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("slug", name=op.f("uq_document_slug")),
        sa.UniqueConstraint("url", name=op.f("uq_document_url")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_publisher_id"), ["publisher_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_via_id"), ["via_id"], unique=False)

    op.create_table(
        "event_fund",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_fund_event_id_event")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_event_fund_fund_id_fund")),
        sa.PrimaryKeyConstraint("event_id", "fund_id", name=op.f("pk_event_fund")),
    )
    with op.batch_alter_table("event_fund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_fund_fund_id"), ["fund_id"], unique=False)

    op.create_table(
        "event_host",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_host_event_id_event")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_event_host_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("event_id", "organisation_id", name=op.f("pk_event_host")),
    )
    with op.batch_alter_table("event_host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_host_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "participant",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_participant_event_id_event")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_participant_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_participant_event_id_position")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "strategy",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("stated_commitments", sa.Integer(), nullable=False),
        sa.CheckConstraint("stated_commitments > 0", name=op.f("ck_strategy_stated_commitments")),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["organisation.id"], name=op.f("fk_strategy_publisher_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy")),
        sa.UniqueConstraint("slug", name=op.f("uq_strategy_slug")),
    )
    with op.batch_alter_table("strategy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strategy_publisher_id"), ["publisher_id"], unique=False)

    op.create_table(
        "theme",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("strategy_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["strategy_id"], ["strategy.id"], name=op.f("fk_theme_strategy_id_strategy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("slug", name=op.f("uq_theme_slug")),
        sa.UniqueConstraint("strategy_id", "position", name=op.f("uq_theme_strategy_id_position")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_strategy_id"), ["strategy_id"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "STRATEGY", "LATER", name="commitment_origin", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("identified", sa.Boolean(), nullable=False),
        sa.Column("slug", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column(
            "confidence",
            sa.Enum("HIGH", "MEDIUM", "LOW", name="confidence", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(identified AND slug IS NOT NULL AND theme_id IS NOT NULL AND title IS NOT NULL AND summary IS NOT NULL AND confidence IS NOT NULL) OR (NOT identified AND slug IS NULL AND theme_id IS NULL AND title IS NULL AND summary IS NULL AND confidence IS NULL)",
            name=op.f("ck_commitment_identified_or_silent"),
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_commitment_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("ref", name=op.f("uq_commitment_ref")),
        sa.UniqueConstraint("slug", name=op.f("uq_commitment_slug")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index("ix_commitment_origin_ref", ["origin", "ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "commitment_event",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_event_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_commitment_event_event_id_event")),
        sa.PrimaryKeyConstraint("commitment_id", "event_id", name=op.f("pk_commitment_event")),
    )
    with op.batch_alter_table("commitment_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_event_event_id"), ["event_id"], unique=False)

    op.create_table(
        "commitment_fund",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_fund_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_commitment_fund_fund_id_fund")),
        sa.PrimaryKeyConstraint("commitment_id", "fund_id", name=op.f("pk_commitment_fund")),
    )
    with op.batch_alter_table("commitment_fund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_fund_fund_id"), ["fund_id"], unique=False)

    op.create_table(
        "commitment_lead",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_lead_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_commitment_lead_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("commitment_id", "organisation_id", name=op.f("pk_commitment_lead")),
    )
    with op.batch_alter_table("commitment_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_lead_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "discrepancy",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "AMOUNT",
                "COUNT",
                "DATE",
                "STATUS",
                "SCOPE",
                "ATTRIBUTION",
                name="discrepancy_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "EXPLAINED",
                "RESOLVED",
                name="discrepancy_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.String(), nullable=True),
        sa.Column("strategy_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("fund_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN strategy_id IS NULL THEN 0 ELSE 1 END + CASE WHEN commitment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN fund_id IS NULL THEN 0 ELSE 1 END + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_discrepancy_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_discrepancy_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_discrepancy_event_id_event")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_discrepancy_fund_id_fund")),
        sa.ForeignKeyConstraint(["strategy_id"], ["strategy.id"], name=op.f("fk_discrepancy_strategy_id_strategy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy")),
        sa.UniqueConstraint("slug", name=op.f("uq_discrepancy_slug")),
    )
    with op.batch_alter_table("discrepancy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discrepancy_commitment_id"), ["commitment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_discrepancy_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_discrepancy_fund_id"), ["fund_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_discrepancy_strategy_id"), ["strategy_id"], unique=False)

    op.create_table(
        "status_update",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "NOT_ASSESSED",
                "NO_EVIDENCE",
                "UNTESTABLE",
                "NOT_STARTED",
                "ANNOUNCED",
                "IN_PROGRESS",
                "STALLED",
                "PARTIALLY_DELIVERED",
                "DELIVERED",
                "DISCONTINUED",
                "SUPERSEDED",
                "ABANDONED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column(
            "precision",
            sa.Enum(
                "DAY", "MONTH", "YEAR", name="date_precision", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "voice",
            sa.Enum(
                "GOVERNMENT",
                "PARLIAMENT",
                "INSPECTORATE",
                "DELIVERY_BODY",
                "CIVIL_SOCIETY",
                "MEDIA",
                "TRACKER",
                name="voice",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("corrected_by_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.CheckConstraint("status <> 'NOT_ASSESSED'", name=op.f("ck_status_update_assessed")),
        sa.CheckConstraint(
            "(corrected_by_id IS NULL AND correction_reason IS NULL) OR (corrected_by_id IS NOT NULL AND correction_reason IS NOT NULL)",
            name=op.f("ck_status_update_correction"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_status_update_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by_id"], ["status_update.id"], name=op.f("fk_status_update_corrected_by_id_status_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_update")),
        sa.UniqueConstraint("key", name=op.f("uq_status_update_key")),
    )
    with op.batch_alter_table("status_update", schema=None) as batch_op:
        batch_op.create_index(
            "ix_status_update_corrected_by_id",
            ["corrected_by_id"],
            unique=False,
            sqlite_where=sa.text("corrected_by_id IS NOT NULL"),
            postgresql_where=sa.text("corrected_by_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_status_update_latest", ["commitment_id", "effective_on", "recorded_at", "key"], unique=False
        )

    op.create_table(
        "citation",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("strategy_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("status_update_id", sa.Integer(), nullable=True),
        sa.Column("fund_id", sa.Integer(), nullable=True),
        sa.Column("amount_statement_id", sa.Integer(), nullable=True),
        sa.Column("allocation_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN strategy_id IS NULL THEN 0 ELSE 1 END + CASE WHEN commitment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN status_update_id IS NULL THEN 0 ELSE 1 END + CASE WHEN fund_id IS NULL THEN 0 ELSE 1 END + CASE WHEN amount_statement_id IS NULL THEN 0 ELSE 1 END + CASE WHEN allocation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_citation_one_subject"),
        ),
        sa.CheckConstraint("paragraph >= 1", name=op.f("ck_citation_paragraph")),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocation.id"], name=op.f("fk_citation_allocation_id_allocation")
        ),
        sa.ForeignKeyConstraint(
            ["amount_statement_id"],
            ["amount_statement.id"],
            name=op.f("fk_citation_amount_statement_id_amount_statement"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_citation_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_citation_document_id_document")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_citation_event_id_event")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_citation_fund_id_fund")),
        sa.ForeignKeyConstraint(
            ["status_update_id"], ["status_update.id"], name=op.f("fk_citation_status_update_id_status_update")
        ),
        sa.ForeignKeyConstraint(["strategy_id"], ["strategy.id"], name=op.f("fk_citation_strategy_id_strategy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("allocation_id", name=op.f("uq_citation_allocation_id")),
        sa.UniqueConstraint("amount_statement_id", name=op.f("uq_citation_amount_statement_id")),
        sa.UniqueConstraint("key", name=op.f("uq_citation_key")),
        sa.UniqueConstraint("status_update_id", name=op.f("uq_citation_status_update_id")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citation_commitment_id"), ["commitment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_fund_id"), ["fund_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_strategy_id"), ["strategy_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("discrepancy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint("paragraph >= 1", name=op.f("ck_claim_paragraph")),
        sa.ForeignKeyConstraint(
            ["discrepancy_id"], ["discrepancy.id"], name=op.f("fk_claim_discrepancy_id_discrepancy")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_claim_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("discrepancy_id", "position", name=op.f("uq_claim_discrepancy_id_position")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_document_id"), ["document_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_document_id"))

    op.drop_table("claim")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citation_strategy_id"))
        batch_op.drop_index(batch_op.f("ix_citation_fund_id"))
        batch_op.drop_index(batch_op.f("ix_citation_event_id"))
        batch_op.drop_index(batch_op.f("ix_citation_document_id"))
        batch_op.drop_index(batch_op.f("ix_citation_commitment_id"))

    op.drop_table("citation")
    with op.batch_alter_table("status_update", schema=None) as batch_op:
        batch_op.drop_index("ix_status_update_latest")
        batch_op.drop_index(
            "ix_status_update_corrected_by_id",
            sqlite_where=sa.text("corrected_by_id IS NOT NULL"),
            postgresql_where=sa.text("corrected_by_id IS NOT NULL"),
        )

    op.drop_table("status_update")
    with op.batch_alter_table("discrepancy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discrepancy_strategy_id"))
        batch_op.drop_index(batch_op.f("ix_discrepancy_fund_id"))
        batch_op.drop_index(batch_op.f("ix_discrepancy_event_id"))
        batch_op.drop_index(batch_op.f("ix_discrepancy_commitment_id"))

    op.drop_table("discrepancy")
    with op.batch_alter_table("commitment_lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_lead_organisation_id"))

    op.drop_table("commitment_lead")
    with op.batch_alter_table("commitment_fund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_fund_fund_id"))

    op.drop_table("commitment_fund")
    with op.batch_alter_table("commitment_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_event_event_id"))

    op.drop_table("commitment_event")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_theme_id"))
        batch_op.drop_index("ix_commitment_origin_ref")

    op.drop_table("commitment")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_strategy_id"))

    op.drop_table("theme")
    with op.batch_alter_table("strategy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_publisher_id"))

    op.drop_table("strategy")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_organisation_id"))

    op.drop_table("participant")
    with op.batch_alter_table("event_host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_host_organisation_id"))

    op.drop_table("event_host")
    with op.batch_alter_table("event_fund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_fund_fund_id"))

    op.drop_table("event_fund")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_via_id"))
        batch_op.drop_index(batch_op.f("ix_document_publisher_id"))

    op.drop_table("document")
    with op.batch_alter_table("amount_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_amount_statement_fund_id"))

    op.drop_table("amount_statement")
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_recipient_id"))

    op.drop_table("allocation")
    op.drop_table("organisation")
    with op.batch_alter_table("fund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fund_parent_id"))

    op.drop_table("fund")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_held_on"))

    op.drop_table("event")
    op.drop_table("dataset")
