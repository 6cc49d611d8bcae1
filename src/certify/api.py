"""All that a plugin may import from certify; headless.

A plugin's `widget.py` may also import `certify.tui.question_widget`; nothing else of certify is
for plugins, and nothing here changes without a word in the changelog.
"""

from certify.courseware import safe_xml, table_file
from certify.courseware.bank_text import read_items, written_item
from certify.courseware.bank_writer import Unwritable
from certify.courseware.html_text import html_to_line, html_to_markdown, markdown_to_html
from certify.courseware.item_bank import ID as ITEM_ID
from certify.courseware.item_check import FACT as FACT_ID
from certify.courseware.item_check import STANDARD as STANDARD_NUMBER
from certify.courseware.plain_markdown import plain_markdown
from certify.domain.block_words import BLOCK_WORDS, WHOLE_POINTS
from certify.domain.blueprint import shuffled
from certify.domain.clean import clean, clean_line, tidy_line, tidy_text
from certify.domain.decoding import decode
from certify.domain.exchange import Column, ExportFormat, Sheet, guard, unguard
from certify.domain.folding import fold
from certify.domain.indicator_scheme import Indicator, IndicatorScheme, ScoringTable, TableForm
from certify.domain.item_format import BankFile, BankItem, Entry, ItemFormat, Loss, NotTaken, Remark
from certify.domain.number_words import asks_for_number, names_number
from certify.domain.question_type import (
    ContentError,
    Criterion,
    ItemBlock,
    QuestionType,
    SampleAnswer,
    Score,
    stem_and_explanation,
    text_in,
)
from certify.domain.scenario import Scenario
from certify.domain.scenario_check import faults
from certify.domain.scenario_run import Run, Step, counted_limits, is_kept, play, share
from certify.domain.scenario_run import begin as begin_run
from certify.domain.scenario_ways import best_way, fatal_way, worthless_way
from certify.domain.wording import Wording, flaws, forbidden_in, missing
from certify.errors import BadInput, CertifyError, Refused
from certify.hooks.events import (
    AttemptScored,
    CertificateIssued,
    EvaluationClosed,
    QualificationChanged,
    StandardChanged,
)
from certify.hooks.hookspecs import hookimpl
from certify.hooks.rules import Candidate, ExamFacts, PastAttempt
from certify.i18n import N_, _, _n, language, pick, speaking
from certify.paper.table import write_table
from certify.policy import ExamPolicy

__all__ = [
    "BLOCK_WORDS",
    "FACT_ID",
    "ITEM_ID",
    "N_",
    "STANDARD_NUMBER",
    "WHOLE_POINTS",
    "AttemptScored",
    "BadInput",
    "BankFile",
    "BankItem",
    "Candidate",
    "CertificateIssued",
    "CertifyError",
    "Column",
    "ContentError",
    "Criterion",
    "Entry",
    "EvaluationClosed",
    "ExamFacts",
    "ExamPolicy",
    "ExportFormat",
    "Indicator",
    "IndicatorScheme",
    "ItemBlock",
    "ItemFormat",
    "Loss",
    "NotTaken",
    "PastAttempt",
    "QualificationChanged",
    "QuestionType",
    "Refused",
    "Remark",
    "Run",
    "SampleAnswer",
    "Scenario",
    "Score",
    "ScoringTable",
    "Sheet",
    "StandardChanged",
    "Step",
    "TableForm",
    "Unwritable",
    "Wording",
    "_",
    "_n",
    "asks_for_number",
    "begin_run",
    "best_way",
    "clean",
    "clean_line",
    "counted_limits",
    "decode",
    "fatal_way",
    "faults",
    "flaws",
    "fold",
    "forbidden_in",
    "guard",
    "hookimpl",
    "html_to_line",
    "html_to_markdown",
    "is_kept",
    "language",
    "markdown_to_html",
    "missing",
    "names_number",
    "pick",
    "plain_markdown",
    "play",
    "read_items",
    "safe_xml",
    "share",
    "shuffled",
    "speaking",
    "stem_and_explanation",
    "table_file",
    "text_in",
    "tidy_line",
    "tidy_text",
    "unguard",
    "worthless_way",
    "write_table",
    "written_item",
]
