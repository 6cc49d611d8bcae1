"""Which courses a post needs: a matrix of post × layer × module (R-CAT-06)."""

from sqlmodel import Field, SQLModel, UniqueConstraint


class TrainingNeed(SQLModel, table=True):
    """One cell: people of this post and layer need the courses of this module."""

    __table_args__ = (UniqueConstraint("post", "layer", "module"),)

    id: int | None = Field(default=None, primary_key=True)
    post: str = ""
    """Code of a post; empty for every post."""
    layer: str = ""
    """A layer; empty for every layer."""
    module: str
