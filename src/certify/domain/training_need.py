"""Which courses a post needs: a matrix of post × layer × module (R-CAT-06)."""

from collections.abc import Iterable

from sqlmodel import Field, SQLModel, UniqueConstraint

LAYERS = (
    "new-front-line",
    "experienced-front-line",
    "new-management",
    "experienced-management",
)
"""New or experienced, front line or management (S2-CA-05)."""


class TrainingNeed(SQLModel, table=True):
    """One cell: people of this post and layer need the courses of this module."""

    __table_args__ = (UniqueConstraint("post", "layer", "module"),)

    id: int | None = Field(default=None, primary_key=True)
    post: str = ""
    """Code of a post; empty for every post."""
    layer: str = ""
    """A layer; empty for every layer."""
    module: str


def layer_of(post_layer: str, *, is_new: bool) -> str:
    """The layer of a person: that of the post, and new where the person was hired lately."""
    begin, _hyphen, side = post_layer.partition("-")
    return f"new-{side}" if is_new or begin == "new" else f"experienced-{side}"


def modules_for(cells: Iterable[TrainingNeed], *, post: str, layer: str) -> frozenset[str]:
    """The modules that people of a post and layer need; a cell left empty fits all."""
    return frozenset(
        cell.module for cell in cells if cell.post in ("", post) and cell.layer in ("", layer)
    )
