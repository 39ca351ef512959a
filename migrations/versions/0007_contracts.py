"""The rest of the time contract: other terms, what was done in a seat, and what it says of one's skills."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GOES_WITH = ("seat_id", "mission_id", "invitation_id")
"""Gone with the seat, mission or invitation they are about."""
TO_PERSON = ("person_id", "manager_id", "by_id", "answered_by_id")
LOOKED_UP_BY = ("seat_id", "person_id", "manager_id", "unit_id", "mission_id")


def upgrade():
    op.add_column("seat", sa.Column("done_text", sa.Text(), nullable=True))
    op.add_column("seat", sa.Column("done_at", sa.DateTime(), nullable=True))
    _make_seat_offer("seat_offer")
    _make_skill_evidence("skill_evidence")


def _make_seat_offer(name):
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("person_says", sa.Boolean(), nullable=True),
        sa.Column("manager_says", sa.Boolean(), nullable=True),
        sa.Column("lead_says", sa.Boolean(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name=op.f("ck_seat_offer_share")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_seat_offer_period")),
        *(_points(name, column, column.removesuffix("_id"), goes_with=True) for column in GOES_WITH),
        *(_points(name, column, "person") for column in TO_PERSON),
        _points(name, "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_offer")),
    )
    op.create_index(op.f("ix_seat_offer_invitation_id"), name, ["invitation_id"])
    for column in LOOKED_UP_BY:
        op.create_index(op.f(f"ix_seat_offer_{column}_closed_at"), name, [column, "closed_at"])


def _make_skill_evidence(name):
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _points(name, "person_id", "person", goes_with=True),
        _points(name, "seat_id", "seat", goes_with=True),
        _points(name, "skill_id", "skill"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_evidence")),
        sa.UniqueConstraint(
            "person_id", "seat_id", "skill_id", name=op.f("uq_skill_evidence_person_id_seat_id_skill_id")
        ),
    )
    op.create_index(op.f("ix_skill_evidence_seat_id"), name, ["seat_id"])
    op.create_index(op.f("ix_skill_evidence_skill_id_person_id"), name, ["skill_id", "person_id"])


def _points(table, column, target, *, goes_with=False):
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete="CASCADE" if goes_with else None,
    )


def downgrade():
    op.drop_table("skill_evidence")
    op.drop_table("seat_offer")
    op.execute("ALTER TABLE seat DROP COLUMN done_at")
    op.execute("ALTER TABLE seat DROP COLUMN done_text")
