"""The score of a department, which is not the mean of its people (R-EVA-10)."""

from collections.abc import Collection, Mapping
from fractions import Fraction


def sheet_score(
    scores: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]
) -> Fraction | None:
    """The weighted mean of the scores of a sheet, 0 to 100.

    Args:
        scores: 0 to 100 by indicator; None: not applicable, its weight is spread over the rest.
        weights: of every indicator of the scheme.
    Returns:
        None where an indicator was left out, or none applies.
    """
    if set(scores) != set(weights):
        return None
    counted = {code: score for code, score in scores.items() if score is not None}
    whole = sum((weights[code] for code in counted), Fraction(0))
    if not whole:
        return None
    return sum((weights[code] * score for code, score in counted.items()), Fraction(0)) / whole


def may_score(own_department: int, department: int, of_others: Collection[int]) -> bool:
    """Whether somebody of the evaluation group may score a department.

    Nobody scores the own department where another of the group can, who is of another one.

    Args:
        of_others: departments of the others in the evaluation group.
    """
    return own_department != department or all(one == department for one in of_others)
