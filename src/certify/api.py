"""All that a plugin may import from certify; headless.

A plugin's `widget.py` may also import `certify.tui.question_widget`; nothing else of certify is
for plugins, and nothing here changes without a word in the changelog.
"""

from certify.domain.blueprint import shuffled
from certify.domain.clean import clean, clean_line
from certify.domain.exchange import Column, ExportFormat, Sheet, guard, unguard
from certify.domain.question_type import (
    ContentError,
    Criterion,
    ItemBlock,
    QuestionType,
    SampleAnswer,
    Score,
)
from certify.errors import BadInput, CertifyError, Refused
from certify.hooks.events import AttemptScored, CertificateIssued
from certify.hooks.hookspecs import hookimpl
from certify.i18n import N_, _, _n, pick
from certify.policy import ExamPolicy

__all__ = [
    "N_",
    "AttemptScored",
    "BadInput",
    "CertificateIssued",
    "CertifyError",
    "Column",
    "ContentError",
    "Criterion",
    "ExamPolicy",
    "ExportFormat",
    "ItemBlock",
    "QuestionType",
    "Refused",
    "SampleAnswer",
    "Score",
    "Sheet",
    "_",
    "_n",
    "clean",
    "clean_line",
    "guard",
    "hookimpl",
    "pick",
    "shuffled",
    "unguard",
]
