"""Jobs, notifications, webhooks, feeds, announcements and the security log."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


ONLY_ADDED = "the security log is only added to"
MAY_GO = "OLD.id <= COALESCE((SELECT gone_id FROM security_head WHERE id = 1), 0)"


def upgrade():
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_announcement_at"), "announcement", ["at"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.Double(), nullable=True),
        sa.Column("finished", sa.Double(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_job_uid")),
    )
    op.create_index(op.f("ix_job_state_due"), "job", ["state", "due"], unique=False)

    op.create_table(
        "job_period",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", "period", name=op.f("pk_job_period")),
    )
    op.create_table(
        "reminded",
        sa.Column("reminder", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("reminder", "object_id", "due_on", name=op.f("pk_reminded")),
    )
    op.create_table(
        "security_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_entry")),
    )
    op.create_index(op.f("ix_security_entry_kind"), "security_entry", ["kind"], unique=False)

    op.create_table(
        "security_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("gone_hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_head")),
    )
    op.create_table(
        "feed_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_feed_token_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_token_hash")),
    )
    op.create_index(op.f("ix_feed_token_person_id_path"), "feed_token", ["person_id", "path"], unique=True)

    op.create_table(
        "muted_object",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_muted_object_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "object_type", "object_id", name=op.f("pk_muted_object")),
    )
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("told", sa.String(length=40), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("show_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("mail_pace", sa.String(length=40), nullable=False),
        sa.Column("mail_at", sa.DateTime(), nullable=True),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_notification_actor_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notification_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
    )
    op.create_index(op.f("ix_notification_actor_id"), "notification", ["actor_id"], unique=False)
    op.create_index(
        op.f("ix_notification_mailed_at_mail_pace_mail_at"),
        "notification",
        ["mailed_at", "mail_pace", "mail_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_notification_object_type_object_id"),
        "notification",
        ["object_type", "object_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_notification_person_id_read_at_show_at"),
        "notification",
        ["person_id", "read_at", "show_at"],
        unique=False,
    )

    op.create_table(
        "notification_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("pace", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_notification_choice_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", "channel", name=op.f("pk_notification_choice")),
    )
    op.create_table(
        "quiet_hours",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.Column("weekends", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(starts IS NULL) = (ends IS NULL)", name=op.f("ck_quiet_hours_both")),
        sa.CheckConstraint(
            "starts BETWEEN 0 AND 23 AND ends BETWEEN 0 AND 23", name=op.f("ck_quiet_hours_hours")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_quiet_hours_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_quiet_hours")),
    )
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("shape", sa.String(length=40), nullable=False),
        sa.Column("with_tasks", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["person.id"],
            name=op.f("fk_webhook_created_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["mission_id"], ["mission.id"], name=op.f("fk_webhook_mission_id_mission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("uid", name=op.f("uq_webhook_uid")),
    )
    op.create_index(op.f("ix_webhook_mission_id"), "webhook", ["mission_id"], unique=False)

    _refuse_changes()


def downgrade():
    _allow_changes()
    op.drop_index(op.f("ix_webhook_mission_id"), table_name="webhook")

    op.drop_table("webhook")
    op.drop_table("quiet_hours")
    op.drop_table("notification_choice")
    op.drop_index(op.f("ix_notification_person_id_read_at_show_at"), table_name="notification")
    op.drop_index(op.f("ix_notification_object_type_object_id"), table_name="notification")
    op.drop_index(op.f("ix_notification_mailed_at_mail_pace_mail_at"), table_name="notification")
    op.drop_index(op.f("ix_notification_actor_id"), table_name="notification")

    op.drop_table("notification")
    op.drop_table("muted_object")
    op.drop_index(op.f("ix_feed_token_person_id_path"), table_name="feed_token")

    op.drop_table("feed_token")
    op.drop_table("security_head")
    op.drop_index(op.f("ix_security_entry_kind"), table_name="security_entry")

    op.drop_table("security_entry")
    op.drop_table("reminded")
    op.drop_table("job_period")
    op.drop_index(op.f("ix_job_state_due"), table_name="job")

    op.drop_table("job")
    op.drop_index(op.f("ix_announcement_at"), table_name="announcement")

    op.drop_table("announcement")


def _refuse_changes():
    """The security log is only added to; a line goes when the head says that its time is out.

    «INSERT OR REPLACE» on SQLite, and TRUNCATE on PostgreSQL, delete without a word to a trigger on DELETE.
    """
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
        taken = "EXISTS (SELECT 1 FROM security_entry WHERE id = NEW.id)"
        op.execute(f"CREATE TRIGGER security_entry_kept BEFORE UPDATE ON security_entry {refuse}")
        op.execute(
            f"CREATE TRIGGER security_entry_there BEFORE DELETE ON security_entry WHEN NOT ({MAY_GO}) {refuse}"
        )
        op.execute(f"CREATE TRIGGER security_entry_new BEFORE INSERT ON security_entry WHEN {taken} {refuse}")
        return
    op.execute(
        "CREATE FUNCTION security_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF {MAY_GO} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{ONLY_ADDED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER security_entry_kept BEFORE UPDATE OR DELETE ON security_entry "
        "FOR EACH ROW EXECUTE FUNCTION security_entry_refuse()"
    )
    op.execute(
        "CREATE TRIGGER security_entry_there BEFORE TRUNCATE ON security_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION security_entry_refuse()"
    )


def _allow_changes():
    if op.get_bind().dialect.name == "sqlite":
        for name in ("kept", "there", "new"):
            op.execute(f"DROP TRIGGER security_entry_{name}")
        return
    for name in ("kept", "there"):
        op.execute(f"DROP TRIGGER security_entry_{name} ON security_entry")
    op.execute("DROP FUNCTION security_entry_refuse()")
