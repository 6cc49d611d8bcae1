"""`scenario`: the answer is what was done, step by step; it is played again to be scored."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from certify.api import (
    N_,
    ContentError,
    ExamPolicy,
    ItemBlock,
    QuestionType,
    Run,
    SampleAnswer,
    Scenario,
    Score,
    Step,
    _,
    best_way,
    fatal_way,
    faults,
    play,
    share,
    shuffled,
    stem_and_explanation,
    worthless_way,
)
from certify_scenario import line, remarks, words
from certify_scenario.shown import run_of, shown_scenario


class ScenarioContent(BaseModel):
    """The task by language, the sealed scenario and its explanation."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: dict[str, str]
    scenario: Scenario
    explanation: dict[str, str]


class ScenarioAnswer(BaseModel):
    """The steps taken so far; one who stops early earns what they reached."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    steps: Annotated[tuple[Step, ...], Field(max_length=200)]


class PlayedScenario(QuestionType[ScenarioContent, ScenarioAnswer]):
    """A scenario played to its end or as far as the time allows."""

    name = "scenario"
    label = N_("Scenario")
    form = "stem"
    content_model = ScenarioContent
    answer_model = ScenarioAnswer

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ScenarioContent:
        texts = stem_and_explanation(blocks)
        data = next(iter(blocks.values())).data
        if not data:
            raise ContentError(_("Name the scenario file: scenario=… stands for scenarios/….toml."))
        scenario = Scenario.model_validate(data)
        for language, block in blocks.items():
            if block.options or block.rows or block.lines:
                raise ContentError(_("A scenario has no answers here; they stand in its file."))
            if language not in scenario.title:
                message = _("The scenario file lacks its texts in “{language}”.")
                raise ContentError(message.format(language=language))
        for fault in faults(scenario):
            raise ContentError(f"{fault.message} {fault.mend}")
        return ScenarioContent(scenario=scenario.sealed(), **texts)

    def check(self, content: ScenarioContent) -> Sequence[str]:
        return [f"{fault.message} {fault.mend}" for fault in faults(content.scenario)]

    def present(self, content: ScenarioContent, seed: str) -> dict[str, Any]:
        start = shuffled(content.scenario.starts, seed)[0]
        return {
            "stem": content.stem,
            "scenario": shown_scenario(content.scenario, start, seed),
        }

    def check_answer(self, content: ScenarioContent, answer: ScenarioAnswer) -> None:
        self._run(content, answer)

    def score(self, content: ScenarioContent, answer: ScenarioAnswer, rules: ExamPolicy) -> Score:
        run = self._run(content, answer)
        return Score(share(run), fatal=bool(run.fatal))

    def sample_answers(self, content: ScenarioContent) -> Sequence[SampleAnswer]:
        scenario = content.scenario
        samples = [SampleAnswer("invalid", {"steps": []})]
        for start in scenario.starts:
            best = best_way(scenario, start)
            if best is None:
                continue
            samples.append(_sample("right", scenario, best))
            for length in range(len(best) - 1, 0, -1):
                if 0 < share(play(scenario, best[:length])) < 1:
                    samples.append(_sample("partial", scenario, best[:length]))
                    break
            for way in (worthless_way(scenario, start), fatal_way(scenario, start)):
                if way is not None:
                    samples.append(_sample("wrong", scenario, way))
            samples.append(_sample("invalid", scenario, [*best, best[-1]]))
            samples.append(_sample("invalid", scenario, [Step(node=start, choice="?")]))
        return samples

    def choices(self, content: ScenarioContent, answer: ScenarioAnswer) -> Sequence[str]:
        return [f"{step.node}/{step.choice}" for step in answer.steps if step.choice]

    def answer_text(self, content: ScenarioContent, answer: ScenarioAnswer, language: str) -> str:
        return words.steps(self._run(content, answer), language)

    def key_text(self, content: ScenarioContent, language: str) -> str:
        way = best_way(content.scenario, content.scenario.starts[0])
        return words.steps(play(content.scenario, way), language) if way else ""

    def feedback(self, content: ScenarioContent, answer: ScenarioAnswer) -> list[dict[str, str]]:
        """What is to be said about each step by language, then about the limits: the key!"""
        return remarks.feedback(self._run(content, answer))

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        """What stands above the choices in line mode: what was said last, and what is now."""
        return line.text(shown, answer, language)

    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        return line.form(shown, answer, language)

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return line.answer(shown, typed, answer)

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        return line.typed(shown, answer)

    def is_finished(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> bool:
        """Whether nothing more can be done, so that line mode may turn to the next item."""
        return run_of(shown, answer).is_over

    def follows(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> bool:
        """Whether an answer only goes on from the one before: a step cannot be taken back."""
        done = list(before["steps"]) if before else []
        return list(after["steps"] if after else ())[: len(done)] == done

    @staticmethod
    def _run(content: ScenarioContent, answer: ScenarioAnswer) -> Run:
        return play(content.scenario, answer.steps)


def _sample(kind: str, scenario: Scenario, steps: Sequence[Step]) -> SampleAnswer:
    answer = {"steps": [step.model_dump() for step in steps]}
    if kind == "invalid":
        return SampleAnswer(kind, answer)
    run = play(scenario, steps)
    return SampleAnswer(kind, answer, share(run), fatal=bool(run.fatal))
