"""Choices, lines and essays as Moodle writes them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from certify.api import BankItem
from certify_moodle.pairs import COLUMNS
from certify_moodle.xml_text import as_html, element, html, plain, wrapped


class Draft:
    """A question while it is written."""

    def __init__(self, item: BankItem, language: str) -> None:
        self.item, self.language = item, language
        self.kind = ""
        """Moodle's name of its type."""
        self.stem = item.block.stem
        """Markdown; of a cloze already HTML with its gaps."""
        self.body: list[str] = []
        self.losses: dict[str, bool] = {}
        self.refusal = ""
        """Why it is not written."""

    def lose(self, message: str, *, is_serious: bool = False) -> None:
        """Say that something is lost."""
        self.losses[message] = is_serious

    def in_languages(self, texts: Mapping[str, str]) -> str:
        """HTML of which Moodle shows the part in the reader's language."""
        first = next(iter(texts.values()))
        if len(texts) == 1 or not any(texts.values()):
            return first
        return "".join(
            f'<span lang="{language}" class="multilang">{text}</span>'
            for language, text in texts.items()
        )

    def option(self, place: int) -> str:
        """The text of an option as HTML, in all languages."""
        texts = {self.language: as_html(self.item.block.options[place][0])}
        for language, block in self.item.wordings.items():
            if place < len(block.options):
                texts[language] = as_html(block.options[place][0])
        return self.in_languages(texts)


def choice(draft: Draft) -> None:
    """`multichoice`; any wrong option takes all points, as with us."""
    options = draft.item.block.options
    count = sum(bool(mark) for _text, mark in options) or 1
    share = (Decimal(100) / count).quantize(Decimal("0.00001"), ROUND_HALF_UP).normalize()
    is_single = draft.item.type == "single"
    draft.kind = "multichoice"
    draft.body = [
        element("single", "true" if is_single else "false"),
        element("shuffleanswers", "true"),
        element("answernumbering", "abc"),
    ]
    for place, (_text, mark) in enumerate(options):
        fraction = f"{share:f}" if mark else "0" if is_single else "-100"
        draft.body.append(html("answer", draft.option(place), fraction=fraction))


def truefalse(draft: Draft) -> None:
    """`truefalse`, whose answers are called the same in every language."""
    draft.kind = "truefalse"
    for word, (_text, mark) in zip(("true", "false"), draft.item.block.options, strict=False):
        fraction = "100" if mark else "0"
        draft.body.append(wrapped("answer", word, fraction=fraction, format="moodle_auto_format"))


def ordering(draft: Draft) -> None:
    """`ordering`: each line with its place."""
    draft.kind = "ordering"
    draft.body = [
        element("layouttype", "VERTICAL"),
        element("selecttype", "ALL"),
        element("selectcount", "0"),
        element("gradingtype", "ABSOLUTE_POSITION"),
        element("showgrading", "SHOW"),
        element("numberingstyle", "none"),
    ]
    for place in range(len(draft.item.block.options)):
        draft.body.append(html("answer", draft.option(place), fraction=f"{place + 1}.0000000"))


def matching(draft: Draft) -> None:
    """`matching`; the names of the columns stand in an element that Moodle passes over."""
    draft.kind = "matching"
    draft.body = [element("shuffleanswers", "true")]
    head, *rows = draft.item.block.rows
    columns = "".join(f"<column><text>{plain(name)}</text></column>" for name in head)
    draft.body.append(f"    <{COLUMNS}>{columns}</{COLUMNS}>\n")
    for left, right in rows:
        partner = wrapped("answer", right, format="plain_text")
        draft.body.append(html("subquestion", as_html(left), partner))


def essay(draft: Draft) -> None:
    """`essay`, with its rubric in the notes for those who mark."""
    draft.kind = "essay"
    rows = ("".join(f"<td>{as_html(cell)}</td>" for cell in row) for row in draft.item.block.rows)
    table = "".join(f"<tr>{cells}</tr>" for cells in rows)
    draft.body = [
        element("responseformat", "editor"),
        element("responserequired", "1"),
        element("responsefieldlines", "15"),
        element("attachments", "0"),
        element("attachmentsrequired", "0"),
        html("graderinfo", f"<table>{table}</table>"),
        html("responsetemplate", ""),
    ]
