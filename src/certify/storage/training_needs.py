"""The matrix of training needs."""

from collections.abc import Sequence

from sqlmodel import Session, select

from certify.domain.training_need import TrainingNeed


def every(session: Session) -> Sequence[TrainingNeed]:
    """Every cell of the matrix, by post, layer and module."""
    rows = session.exec(select(TrainingNeed)).all()
    return sorted(rows, key=lambda row: (row.post, row.layer, row.module))
