"""What is known of somebody on the way through a career: the evidence levels are checked on."""

from datetime import date

from certify.domain import career
from certify.domain.career import Career
from certify.domain.career_life import GradeGiven, Rules
from certify.domain.evaluation import PeriodKind
from certify.domain.exam_parts import PartPass, completes, together
from certify.domain.granting import InPost
from certify.domain.ladder import Evidence, Finished, Graded, Heard, Hours, Pass
from certify.domain.qualification import Period
from certify.domain.training_hours import SignedSession, training_hours
from certify.domain.validity import add_months, whole_months

TO_DO = ("",)
"""Some phase of onboarding is not complete; which one changes nothing here."""


class Known:
    """Everything shown so far by one person, under one policy."""

    def __init__(self, of: Career, rules: Rules) -> None:
        self.rules = rules.policy
        self.company_quarters = of.quarters
        self.post_since = of.hired_on
        self.phases: tuple[str, ...] = TO_DO
        self.finished: list[Finished] = []
        self._read: list[Hours] = []
        self._attended: list[SignedSession] = []
        self.panels: list[Heard] = []
        self.grades: dict[str, GradeGiven] = {}
        """By period; an upheld appeal puts another one in its place."""
        self.passes: list[Pass] = []
        """Complete in all their parts."""
        self._quarters: list[Graded] | None = None
        """None: to be put in order anew."""
        self._complete: dict[int, Pass] = {}
        """By place in what was sat; a pass that was complete once stays so."""
        self._sat: list[tuple[career.Sat, PartPass]] = []

    def move(self, event: career.Moved) -> None:
        """Another post: its months begin anew."""
        self.post_since = event.day

    def read(self, event: career.Read) -> None:
        """A course was read to its end; its hours count as training."""
        day = event.finished_on or event.day
        self.finished.append(Finished(event.kind, event.module, event.course, day))
        self._read.append(Hours(event.kind, day, event.hours))

    def attend(self, event: career.Attended) -> None:
        """A session was attended."""
        self._attended.append(event.session)

    def onboard(self, _event: career.Onboarded) -> None:
        """Every phase of onboarding is complete."""
        self.phases = ()

    def hear(self, event: Heard) -> None:
        """A panel gave its verdict."""
        self.panels.append(event)

    def sit(self, event: career.Sat) -> None:
        """An exam was passed, in one of its parts."""
        self._sat.append((event, PartPass(event.part, event.sat_on)))
        days = self.rules.exam.parts_days
        for place, (of, one) in enumerate(self._sat):
            if place in self._complete:
                continue
            if len(of.parts) < 2 or completes(one, of.parts, self._beside(of), days):
                done = Pass(of.kind, of.module, of.exam, of.mark, of.sat_on, of.id)
                self._complete[place] = done
        self.passes = [self._complete[place] for place in sorted(self._complete)]

    def parts_are_passed(self, event: career.Sat, since: date | None) -> bool:
        """Whether every part of a process is passed and none has run out (R-ASM-05).

        Args:
            since: first day on which a pass counts; None for any.
        """
        passes = [one for one in self._beside(event) if since is None or one.day >= since]
        return together(event.parts, passes, self.rules.exam.parts_days)

    def in_post(self, day: date) -> InPost:
        """How long the post is held, and whether a grade may be expected."""
        expected = add_months(self.post_since, self.rules.qualification.new_in_post_months)
        return InPost(
            whole_months(self.post_since, day),
            any(closed <= day and last >= expected for closed, last in self.company_quarters),
        )

    def grade(self, given: GradeGiven) -> None:
        """A period was closed, or closed anew after an appeal."""
        self.grades[given.period] = given
        self._quarters = None

    def evidence(self, held: dict[str, list[Period]], suspended: tuple[str, ...] = ()) -> Evidence:
        """All of it, as the rules of the ladder take it.

        Args:
            suspended: only a decision of HR asks for it.
        """
        return Evidence(
            passes=self.passes,
            finished=self.finished,
            phases=self.phases,
            grades=self._in_order(),
            hours=self._hours(),
            panels=self.panels,
            held=held,
            suspended=suspended,
        )

    def _in_order(self) -> list[Graded]:
        """Regular quarters with a grade, the oldest first."""
        if self._quarters is None:
            quarters = [
                Graded(one.period, one.last_day, one.grade)
                for one in self.grades.values()
                if one.kind is PeriodKind.QUARTER and one.grade is not None
            ]
            self._quarters = sorted(quarters, key=lambda one: one.last_day)
        return self._quarters

    def _hours(self) -> list[Hours]:
        """Of courses read and of sessions that count by this policy."""
        if not self._attended:
            return self._read
        return [*self._read, *training_hours(self._attended, self.rules.training.attended_share)]

    def _beside(self, event: career.Sat) -> list[PartPass]:
        """The passes of the same course and process."""
        same = event.course, event.process
        return [one for of, one in self._sat if (of.course, of.process) == same]
