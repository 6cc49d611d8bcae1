"""Run by Alembic, always with a connection that `storage.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

from certify.storage import tables  # noqa: F401  all tables must be known

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
