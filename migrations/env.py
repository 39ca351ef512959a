"""Runs the migrations on the app's own database, online only: `flask db upgrade`."""

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]
database = migrate.db

with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=database.metadatas[None],
        **migrate.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
