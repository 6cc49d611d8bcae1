"""Lengths of simulated time: clock time or working days, written as `24 h 1 min`."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from certify.domain.calendar import WorkingCalendar
from certify.i18n import _

_PART = re.compile(r"(\d{1,6}) ?(s|min|h|working days?)(?: |$)")
_SECONDS = {"s": 1, "min": 60, "h": 3600}


class Span(BaseModel):
    """A length of time; working days and clock time are kept apart, for they do not convert."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: Annotated[int, Field(ge=0, le=31 * 24 * 3600)] = 0
    working_days: Annotated[int, Field(ge=0, le=60)] = 0

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return parts_of(value) if isinstance(value, str) else value

    def after(self, moment: datetime, calendar: WorkingCalendar) -> datetime:
        """The moment this long after another; working days keep the time of day."""
        if self.working_days:
            day = calendar.after(moment.date(), self.working_days)
            moment = datetime.combine(day, moment.time())
        return moment + timedelta(seconds=self.seconds)

    def holds(self, start: datetime, end: datetime, calendar: WorkingCalendar) -> bool:
        """Whether an end lies within this limit of a start, the boundary included (R-SIM-02).

        120 s pass and 121 s fail. A limit in working days lasts to the end of its last day.
        """
        if self.working_days:
            return end.date() <= calendar.after(start.date(), self.working_days)
        return end - start <= timedelta(seconds=self.seconds)


def parts_of(text: str) -> dict[str, int]:
    """The values of a written span such as `90 s`, `24 h 1 min` or `2 working days`.

    Raises:
        ValueError: it is none.
    """
    found = {"seconds": 0, "working_days": 0}
    place = 0
    while place < len(text) and (part := _PART.match(text, place)):
        if part[2] in _SECONDS:
            found["seconds"] += int(part[1]) * _SECONDS[part[2]]
        else:
            found["working_days"] += int(part[1])
        place = part.end()
    if place < len(text) or not text:
        raise ValueError(_("write for instance “90 s”, “24 h 1 min” or “2 working days”"))
    return found
