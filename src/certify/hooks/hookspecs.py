"""Every hook of certify. A plugin implements the ones it needs with `certify.api.hookimpl`.

`register` hooks return lists and are called once; rules are asked before something is done, with
frozen facts; listeners are called after commit with frozen summaries. An error in a rule or a
listener is logged, never passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from certify.domain.exchange import ExportFormat
    from certify.domain.indicator_scheme import IndicatorScheme
    from certify.domain.item_format import ItemFormat
    from certify.domain.question_type import QuestionType
    from certify.hooks.events import (
        AttemptScored,
        CertificateIssued,
        EvaluationClosed,
        QualificationChanged,
        StandardChanged,
    )
    from certify.hooks.rules import Candidate, ExamFacts, PastAttempt

hookspec = pluggy.HookspecMarker("certify")
hookimpl = pluggy.HookimplMarker("certify")


class Registering:
    """Called once each: what a plugin adds."""

    @hookspec
    def certify_register_courses(self) -> list[Path]:
        """Called at course sync: folders that hold a `course.toml`.

        Example:
            @hookimpl
            def certify_register_courses():
                return [Path(__file__).parent / "courses" / "our-products"]
        """
        raise NotImplementedError

    @hookspec
    def certify_register_standards(self) -> list[Path]:
        """Called when the platform opens: files of the standards catalogue (`standards.toml`).

        Their rows are taken at course sync; a text once taken is never changed by a file.

        Example:
            @hookimpl
            def certify_register_standards():
                return [Path(__file__).parent / "standards.toml"]
        """
        raise NotImplementedError

    @hookspec
    def certify_register_question_types(self) -> list[QuestionType[Any, Any]]:
        """Called when the platform opens: one instance of each question type.

        Example:
            @hookimpl
            def certify_register_question_types():
                return [SingleChoice(), MultipleChoice()]
        """
        raise NotImplementedError

    @hookspec
    def certify_register_question_widgets(self) -> dict[str, type[Any]]:
        """Called when a screen first shows an item: question type name → `QuestionWidget` class.

        Import the widget inside the function, so that the command line stays free of Textual.

        Example:
            @hookimpl
            def certify_register_question_widgets():
                from certify_choice.widget import ChoiceWidget

                return {"single": ChoiceWidget}
        """
        raise NotImplementedError

    @hookspec
    def certify_register_export_formats(self) -> list[ExportFormat]:
        """Called when the platform opens: writers of lists and forms.

        Example:
            @hookimpl
            def certify_register_export_formats():
                return [CsvFormat()]
        """
        raise NotImplementedError

    @hookspec
    def certify_register_item_formats(self) -> list[ItemFormat]:
        """Called when the platform opens: readers and writers of question-bank files.

        Example:
            @hookimpl
            def certify_register_item_formats():
                return [GiftFormat(), AikenFormat()]
        """
        raise NotImplementedError

    @hookspec
    def certify_register_evaluation_schemes(self) -> list[IndicatorScheme]:
        """Called when the platform opens: indicator schemes that people are evaluated by.

        Example:
            @hookimpl
            def certify_register_evaluation_schemes():
                return [seven_indicators()]
        """
        raise NotImplementedError


class Ruling:
    """Called before something is done: whether a rule of the company speaks against it."""

    @hookspec
    def certify_attempt_blockers(
        self, candidate: Candidate, exam: ExamFacts, past: Sequence[PastAttempt]
    ) -> list[str]:
        """Called before an attempt is created, and when the lobby of an exam is shown.

        Every reason is shown, in the language being spoken; an empty list lets the person start.
        A plugin that fails here is named in the log and blocks nobody.

        Example:
            @hookimpl
            def certify_attempt_blockers(candidate, exam, past):
                return [_("Come back tomorrow.")] if past else []
        """
        raise NotImplementedError


class Hearing:
    """Called after commit: what happened."""

    @hookspec
    def certify_attempt_scored(self, summary: AttemptScored) -> None:
        """Called after an attempt was submitted and marked.

        Example:
            @hookimpl
            def certify_attempt_scored(summary):
                log.info("%s %s", summary.exam, summary.passed)
        """

    @hookspec
    def certify_certificate_issued(self, summary: CertificateIssued) -> None:
        """Called after a certificate was issued.

        Example:
            @hookimpl
            def certify_certificate_issued(summary):
                print_shop.order(summary.number)
        """

    @hookspec
    def certify_qualification_changed(self, summary: QualificationChanged) -> None:
        """Called after a level or post qualification was given, suspended, reinstated or revoked.

        Example:
            @hookimpl
            def certify_qualification_changed(summary):
                access_control.update(summary.staff_no, summary.code, summary.state)
        """

    @hookspec
    def certify_evaluation_closed(self, summary: EvaluationClosed) -> None:
        """Called after a period of evaluation was closed.

        Example:
            @hookimpl
            def certify_evaluation_closed(summary):
                log.info("%s: %s grades", summary.period, summary.graded)
        """

    @hookspec
    def certify_standard_changed(self, summary: StandardChanged) -> None:
        """Called after a new text of a standard was approved.

        Example:
            @hookimpl
            def certify_standard_changed(summary):
                notice_board.post(summary.number, summary.effective_from)
        """
