"""Moodle XML for tests, and its entries."""

import io
from collections.abc import Sequence

from certify.api import BankFile, BankItem, Entry, Loss, NotTaken
from certify_moodle.moodle_format import MoodleXml


def quiz(*questions: str) -> str:
    """A file with some questions."""
    body = "\n".join(questions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'


def question(kind: str, body: str, text: str = "What?", name: str = "Q") -> str:
    """One question; `text` is HTML."""
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'
        f"{body}</question>"
    )


def answer(text: str, fraction: object = 0, inner: str = "") -> str:
    """One answer; its text is HTML."""
    return (
        f'<answer fraction="{fraction}" format="html">'
        f"<text><![CDATA[{text}]]></text>{inner}</answer>"
    )


def said(text: str) -> str:
    """Feedback of an answer."""
    return f'<feedback format="html"><text>{text}</text></feedback>'


CHOICE = question("multichoice", answer("a", 100) + answer("b") + answer("c"))


def read(file: str | bytes, language: str = "en") -> list[Entry]:
    """Every entry of a file."""
    data = file.encode() if isinstance(file, str) else file
    return list(MoodleXml().read(BankFile("bank.xml", data), language))


def item(file: str, language: str = "en") -> BankItem:
    """The one item of a file with one question."""
    (found,) = read(file if file.startswith("<?xml") else quiz(file), language)
    assert isinstance(found, BankItem), found
    return found


def refused(file: str) -> NotTaken:
    """The one question of a file, which is not taken."""
    (found,) = read(quiz(file))
    assert isinstance(found, NotTaken), found
    return found


def serious(found: BankItem) -> list[bool]:
    """Of each loss, whether a person must look."""
    return [loss.is_serious for loss in found.losses]


def written(items: Sequence[BankItem], language: str = "en") -> tuple[bytes, list[Loss | NotTaken]]:
    """A file of items, and what it does not hold."""
    out = io.BytesIO()
    said = MoodleXml().write(items, out, title="Complaints", language=language)
    return out.getvalue(), list(said)
