"""Saved searches as they came to be, words of LOS by theme, and finding open seats fast.

Nothing wrote to the table that saved searches had.
"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _make(*columns):
    op.drop_table("saved_search")
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )


def upgrade():
    _make(
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("alerts", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_saved_search_alerts"), "saved_search", ["alerts"])
    op.create_index(
        op.f("ix_saved_search_person_id_address"), "saved_search", ["person_id", "address"], unique=True
    )
    op.create_index(op.f("ix_seat_state_mission_id"), "seat", ["state", "mission_id"])
    op.create_table(
        "theme_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("nb", sa.String(length=200), nullable=False),
        sa.Column("nn", sa.String(length=200), nullable=False),
        sa.Column("en", sa.String(length=200), nullable=False),
        sa.Column("synonyms", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_word")),
        sa.UniqueConstraint("external_ref", name=op.f("uq_theme_word_external_ref")),
    )


def downgrade():
    op.drop_table("theme_word")
    op.drop_index(op.f("ix_seat_state_mission_id"), table_name="seat")
    _make(
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("pace", sa.String(length=40), nullable=False),
        sa.Column("told_to", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person")),
    )
    op.create_index(op.f("ix_saved_search_pace"), "saved_search", ["pace"])
    op.create_index(op.f("ix_saved_search_person_id"), "saved_search", ["person_id"])
