"""Saved searches as they came to be: with or without alerts. Nothing wrote to the table they had."""

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


def downgrade():
    _make(
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("pace", sa.String(length=40), nullable=False),
        sa.Column("told_to", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person")),
    )
    op.create_index(op.f("ix_saved_search_pace"), "saved_search", ["pace"])
    op.create_index(op.f("ix_saved_search_person_id"), "saved_search", ["person_id"])
