"""The first tables: organisation, challenges, missions, tasks, change log."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SKILLS = [
    (
        "tjenestedesign",
        "Tjenestedesign og brukerinnsikt",
        "Tenestedesign og brukarinnsikt",
        "Service design and user insight",
    ),
    ("endringsledelse", "Endringsledelse", "Endringsleiing", "Change management"),
    (
        "prosess-og-gevinst",
        "Prosess- og gevinstarbeid",
        "Prosess- og gevinstarbeid",
        "Process and benefits work",
    ),
    ("data-og-statistikk", "Data og statistikk", "Data og statistikk", "Data and statistics"),
    ("personvern-og-sikkerhet", "Personvern og sikkerhet", "Personvern og tryggleik", "Privacy and security"),
    (
        "teamarbeid",
        "Smidig samarbeid og teamarbeid",
        "Smidig samarbeid og teamarbeid",
        "Agile collaboration and teamwork",
    ),
    (
        "digitale-innkjop",
        "Innkjøp av digitale løsninger",
        "Innkjøp av digitale løysingar",
        "Procurement of digital solutions",
    ),
    ("klarsprak", "Klarspråk", "Klarspråk", "Plain language"),
    ("ki-i-tjenesten", "KI i tjenesten", "KI i tenesta", "AI in the service"),
    (
        "fagkunnskap",
        "Fagkunnskap fra tjenesten",
        "Fagkunnskap frå tenesta",
        "Professional knowledge from the service",
    ),
    ("prosjektledelse", "Prosjektledelse", "Prosjektleiing", "Project management"),
    ("juss", "Juss", "Jus", "Law"),
    ("okonomi", "Økonomi", "Økonomi", "Finance"),
    ("kommunikasjon", "Kommunikasjon", "Kommunikasjon", "Communication"),
]
"""The skill list a new installation starts with: domain.md 9, municipal areas, and common crafts."""


def upgrade():
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_object_type_object_id_id"),
            ["object_type", "object_id", "id"],
            unique=False,
        )

    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_email_hash_at"), ["email_hash", "at"], unique=False
        )

    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("nb", sa.String(length=100), nullable=False),
        sa.Column("nn", sa.String(length=100), nullable=False),
        sa.Column("en", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("code", name=op.f("uq_skill_code")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("leader_title", sa.String(length=100), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column(
            "path",
            sa.String(length=100, collation="C").with_variant(sa.String(length=100), "sqlite"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_unit_level")),
        sa.ForeignKeyConstraint(["division_id"], ["unit.id"], name=op.f("fk_unit_division_id_unit")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("external_ref", name=op.f("uq_unit_external_ref")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_division_id"), ["division_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_path"), ["path"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("job_title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=True),
        sa.Column("color_scheme", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_person_manager_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("external_ref", name=op.f("uq_person_external_ref")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "unit_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_unit_placement_period")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_placement_parent_id_unit")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_placement_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_placement")),
    )
    with op.batch_alter_table("unit_placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_placement_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("affected", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("proposer_id", sa.Integer(), nullable=True),
        sa.Column("submitted_by", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("first_answer_at", sa.DateTime(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("line_unit_id", sa.Integer(), nullable=True),
        sa.Column("support_people", sa.Integer(), nullable=False),
        sa.Column("support_units", sa.Integer(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["division_id"], ["unit.id"], name=op.f("fk_challenge_division_id_unit")),
        sa.ForeignKeyConstraint(["line_unit_id"], ["unit.id"], name=op.f("fk_challenge_line_unit_id_unit")),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name=op.f("fk_challenge_proposer_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_challenge_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("external_ref", name=op.f("uq_challenge_external_ref")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_division_id"), ["division_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_line_unit_id"), ["line_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_proposer_id"), ["proposer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_challenge_state_division_id"), ["state", "division_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_challenge_state_due_on"), ["state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_submitted_at"), ["submitted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_submitted_by"), ["submitted_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_theme"), ["theme"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "mission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("mandate", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_mission_period")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_mission_lead_id_person")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_mission_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mission")),
        sa.UniqueConstraint("external_ref", name=op.f("uq_mission_external_ref")),
    )
    with op.batch_alter_table("mission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mission_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mission_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mission_status_phase"), ["status", "phase"], unique=False)

    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_office_period")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_office_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_office_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_person_id_kind_unit_id"), ["person_id", "kind", "unit_id"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_office_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_answer_author_id_person")),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_answer_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "board_column",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wip_limit", sa.Integer(), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mission_id"],
            ["mission.id"],
            name=op.f("fk_board_column_mission_id_mission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_column")),
    )
    with op.batch_alter_table("board_column", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_board_column_mission_id_position"), ["mission_id", "position"], unique=False
        )

    op.create_table(
        "challenge_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_challenge_comment_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_comment_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_comment")),
    )
    with op.batch_alter_table("challenge_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_comment_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_comment_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "challenge_tag",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_tag_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("challenge_id", "tag", name=op.f("pk_challenge_tag")),
    )
    with op.batch_alter_table("challenge_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_tag_tag"), ["tag"], unique=False)

    op.create_table(
        "mission_challenge",
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_mission_challenge_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["mission_id"],
            ["mission.id"],
            name=op.f("fk_mission_challenge_mission_id_mission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mission_id", "challenge_id", name=op.f("pk_mission_challenge")),
    )
    with op.batch_alter_table("mission_challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mission_challenge_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("stretch", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (person_id IS NULL)", name=op.f("ck_seat_person")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_seat_period")),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 1 AND 4", name=op.f("ck_seat_level")),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name=op.f("ck_seat_share")),
        sa.ForeignKeyConstraint(
            ["mission_id"], ["mission.id"], name=op.f("fk_seat_mission_id_mission"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id_person")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_seat_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_seat_person_id_state_mission_id"),
            ["person_id", "state", "mission_id"],
            unique=False,
        )

    op.create_table(
        "status_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("progress", sa.String(length=40), nullable=False),
        sa.Column("economy", sa.String(length=40), nullable=False),
        sa.Column("quality", sa.String(length=40), nullable=False),
        sa.Column("risk", sa.String(length=40), nullable=False),
        sa.Column("staffing", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_status_report_author_id_person")),
        sa.ForeignKeyConstraint(
            ["mission_id"],
            ["mission.id"],
            name=op.f("fk_status_report_mission_id_mission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_report")),
    )
    with op.batch_alter_table("status_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_status_report_mission_id_id"), ["mission_id", "id"], unique=False
        )

    op.create_table(
        "support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("experience", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_support_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_support_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_support_challenge_id_person_id"), ["challenge_id", "person_id"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_support_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("person_says", sa.Boolean(), nullable=True),
        sa.Column("person_reason", sa.Text(), nullable=False),
        sa.Column("person_at", sa.DateTime(), nullable=True),
        sa.Column("manager_says", sa.Boolean(), nullable=True),
        sa.Column("manager_reason", sa.Text(), nullable=False),
        sa.Column("manager_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id_person")
        ),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_invitation_manager_id_person")),
        sa.ForeignKeyConstraint(
            ["mission_id"], ["mission.id"], name=op.f("fk_invitation_mission_id_mission"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_invitation_seat_id_seat"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_invitation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_manager_id_closed_at"), ["manager_id", "closed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_invitation_person_id_closed_at"), ["person_id", "closed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_invitation_unit_id_closed_at"), ["unit_id", "closed_at"], unique=False
        )

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=True),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column(
            "rank",
            sa.String(length=200, collation="C").with_variant(sa.String(length=200), "sqlite"),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_task_assignee_id_person")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_task_changed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["column_id"], ["board_column.id"], name=op.f("fk_task_column_id_board_column")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_task_created_by_id_person")),
        sa.ForeignKeyConstraint(
            ["mission_id"], ["mission.id"], name=op.f("fk_task_mission_id_mission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("external_ref", name=op.f("uq_task_external_ref")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_task_assignee_id_done_at_due_on"),
            ["assignee_id", "done_at", "due_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_task_column_id_rank"), ["column_id", "rank"], unique=True)
        batch_op.create_index(
            batch_op.f("ix_task_mission_id_done_at"), ["mission_id", "done_at"], unique=False
        )

    op.create_table(
        "task_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_task_comment_author_id_person")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_comment_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_comment")),
    )
    with op.batch_alter_table("task_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_comment_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_comment_task_id"), ["task_id"], unique=False)
    op.bulk_insert(
        sa.table("skill", sa.column("code"), sa.column("nb"), sa.column("nn"), sa.column("en")),
        [{"code": code, "nb": nb, "nn": nn, "en": en} for code, nb, nn, en in SKILLS],
    )
    _full_text()


def _full_text() -> None:
    """Search over challenge.stems: FTS5 kept by triggers on SQLite, an expression index on PostgreSQL."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX challenge_fts ON challenge USING gin (to_tsvector('simple', stems))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE challenge_fts USING fts5("
        "stems, content='challenge', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    insert = "INSERT INTO challenge_fts(rowid, stems) VALUES (new.id, new.stems)"
    delete = "INSERT INTO challenge_fts(challenge_fts, rowid, stems) VALUES ('delete', old.id, old.stems)"
    op.execute(f"CREATE TRIGGER challenge_fts_insert AFTER INSERT ON challenge BEGIN {insert}; END")
    op.execute(f"CREATE TRIGGER challenge_fts_delete AFTER DELETE ON challenge BEGIN {delete}; END")
    op.execute(
        f"CREATE TRIGGER challenge_fts_update AFTER UPDATE OF stems ON challenge BEGIN {delete}; {insert}; END"
    )


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX challenge_fts")
    else:
        op.execute("DROP TABLE challenge_fts")
    with op.batch_alter_table("task_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_comment_task_id"))
        batch_op.drop_index(batch_op.f("ix_task_comment_author_id"))

    op.drop_table("task_comment")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_mission_id_done_at"))
        batch_op.drop_index(batch_op.f("ix_task_column_id_rank"))
        batch_op.drop_index(batch_op.f("ix_task_assignee_id_done_at_due_on"))

    op.drop_table("task")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_unit_id_closed_at"))
        batch_op.drop_index(batch_op.f("ix_invitation_seat_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_person_id_closed_at"))
        batch_op.drop_index(batch_op.f("ix_invitation_mission_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_manager_id_closed_at"))

    op.drop_table("invitation")
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_unit_id"))
        batch_op.drop_index(batch_op.f("ix_support_person_id"))
        batch_op.drop_index(batch_op.f("ix_support_challenge_id_person_id"))

    op.drop_table("support")
    with op.batch_alter_table("status_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_report_mission_id_id"))

    op.drop_table("status_report")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_person_id_state_mission_id"))
        batch_op.drop_index(batch_op.f("ix_seat_mission_id"))

    op.drop_table("seat")
    with op.batch_alter_table("mission_challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mission_challenge_challenge_id"))

    op.drop_table("mission_challenge")
    with op.batch_alter_table("challenge_tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_tag_tag"))

    op.drop_table("challenge_tag")
    with op.batch_alter_table("challenge_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_comment_challenge_id"))
        batch_op.drop_index(batch_op.f("ix_challenge_comment_author_id"))

    op.drop_table("challenge_comment")
    with op.batch_alter_table("board_column", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_column_mission_id_position"))

    op.drop_table("board_column")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_challenge_id"))

    op.drop_table("answer")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_person_id"))

    op.drop_table("sign_in_session")
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_unit_id"))
        batch_op.drop_index(batch_op.f("ix_office_person_id_kind_unit_id"))

    op.drop_table("office")
    with op.batch_alter_table("mission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mission_status_phase"))
        batch_op.drop_index(batch_op.f("ix_mission_owner_id"))
        batch_op.drop_index(batch_op.f("ix_mission_lead_id"))

    op.drop_table("mission")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_unit_id"))
        batch_op.drop_index(batch_op.f("ix_challenge_theme"))
        batch_op.drop_index(batch_op.f("ix_challenge_submitted_by"))
        batch_op.drop_index(batch_op.f("ix_challenge_submitted_at"))
        batch_op.drop_index(batch_op.f("ix_challenge_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_challenge_state_division_id"))
        batch_op.drop_index(batch_op.f("ix_challenge_proposer_id"))
        batch_op.drop_index(batch_op.f("ix_challenge_line_unit_id"))
        batch_op.drop_index(batch_op.f("ix_challenge_division_id"))

    op.drop_table("challenge")
    with op.batch_alter_table("unit_placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_placement_unit_id"))

    op.drop_table("unit_placement")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_unit_id"))
        batch_op.drop_index(batch_op.f("ix_person_name"))
        batch_op.drop_index(batch_op.f("ix_person_manager_id"))

    op.drop_table("person")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_path"))
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))
        batch_op.drop_index(batch_op.f("ix_unit_division_id"))

    op.drop_table("unit")
    op.drop_table("skill")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_email_hash_at"))

    op.drop_table("sign_in_attempt")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_object_type_object_id_id"))

    op.drop_table("audit_entry")
