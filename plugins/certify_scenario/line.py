"""A scenario in line mode: one line a step, or several steps with `|` between them."""

from collections.abc import Mapping, Sequence
from typing import Any

from certify.api import Run, Step, _, pick, play
from certify_scenario import words
from certify_scenario.shown import run_of

BETWEEN = "|"
MAX_REPLY = 500
"""Characters of one reply, as the steps of an answer hold them."""


def text(shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str) -> str:
    """What was said last, the clock, what lies on the desk and what is being said."""
    run = run_of(shown, answer)
    lines = [_turn(turn) for turn in list(words.turns(run, language))[-1:]]
    lines += [f"{words.place(run)} · {words.clock(run)}"]
    for title, entries in words.desk(run, language):
        lines += [title, *(f"  {entry}" for entry in entries or [_("(empty)")])]
    node = run.node
    now = words.Turn(pick(node.who, language), pick(node.text, language), False, 0)
    lines.append(_turn(now))
    if not run.is_over:
        lines.append(_("Type your reply.") if node.reply else _("A step cannot be taken back."))
    return "\n".join(lines)


def form(
    shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
) -> Sequence[tuple[str, str]]:
    """The choices there are now, numbered; none where a reply is typed or the run is over."""
    run = run_of(shown, answer)
    return [
        (str(place), pick(choice.text, language))
        for place, choice in enumerate(run.node.choices, start=1)
    ]


def answer(
    shown: Mapping[str, Any], typed: str, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The answer so far with the steps that a line means.

    Raises:
        ValueError: it means none.
    """
    run = run_of(shown, before)
    steps = [Step.model_validate(step) for step in before["steps"]] if before else []
    for part in typed.split(BETWEEN):
        if run.is_over:
            raise ValueError(_("The simulation is over."))
        steps.append(_step(run, part.strip()))
        run = play(run.scenario, steps)
    return {"steps": [step.model_dump() for step in steps]}


def _step(run: Run, typed: str) -> Step:
    if run.node.reply is not None:
        if not typed:
            raise ValueError(_("Type your reply."))
        if len(typed) > MAX_REPLY:
            raise ValueError(_("This is too long."))
        return Step(node=run.at, text=typed)
    place = int(typed) if typed.isdecimal() and len(typed) == 1 else 0
    if not 1 <= place <= len(run.node.choices):
        raise ValueError(_("Type the number of one choice."))
    return Step(node=run.at, choice=run.node.choices[place - 1].id)


def typed(shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """The whole run as one line."""
    run = run_of(shown, answer)
    parts = []
    for taken in run.taken:
        ids = [choice.id for choice in run.scenario.nodes[taken.node].choices]
        reply = taken.text.replace(BETWEEN, "/").strip()
        parts.append(reply or str(ids.index(getattr(taken.act, "id", "")) + 1))
    return f" {BETWEEN} ".join(parts)


def _turn(turn: words.Turn) -> str:
    return _("{who}: {text}").format(who=turn.who, text=turn.text) if turn.who else turn.text
