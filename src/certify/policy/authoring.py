"""Rules of writing and reviewing items, of courses in time, and of on-site practice."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from certify.policy.section import Section, Share


class ReviewPolicy(Section):
    """How an item comes into use (R-ASM-13)."""

    own_courses: bool = True
    """Whether items of courses in the home are reviewed before they are drawn."""
    installed_courses: bool = False
    """Whether items that a plugin brings are reviewed too; else its release counts as review."""
    second_key: bool = True
    """Whether somebody must have answered an item without seeing its key, and agreed with it."""
    author_may_review: bool = False
    """Whether who wrote an item may also review it."""
    near_duplicate: Annotated[Share, Field(ge=Fraction(1, 2), le=1)] = Fraction(9, 10)
    """How alike two stems are, 0 to 1, from which items whose answers resemble each other too are
    named as near-duplicates."""


class LearningPolicy(Section):
    """Courses as time goes by."""

    stale_months: Annotated[int, Field(ge=1, le=120)] = 12
    """Months after which an in-service course that nobody revised is flagged (R-LRN-08)."""
    phases_in_order: bool = True
    """Whether each phase of onboarding opens only after the one before it (R-LRN-01)."""


class FieldPracticePolicy(Section):
    """On-site practice (R-LRN-05)."""

    entries: Annotated[int, Field(ge=1, le=200)] = 10
    """Tasks with the guide's remark that a log needs before it can be signed off."""
    working_days: Annotated[int, Field(ge=1, le=120)] = 5
    """Different working days on which they were done."""
    guide_level: str = "L2"
    """Level a guide holds at least; where the ladder has no such level, its highest one."""
