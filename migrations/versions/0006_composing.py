"""Teams that are only thought of, and the bounds of what a lead may weigh."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "team_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mission_id"], ["mission.id"], name=op.f("fk_team_draft_mission_id_mission"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_team_draft_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_draft")),
    )
    op.create_index(op.f("ix_team_draft_mission_id"), "team_draft", ["mission_id"])
    op.create_table(
        "team_draft_place",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["team_draft.id"],
            name=op.f("fk_team_draft_place_draft_id_team_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_team_draft_place_seat_id_seat"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_team_draft_place_person_id_person")
        ),
        sa.PrimaryKeyConstraint("draft_id", "seat_id", name=op.f("pk_team_draft_place")),
    )
    op.create_index(op.f("ix_team_draft_place_seat_id"), "team_draft_place", ["seat_id"])
    op.create_index(op.f("ix_team_draft_place_person_id"), "team_draft_place", ["person_id"])
    op.create_table(
        "weight_bound",
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("least BETWEEN 0 AND most AND most <= 200", name=op.f("ck_weight_bound_bounds")),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_weight_bound")),
    )


def downgrade():
    for name in ("weight_bound", "team_draft_place", "team_draft"):
        op.drop_table(name)
