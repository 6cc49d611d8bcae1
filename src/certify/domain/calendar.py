"""Working days: Monday to Friday without holidays, with make-up workdays (调休), R-PLT-04."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

_DAY = timedelta(days=1)


class WorkingCalendar(BaseModel):
    """The days on which a company works; handed in, never looked up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    years: tuple[int, ...] = ()
    """The years whose holidays are known; in any other, Monday to Friday are working days."""
    holidays: tuple[date, ...] = ()
    make_up: tuple[date, ...] = ()
    """Weekend days on which people work."""

    def is_working_day(self, day: date) -> bool:
        """Whether people work on a day."""
        return day in self.make_up or (day.weekday() < 5 and day not in self.holidays)

    def after(self, day: date, count: int) -> date:
        """The working day that comes as number `count` after a day; the day itself is number 0."""
        return next(found for number, found in self._following(day) if number == count)

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years from one day to another whose holidays are not known, for a warning."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)

    def _following(self, day: date) -> Iterator[tuple[int, date]]:
        number = 0
        while True:
            yield number, day
            day += _DAY
            while not self.is_working_day(day):
                day += _DAY
            number += 1
