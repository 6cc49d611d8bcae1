"""Playing a scenario: each step is taken in turn, and the same steps always give the same run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from certify.domain.clean import tidy_line
from certify.domain.scenario import START, Choice, Element, Limit, Node, Reply, Scenario, Texts
from certify.domain.wording import Wording, forbidden_in, missing

MAX_REPLY = 500
"""Characters in a typed reply."""


class Step(BaseModel):
    """What was done at a node: a choice by its id, or a reply by its text."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    node: Annotated[str, Field(max_length=40)]
    choice: Annotated[str, Field(max_length=10)] | None = None
    text: Annotated[str, AfterValidator(tidy_line), Field(max_length=MAX_REPLY)] | None = None


@dataclass(frozen=True)
class Taken:
    """A step as it was taken."""

    node: str
    act: Choice | Reply
    text: str
    """The typed reply; empty for a choice."""
    since: datetime
    until: datetime
    earned: int
    is_unmet: bool = False
    """Whether a fact it needs was missing."""
    lacking: tuple[Element, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """A simulation run (模拟演练) as far as it was played."""

    scenario: Scenario
    start: str
    at: str
    """The node where it stands."""
    now: datetime
    """The simulated clock."""
    events: Mapping[str, datetime]
    facts: frozenset[str] = frozenset()
    taken: tuple[Taken, ...] = ()

    @property
    def node(self) -> Node:
        """The situation now."""
        return self.scenario.nodes[self.at]

    @property
    def fatal(self) -> Texts:
        """Why the last step was a fatal error; empty when it was none."""
        act = self.taken[-1].act if self.taken else None
        return act.fatal if isinstance(act, Choice) else {}

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be done."""
        return self.node.ends or bool(self.fatal)

    def written(self, document: str) -> list[Texts]:
        """What stands in a document so far, in the order in which it was written."""
        first = self.scenario.documents[document].text
        entries = [taken.act.writes.get(document, {}) for taken in self.taken]
        return [entry for entry in (first, *entries) if entry]


def begin(scenario: Scenario, start: str) -> Run:
    """A run in which nothing has been done.

    Raises:
        ValueError: runs do not begin there.
    """
    if start not in scenario.starts:
        raise ValueError(f"no run begins at {start}")
    return Run(scenario, start, start, scenario.begins, {START: scenario.begins})


def play(scenario: Scenario, steps: Sequence[Step]) -> Run:
    """Take all steps, at least one.

    Raises:
        ValueError: a step does not fit where the run stands then.
    """
    if not steps:
        raise ValueError("a run has at least one step")
    run = begin(scenario, steps[0].node)
    for step in steps:
        run = take(run, step)
    return run


def take(run: Run, step: Step) -> Run:
    """The run after one more step.

    Raises:
        ValueError: the run is over, stands elsewhere, or does not offer this.
    """
    if run.is_over or step.node != run.at:
        raise ValueError(f"the run does not stand at {step.node}")
    act = _act(run.node, step)
    until = act.takes.after(run.now, run.scenario.calendar)
    taken = Taken(run.at, act, step.text or "", run.now, until, act.worth)
    if not run.facts.issuperset(act.needs):
        taken = replace(taken, earned=0, is_unmet=True)
    elif isinstance(act, Reply):
        taken = _judged(taken, act)
    events, facts = dict(run.events), run.facts
    if not taken.is_unmet:
        facts |= frozenset(act.sets)
        for event in act.events:
            events.setdefault(event, until)
    return replace(
        run, at=act.next, now=until, events=events, facts=facts, taken=(*run.taken, taken)
    )


def _act(node: Node, step: Step) -> Choice | Reply:
    if node.reply is not None and step.choice is None and step.text:
        return node.reply
    for choice in node.choices:
        if choice.id == step.choice and step.text is None:
            return choice
    raise ValueError("the node does not offer this")


def _judged(taken: Taken, reply: Reply) -> Taken:
    lacking = tuple(
        element
        for element in reply.elements
        if missing(Wording(required=(element.any,), forbidden=()), taken.text)
    )
    found = tuple(forbidden_in(Wording(required=(), forbidden=reply.forbidden), taken.text))
    earned = 0 if found else reply.worth - sum(element.points for element in lacking)
    return replace(taken, earned=earned, lacking=lacking, forbidden=found)


def counted_limits(scenario: Scenario, start: str) -> dict[str, Limit]:
    """The limits that count in runs from a start: those whose end can happen there."""
    nodes = [scenario.nodes[name] for name in scenario.reachable(start)]
    events = {event for node in nodes for act in node.acts for event in act.events}
    return {name: limit for name, limit in scenario.limits.items() if limit.end in events}


def is_kept(run: Run, limit: Limit) -> bool:
    """Whether both events of a limit happened, in this order, within its time."""
    happened = list(run.events)
    if limit.start not in happened or limit.end not in happened:
        return False
    start, end = run.events[limit.start], run.events[limit.end]
    in_order = happened.index(limit.start) < happened.index(limit.end)
    return in_order and limit.at_most.holds(start, end, run.scenario.calendar)


def earned(run: Run) -> int:
    """The points of a run: those of its steps and of the limits kept; none after a fatal error."""
    if run.fatal:
        return 0
    limits = counted_limits(run.scenario, run.start).values()
    kept = sum(limit.points for limit in limits if is_kept(run, limit))
    return kept + sum(taken.earned for taken in run.taken)


def possible(scenario: Scenario, start: str) -> int:
    """The most points of a run from a start: its best steps, and every limit kept."""
    limits = counted_limits(scenario, start).values()
    return best_worths(scenario)[start] + sum(limit.points for limit in limits)


def share(run: Run) -> Fraction:
    """The exact share of the possible points, 0 to 1."""
    return Fraction(earned(run), possible(run.scenario, run.start))


def best_worths(scenario: Scenario) -> dict[str, int]:
    """By node, the most points that steps from there to an end can earn."""
    best: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in best:
            acts = scenario.nodes[name].acts
            best[name] = max((act.worth + of(act.next) for act in acts), default=0)
        return best[name]

    for name in scenario.nodes:
        of(name)
    return best
