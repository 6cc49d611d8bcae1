"""The rules a period of evaluation was opened under: a later change alters nothing (R-PLT-05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certify.domain.indicator_scheme import IndicatorScheme, adapted
from certify.policy import (
    ConsequencePolicy,
    EvaluationPolicy,
    GradePolicy,
    Policy,
    RaterPolicy,
)


@dataclass(frozen=True)
class EvaluationRules:
    """A scheme as it is weighed, and the sections of the policy that an evaluation rests on."""

    scheme: IndicatorScheme
    evaluation: EvaluationPolicy
    raters: RaterPolicy
    grades: GradePolicy
    consequences: ConsequencePolicy

    @classmethod
    def of(cls, policy: Policy, scheme: IndicatorScheme) -> "EvaluationRules":
        """The rules of today.

        Args:
            scheme: as its plugin gives it.
        Raises:
            BadInput: weights or tables of the policy do not fit the scheme.
        """
        return cls(
            scheme=adapted(scheme, policy.evaluation),
            evaluation=policy.evaluation,
            raters=policy.raters,
            grades=policy.grades,
            consequences=policy.consequences,
        )

    def to_json(self) -> dict[str, Any]:
        """All of them as plain JSON values, numbers as exact text."""
        return {
            "scheme": self.scheme.to_json(),
            "evaluation": self.evaluation.model_dump(mode="json"),
            "raters": self.raters.model_dump(mode="json"),
            "grades": self.grades.model_dump(mode="json"),
            "consequences": self.consequences.model_dump(mode="json"),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "EvaluationRules":
        """What `to_json` wrote; other names beside are left alone."""
        return cls(
            scheme=IndicatorScheme.from_json(kept["scheme"]),
            evaluation=EvaluationPolicy.model_validate(kept["evaluation"]),
            raters=RaterPolicy.model_validate(kept["raters"]),
            grades=GradePolicy.model_validate(kept["grades"]),
            consequences=ConsequencePolicy.model_validate(kept["consequences"]),
        )
