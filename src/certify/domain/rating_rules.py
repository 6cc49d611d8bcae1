"""Who is evaluated as what, and who rates whom (R-EVA-03)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from certify.domain.person import PersonStatus
from certify.domain.placement import Placed, stretches
from certify.policy import Level
from certify.policy.evaluation import RateeClass


def ratee_class(*, meets_customers: bool, layer: str, has_reports: bool) -> RateeClass:
    """Which row of the rater table a person falls under.

    Args:
        meets_customers: whether the post does.
        layer: of the post; who is on a management layer leads, also while nobody reports.
        has_reports: whether anybody reported to the person directly in the period.
    """
    if has_reports or layer.endswith("-management"):
        return "supervisor" if meets_customers else "manager"
    return "front-line" if meets_customers else "back-office"


def is_trainee(
    active: Collection[str], ladder: Sequence[Level], *, is_onboarding_open: bool
) -> bool:
    """Whether a person is only being trained, and therefore not graded.

    Args:
        active: levels held on the last day of the period.
        is_onboarding_open: whether a newcomer has onboarding still to finish; it decides about
            those who hold no level.
    """
    highest = next((level for level in reversed(ladder) if level.code in active), None)
    return is_onboarding_open if highest is None else highest.trainee


def rating_supervisor(days: Mapping[int, int], today: int | None) -> tuple[int | None, list[int]]:
    """Who rates as direct supervisor, and which others may comment.

    Args:
        days: how many days of the period the person was under each.
        today: who it is now; of several with the same number of days that one rates.
    Returns:
        The one with most days, None without any; the others, the longest first.
    """
    order = sorted(days, key=lambda one: (-days[one], one != today, one))
    return (order[0], order[1:]) if order else (None, [])


def next_up(
    person_id: int,
    first: int | None,
    above: Mapping[int, int | None],
    can_rate: Callable[[int], bool],
) -> int | None:
    """The direct supervisor, or whoever stands in: the next level up that can rate (R-EVA-04).

    Args:
        person_id: the ratee, who never stands in.
        first: the direct supervisor.
        above: supervisor of everybody today.
        can_rate: whether somebody is there to rate.
    """
    seen = {person_id}
    one = first
    while one is not None and one not in seen:
        if can_rate(one):
            return one
        seen.add(one)
        one = above.get(one)
    return None


def reports_by_supervisor(
    placements: Mapping[int, Sequence[Placed]], first: date, last: date
) -> dict[int, set[int]]:
    """Who reported directly to whom on any day of a period, by supervisor.

    Args:
        placements: by person, in the order in which they were written down.
    """
    found: dict[int, set[int]] = {}
    for person_id, known in placements.items():
        for _start, _end, held in stretches(first, last, known):
            if held.supervisor_id and held.status is PersonStatus.EMPLOYED:
                found.setdefault(held.supervisor_id, set()).add(person_id)
    return found
