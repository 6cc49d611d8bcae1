"""The words of a run: the simulated clock, who says what, what lies on the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from certify.api import N_, Run, _, pick

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


@dataclass(frozen=True)
class Turn:
    """One thing said or done: by whom (empty for the narrator), and whether by the person here."""

    who: str
    text: str
    is_own: bool
    number: int
    """Number of the step it belongs to, counted from 1."""


def turns(run: Run, language: str) -> Iterator[Turn]:
    """All that was said and done so far."""
    for number, taken in enumerate(run.taken, start=1):
        node = run.scenario.nodes[taken.node]
        yield Turn(pick(node.who, language), pick(node.text, language), False, number)
        own = taken.text or pick(getattr(taken.act, "text", {}), language)
        yield Turn(_("You"), own, True, number)


def steps(run: Run, language: str) -> str:
    """What was done and when, one step a line, without a word on whether it was right."""
    own = [turn for turn in turns(run, language) if turn.is_own]
    return "\n".join(
        f"{turn.number}. [{moment(taken.until)}] {turn.text}"
        for turn, taken in zip(own, run.taken, strict=True)
    )


def desk(run: Run, language: str) -> Iterator[tuple[str, list[str]]]:
    """The documents that lie open: their titles and what stands in them."""
    for name in run.node.shows:
        title = pick(run.scenario.documents[name].title, language)
        yield title, [pick(text, language) for text in run.written(name)]


def clock(run: Run) -> str:
    """The simulated clock and the time gone by."""
    return _("Simulated time {time} · {passed} passed").format(
        time=moment(run.now), passed=length(run.scenario.begins, run.now)
    )


def moment(at: datetime) -> str:
    """A simulated moment: day, weekday and time; seconds where there are any."""
    time = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return f"{at:%m-%d} {_(WEEKDAYS[at.weekday()])} {time}"


def length(since: datetime, until: datetime) -> str:
    """The clock time between two moments in its two largest units or, when short, to the second."""
    seconds = int((until - since).total_seconds())
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [
        _("{count} d").format(count=days) if days else "",
        _("{count} h").format(count=hours) if hours else "",
        _("{count} min").format(count=minutes) if minutes else "",
        _("{count} s").format(count=seconds) if seconds else "",
    ]
    return " ".join(part for part in parts if part) or _("0 min")


def place(run: Run) -> str:
    """Which scene it is, or that the run is over."""
    if run.is_over:
        return _("The simulation is over after scene {number}.").format(number=len(run.taken))
    return _("Scene {number}").format(number=len(run.taken) + 1)
