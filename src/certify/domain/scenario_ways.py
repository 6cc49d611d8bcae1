"""Ways through a scenario whose result is known: the best one, one that earns nothing, a fatal one.

They prove a scenario's own scoring, and are the sample answers of its items.
"""

from collections.abc import Callable, Iterator

from certify.domain.scenario import Choice, Reply, Scenario
from certify.domain.scenario_run import Run, Step, begin, best_worths, earned, possible, take

MOST_TRIED = 20_000
"""Steps tried before a search gives up; scenarios that people can play need far fewer."""


StepsFrom = Callable[[Run], Iterator[Step]]


def best_way(scenario: Scenario, start: str) -> list[Step] | None:
    """The first way that earns all possible points; None when there is none."""
    best = best_worths(scenario)

    def best_steps(run: Run) -> Iterator[Step]:
        for step, act in steps_at(run):
            if act.worth + best[act.next] == best[run.at] and not _is_fatal(act):
                yield step

    wanted = possible(scenario, start)
    for run, steps in _runs(begin(scenario, start), best_steps):
        if run.is_over and earned(run) == wanted:
            return steps
    return None


def worthless_way(scenario: Scenario, start: str) -> list[Step] | None:
    """A way that earns nothing without a fatal error, to its end where there is such a one."""

    def worst_steps(run: Run) -> Iterator[Step]:
        for step, act in steps_at(run):
            if isinstance(act, Reply):
                yield Step(node=run.at, text="…")
            elif act.worth == 0 and not _is_fatal(act):
                yield step

    found: list[Step] | None = None
    for run, steps in _runs(begin(scenario, start), worst_steps):
        if earned(run) == 0 and len(steps) > len(found or ()):
            found = steps
            if run.is_over:
                return found
    return found


def fatal_way(scenario: Scenario, start: str) -> list[Step] | None:
    """The shortest way into a fatal error; None when there is none."""
    seen = {start}
    waiting: list[tuple[Run, list[Step]]] = [(begin(scenario, start), [])]
    for run, way in waiting:
        for step, act in steps_at(run):
            if _is_fatal(act):
                return [*way, step]
            if act.next not in seen:
                seen.add(act.next)
                waiting.append((take(run, step), [*way, step]))
    return None


def steps_at(run: Run) -> Iterator[tuple[Step, Choice | Reply]]:
    """Every step that can be taken where a run stands; a reply by its example."""
    node = run.node
    if node.reply is not None:
        example = next(iter(node.reply.example.values()), "…")
        yield Step(node=run.at, text=example), node.reply
    for choice in node.choices:
        yield Step(node=run.at, choice=choice.id), choice


def _is_fatal(act: Choice | Reply) -> bool:
    return isinstance(act, Choice) and bool(act.fatal)


def _runs(first: Run, steps_from: StepsFrom) -> Iterator[tuple[Run, list[Step]]]:
    """Every run that such steps lead to, the deepest first, up to a bound."""
    waiting: list[tuple[Run, list[Step]]] = [(first, [])]
    for _tried in range(MOST_TRIED):
        if not waiting:
            return
        run, steps = waiting.pop()
        if steps:
            yield run, steps
        if not run.is_over:
            following = [(take(run, step), [*steps, step]) for step in steps_from(run)]
            waiting += reversed(following)
