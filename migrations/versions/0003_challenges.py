"""Challenges from anywhere: voices, versions, calls, assessments, merges, attachments, saved searches."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Written out, for SQLite can add a column that points elsewhere only in one breath, and copying the table
# would lose the triggers that keep its full-text index.
POINTERS = (
    ("challenge", "written_by_id", "person"),
    ("challenge", "call_id", "open_call"),
    ("challenge", "handler_id", "person"),
    ("challenge", "merged_into_id", "challenge"),
    ("challenge_comment", "deleted_by_id", "person"),
)
FALSE, EMPTY, COMMENT, ONE = sa.text("false"), sa.text("''"), sa.text("'comment'"), sa.text("1")
COLUMNS = (
    ("challenge", "shielded", sa.Boolean(), FALSE),
    ("challenge", "must_do", sa.Boolean(), FALSE),
    ("challenge", "must_do_basis", sa.Text(), EMPTY),
    ("challenge", "answered_in_time", sa.Boolean(), None),
    ("challenge", "days_left", sa.Integer(), None),
    ("challenge", "compared", sa.Boolean(), FALSE),
    ("challenge_comment", "kind", sa.String(length=40), COMMENT),
    ("challenge_comment", "edited_at", sa.DateTime(), None),
    ("challenge_comment", "deleted_at", sa.DateTime(), None),
    ("challenge_comment", "deleted_because", sa.Text(), EMPTY),
    ("challenge_comment", "version", sa.Integer(), ONE),
)
BYTEWISE = sa.String(length=100, collation="C").with_variant(sa.String(length=100), "sqlite")
TABLES = (
    "stem_count",
    "comment_version",
    "comment_report",
    "challenge_pair",
    "challenge_merge_consent",
    "assessment_score",
    "private_note",
    "co_proposer",
    "challenge_version",
    "challenge_offer",
    "challenge_merge",
    "challenge_goal",
    "challenge_follower",
    "attachment",
    "assessment_talk",
    "assessment",
    "open_call_unit",
    "saved_search",
    "open_call",
    "criteria_set",
    "answer_template",
)
FIRST_WEIGHTS = {
    "INNB": 25,
    "DRIFT": 15,
    "STRAT": 15,
    "TVERR": 10,
    "KAPA": 10,
    "RISI": 10,
    "ARKI": 10,
    "FORA": 5,
}
"""The weights a new installation judges by: domain.md 8."""
ANSWERED = "ix_challenge_first_answer_at_answered_in_time"
INDEXED = ("compared", "written_by_id", "call_id", "handler_id", "merged_into_id")


def upgrade():
    op.create_table(
        "answer_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_template")),
        sa.UniqueConstraint("name", name=op.f("uq_answer_template_name")),
    )
    op.create_table(
        "criteria_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_criteria_set_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_set")),
        sa.UniqueConstraint("number", name=op.f("uq_criteria_set_number")),
    )
    op.bulk_insert(
        sa.table(
            "criteria_set",
            sa.column("number", sa.Integer()),
            sa.column("weights", sa.JSON()),
            sa.column("reason", sa.Text()),
            sa.column("made_at", sa.DateTime()),
        ),
        [{"number": 1, "weights": FIRST_WEIGHTS, "reason": "", "made_at": datetime(2026, 11, 1)}],  # noqa: DTZ001
    )
    op.create_table(
        "open_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("to_all", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_open_call_period")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_open_call_opened_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_call")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("pace", sa.String(length=40), nullable=False),
        sa.Column("told_to", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index(op.f("ix_saved_search_pace"), "saved_search", ["pace"], unique=False)
    op.create_index(op.f("ix_saved_search_person_id"), "saved_search", ["person_id"], unique=False)

    op.create_table(
        "open_call_unit",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["open_call.id"],
            name=op.f("fk_open_call_unit_call_id_open_call"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_open_call_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("call_id", "unit_id", name=op.f("pk_open_call_unit")),
    )
    op.create_index(op.f("ix_open_call_unit_unit_id"), "open_call_unit", ["unit_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("criteria_set_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_assessment_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["assessor_id"], ["person.id"], name=op.f("fk_assessment_assessor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_assessment_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["criteria_set_id"], ["criteria_set.id"], name=op.f("fk_assessment_criteria_set_id_criteria_set")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["unit.id"], name=op.f("fk_assessment_division_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_assessor_id"), "assessment", ["assessor_id"], unique=False)
    op.create_index(
        op.f("ix_assessment_challenge_id_round_assessor_id"),
        "assessment",
        ["challenge_id", "round", "assessor_id"],
        unique=True,
    )

    op.create_table(
        "assessment_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_assessment_talk_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_assessment_talk_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_talk")),
    )
    op.create_index(
        op.f("ix_assessment_talk_challenge_id_round_criterion"),
        "assessment_talk",
        ["challenge_id", "round", "criterion"],
        unique=True,
    )

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(length=250), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_attachment_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_attachment_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
    )
    op.create_index(op.f("ix_attachment_challenge_id"), "attachment", ["challenge_id"], unique=False)
    op.create_index(op.f("ix_attachment_uploaded_by_id"), "attachment", ["uploaded_by_id"], unique=False)

    op.create_table(
        "challenge_follower",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_follower_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_challenge_follower_person_id_person")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "person_id", name=op.f("pk_challenge_follower")),
    )
    op.create_index(
        op.f("ix_challenge_follower_person_id"), "challenge_follower", ["person_id"], unique=False
    )

    op.create_table(
        "challenge_goal",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_goal_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("challenge_id", "goal", name=op.f("pk_challenge_goal")),
    )
    op.create_table(
        "challenge_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_challenge_merge_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_merge_from_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["into_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_merge_into_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_merge")),
    )
    op.create_index(op.f("ix_challenge_merge_from_id"), "challenge_merge", ["from_id"], unique=False)
    op.create_index(op.f("ix_challenge_merge_into_id"), "challenge_merge", ["into_id"], unique=False)

    op.create_table(
        "challenge_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(), nullable=True),
        sa.Column("set_aside_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_pair_first_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_pair_second_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_aside_by_id"], ["person.id"], name=op.f("fk_challenge_pair_set_aside_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_pair")),
    )
    op.create_index(
        op.f("ix_challenge_pair_first_id_second_id"), "challenge_pair", ["first_id", "second_id"], unique=True
    )
    op.create_index(op.f("ix_challenge_pair_second_id"), "challenge_pair", ["second_id"], unique=False)
    op.create_index(
        op.f("ix_challenge_pair_set_aside_at_share"),
        "challenge_pair",
        ["set_aside_at", "share"],
        unique=False,
    )

    op.create_table(
        "challenge_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_offer_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_challenge_offer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_offer")),
    )
    op.create_index(
        op.f("ix_challenge_offer_challenge_id_person_id"),
        "challenge_offer",
        ["challenge_id", "person_id"],
        unique=True,
    )
    op.create_index(op.f("ix_challenge_offer_person_id"), "challenge_offer", ["person_id"], unique=False)

    op.create_table(
        "challenge_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("affected", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_version_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["person.id"], name=op.f("fk_challenge_version_replaced_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_version")),
    )
    op.create_index(
        op.f("ix_challenge_version_challenge_id_number"),
        "challenge_version",
        ["challenge_id", "number"],
        unique=True,
    )

    op.create_table(
        "co_proposer",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_co_proposer_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_co_proposer_person_id_person")),
        sa.PrimaryKeyConstraint("challenge_id", "person_id", name=op.f("pk_co_proposer")),
    )
    op.create_index(op.f("ix_co_proposer_person_id"), "co_proposer", ["person_id"], unique=False)

    op.create_table(
        "private_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_private_note_author_id_person")),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_private_note_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_note")),
    )
    op.create_index(op.f("ix_private_note_challenge_id"), "private_note", ["challenge_id"], unique=False)

    op.create_table(
        "assessment_score",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_assessment_score_score")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_score_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "criterion", name=op.f("pk_assessment_score")),
    )
    op.create_table(
        "challenge_merge_consent",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merge_id"],
            ["challenge_merge.id"],
            name=op.f("fk_challenge_merge_consent_merge_id_challenge_merge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_challenge_merge_consent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("merge_id", "person_id", name=op.f("pk_challenge_merge_consent")),
    )
    op.create_index(
        op.f("ix_challenge_merge_consent_person_id"), "challenge_merge_consent", ["person_id"], unique=False
    )

    op.create_table(
        "comment_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("judged_at", sa.DateTime(), nullable=True),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["challenge_comment.id"],
            name=op.f("fk_comment_report_comment_id_challenge_comment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["judged_by_id"], ["person.id"], name=op.f("fk_comment_report_judged_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["person.id"], name=op.f("fk_comment_report_reporter_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_report")),
    )
    op.create_index(
        op.f("ix_comment_report_comment_id_reporter_id"),
        "comment_report",
        ["comment_id", "reporter_id"],
        unique=True,
    )
    op.create_index(op.f("ix_comment_report_outcome"), "comment_report", ["outcome"], unique=False)

    op.create_table(
        "comment_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["challenge_comment.id"],
            name=op.f("fk_comment_version_comment_id_challenge_comment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_version")),
    )
    op.create_index(op.f("ix_comment_version_comment_id"), "comment_version", ["comment_id"], unique=False)

    op.create_table(
        "stem_count",
        sa.Column("stem", BYTEWISE, nullable=False),
        sa.Column("challenges", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_stem_count")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # What is new lies in no heap of its own, to be read through by each search until it is vacuumed.
        op.execute("ALTER INDEX challenge_fts SET (fastupdate = off)")
        op.execute("SELECT gin_clean_pending_list('challenge_fts')")
    for table, column, target in POINTERS:
        points = f"CONSTRAINT fk_{table}_{column}_{target} REFERENCES {target} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {points}")
    for table, column, kind, default in COLUMNS:
        op.add_column(table, sa.Column(column, kind, server_default=default, nullable=default is None))
    for column in INDEXED:
        op.create_index(op.f(f"ix_challenge_{column}"), "challenge", [column], unique=False)
    op.create_index(ANSWERED, "challenge", ["first_answer_at", "answered_in_time"], unique=False)


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX challenge_fts RESET (fastupdate)")
    op.drop_index(ANSWERED, table_name="challenge")
    for column in INDEXED:
        op.drop_index(op.f(f"ix_challenge_{column}"), table_name="challenge")
    for table, column, *_rest in (*COLUMNS, *POINTERS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in TABLES:
        op.drop_table(table)
