"""What people can, want to learn and have time for: private until they share it."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _of_a_person(name, *columns, key=("person_id",)):
    op.create_table(
        name,
        sa.Column("person_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f(f"fk_{name}_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
    )


def upgrade():
    _of_a_person(
        "person_skill",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("wants", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_person_skill_level")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_person_skill_skill_id_skill")),
        key=("person_id", "skill_id"),
    )
    op.create_index(op.f("ix_person_skill_skill_id_shared"), "person_skill", ["skill_id", "shared"])
    _of_a_person(
        "openness",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours BETWEEN 1 AND 40", name=op.f("ck_openness_hours")),
        key=("person_id", "kind"),
    )
    _of_a_person(
        "working_time",
        sa.Column("share", sa.Integer(), nullable=False),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name=op.f("ck_working_time_share")),
    )
    _of_a_person(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_period")),
        key=("id",),
    )
    op.create_index(op.f("ix_absence_person_id_ends_on"), "absence", ["person_id", "ends_on"])


def downgrade():
    for name in ("absence", "working_time", "openness", "person_skill"):
        op.drop_table(name)
