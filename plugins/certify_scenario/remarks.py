"""What is to be said about a run: it holds the key and is for those who may see it."""

from collections.abc import Iterator, Mapping

from certify.api import N_, Run, _, counted_limits, is_kept, pick, speaking
from certify_scenario import words

KEPT = N_("In time: {title} ({source}), {passed}.")
LATE = N_("Too late: {title} ({source}), {passed}.")
NEVER = N_("Not done: {title} ({source}).")


def feedback(run: Run) -> list[dict[str, str]]:
    """By language, a text for each step taken, and one on the limits at the end of the run."""
    by_language = {}
    for language in run.scenario.title:
        with speaking(language):
            texts = [_on_step(run, number, language) for number in range(len(run.taken))]
            limits = "\n".join(_on_limits(run, language)) if run.is_over and not run.fatal else ""
        by_language[str(language)] = [*texts, limits]
    return [
        dict(zip(by_language, texts, strict=True))
        for texts in zip(*by_language.values(), strict=True)
    ]


def _on_step(run: Run, number: int, language: str) -> str:
    taken = run.taken[number]
    parts = [pick(taken.act.unmet if taken.is_unmet else taken.act.feedback, language)]
    fatal: Mapping[str, str] = getattr(taken.act, "fatal", {})
    if fatal:
        parts.append(_("Fatal error: {reason}").format(reason=pick(fatal, language)))
    if taken.lacking:
        names = _(", ").join(pick(one.title, language) for one in taken.lacking)
        parts.append(_("Missing: {names}.").format(names=names))
    if taken.forbidden:
        parts.append(_("Forbidden words: {words}.").format(words=_(", ").join(taken.forbidden)))
    return " ".join(part for part in parts if part)


def _on_limits(run: Run, language: str) -> Iterator[str]:
    for limit in counted_limits(run.scenario, run.start).values():
        title = pick(limit.title, language)
        start, end = run.events.get(limit.start), run.events.get(limit.end)
        if start is None or end is None:
            yield _(NEVER).format(title=title, source=limit.source)
        else:
            message = KEPT if is_kept(run, limit) else LATE
            passed = words.length(start, end)
            yield _(message).format(title=title, source=limit.source, passed=passed)
