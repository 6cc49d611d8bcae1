"""A working life as facts: what somebody did and what was decided by hand, from day to day.

No grade, level or validity that a rule gave is in it: those follow from the facts and a policy
(`career_life`), so that the same life can be lived under another policy (R-PLT-05).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from certify.domain.evaluation import PeriodKind
from certify.domain.ladder import Heard
from certify.domain.qualification import Basis, QualificationKind
from certify.domain.rater_mix import Ratings
from certify.domain.scoring import passed
from certify.domain.training_hours import SignedSession


@dataclass(frozen=True, slots=True)
class Sat:
    """An exam that was sat and marked."""

    day: date
    """On which its mark was decided."""
    sat_on: date
    id: int
    """Of the attempt."""
    kind: str
    """Kind of the course."""
    module: str
    course: str
    exam: str
    process: str
    """Empty where it qualifies for none."""
    part: str
    parts: frozenset[str]
    """The parts that the process has."""
    mark: Fraction
    is_fatal: bool = False
    """Failed by a fatal error, whatever the mark."""

    def is_passed(self, pass_mark: Fraction) -> bool:
        """Whether it is passed where so much is needed, the boundary included."""
        return passed(self.mark, pass_mark) and not self.is_fatal


@dataclass(frozen=True, slots=True)
class Read:
    """A course whose last lesson was finished."""

    day: date
    kind: str
    module: str
    course: str
    hours: Fraction = Fraction(0)
    finished_on: date | None = None
    """The day that counts, of the lesson read longest ago; None: the same day."""


@dataclass(frozen=True, slots=True)
class Attended:
    """A training session that was signed to its end; whether it counts says the policy."""

    day: date
    """On which its end was known."""
    session: SignedSession


@dataclass(frozen=True, slots=True)
class Onboarded:
    """All phases of onboarding were complete, the guide's sign-off among them."""

    day: date


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was known of somebody when a period of evaluation was closed."""

    day: date
    """On which it was closed."""
    period: str
    kind: PeriodKind
    scheme: str
    first_day: date
    last_day: date
    ratee: str
    """Class of staff, a `RateeClass`."""
    values: Callable[[], Mapping[str, Fraction | None]]
    """Gives the raw value by indicator, None: not applicable. Asked only where other rules make
    something else of them."""
    ratings: Callable[[], Ratings]
    """Gives what the raters gave, as above."""
    days_present: int
    is_trainee: bool = False
    has_serious_problem: bool = False
    measured: Fraction | None = None
    """What the indicators came to, by the rules that `scheme_key` stands for."""
    mix: Fraction | None = None
    """What the raters came to, by the rules that `raters_key` stands for."""
    scheme_key: str = ""
    """Empty: it has still to be worked out."""
    raters_key: str = ""

    @property
    def days(self) -> int:
        """Calendar days of the period."""
        return (self.last_day - self.first_day).days + 1


class Decision(StrEnum):
    """What somebody decided of a level or a post qualification."""

    GIVE = "give"
    """By hand: as an exception, at introduction, by an outside certificate, or by conditions."""
    EXTEND = "extend"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision by hand."""

    day: date
    what: Decision
    kind: QualificationKind
    code: str
    from_day: date
    basis: Basis = Basis.CONDITIONS
    """Of what is given; with `Basis.CONDITIONS` the conditions are asked again."""
    period: str = ""
    """The period of evaluation whose grade it rests on, of a suspension or its end; it stands
    and falls with that grade."""
    until: date | None = None
    """Last day that it can count, of an outside certificate."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Added to the staff; a newcomer gets the level of trainees from the hire date on."""

    day: date


@dataclass(frozen=True, slots=True)
class Moved:
    """Another post, from a day on."""

    day: date
    post: str


Event = Joined | Moved | Sat | Read | Attended | Onboarded | Heard | Reviewed | Decided


@dataclass(frozen=True, slots=True)
class Career:
    """One person's working life in the company."""

    staff_no: str
    name: str
    hired_on: date
    post: str
    events: tuple[Event, ...]
    """In the order in which they became known."""
    has_left: bool = False
    quarters: tuple[tuple[date, date], ...] = ()
    """Of the whole company: when each regular quarter was closed, and its last day."""
