"""Seats that say all they need: more skills, where somebody comes from and works, and in which language."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

POINTERS = (
    ("seat", "from_division_id", "unit"),
    ("seat", "not_division_id", "unit"),
    ("seat", "place_id", "place"),
)
FALSE, EMPTY, ONE = sa.text("false"), sa.text("''"), sa.text("1")
COLUMNS = (
    ("seat", "language", sa.String(length=40), None),
    ("skill", "synonyms", sa.Text(), EMPTY),
    ("skill", "area", sa.String(length=40), EMPTY),
    ("skill", "retired", sa.Boolean(), FALSE),
    ("skill", "version", sa.Integer(), ONE),
)
TABLES = (
    "seat_application",
    "seat_announcement",
    "skill_suggestion",
    "seat_skill",
    "person_place",
    "person_language",
    "place",
)


def _key(table, column, target, **more):
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), **more
    )


def upgrade():
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("name", name=op.f("uq_place_name")),
    )
    op.create_table(
        "person_language",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        _key("person_language", "person_id", "person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "language", name=op.f("pk_person_language")),
    )
    op.create_table(
        "person_place",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        _key("person_place", "person_id", "person", ondelete="CASCADE"),
        _key("person_place", "place_id", "place"),
        sa.PrimaryKeyConstraint("person_id", "place_id", name=op.f("pk_person_place")),
    )
    op.create_index(op.f("ix_person_place_place_id"), "person_place", ["place_id"])
    op.create_table(
        "seat_skill",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_seat_skill_level")),
        _key("seat_skill", "seat_id", "seat", ondelete="CASCADE"),
        _key("seat_skill", "skill_id", "skill"),
        sa.PrimaryKeyConstraint("seat_id", "skill_id", name=op.f("pk_seat_skill")),
    )
    op.create_index(op.f("ix_seat_skill_skill_id"), "seat_skill", ["skill_id"])
    op.create_table(
        "skill_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        _key("skill_suggestion", "person_id", "person", ondelete="CASCADE"),
        _key("skill_suggestion", "skill_id", "skill"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_suggestion")),
    )
    op.create_index(op.f("ix_skill_suggestion_outcome_id"), "skill_suggestion", ["outcome", "id"])
    op.create_index(op.f("ix_skill_suggestion_person_id"), "skill_suggestion", ["person_id"])
    op.create_table(
        "seat_announcement",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("curator_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        _key("seat_announcement", "seat_id", "seat", ondelete="CASCADE"),
        _key("seat_announcement", "curator_id", "person"),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_seat_announcement")),
    )
    op.create_index(op.f("ix_seat_announcement_ends_on"), "seat_announcement", ["ends_on"])
    op.create_table(
        "seat_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        _key("seat_application", "seat_id", "seat", ondelete="CASCADE"),
        _key("seat_application", "person_id", "person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_application")),
        sa.UniqueConstraint("seat_id", "person_id", name=op.f("uq_seat_application_seat_id_person_id")),
    )
    op.create_index(op.f("ix_seat_application_person_id"), "seat_application", ["person_id"])
    for table, column, target in POINTERS:
        points = f"CONSTRAINT fk_{table}_{column}_{target} REFERENCES {target} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {points}")
    for table, column, kind, default in COLUMNS:
        op.add_column(table, sa.Column(column, kind, server_default=default, nullable=default is None))


def downgrade():
    for table, column, *_rest in (*COLUMNS, *POINTERS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in TABLES:
        op.drop_table(table)
