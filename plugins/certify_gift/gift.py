"""`gift`: the text format of Moodle, with all of its kinds of questions."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from certify.api import (
    N_,
    BankFile,
    BankItem,
    Entry,
    ItemFormat,
    Loss,
    NotTaken,
    clean_line,
    decode,
)
from certify_gift.answers import Unusable
from certify_gift.escapes import in_short
from certify_gift.judge import item, kind_of
from certify_gift.scan import Scanner, category
from certify_gift.text_file import text_of
from certify_gift.words import WORDS
from certify_gift.written import Writer

_LIKE_GIFT = re.compile(
    r"(?<!\\)\{\s*+(?:[=~#}]|TRUE\b|FALSE\b|[TF]\s*+[}#])|^\s*+(?:::[^\n]*?::|\$CATEGORY:)",
    re.MULTILINE,
)


class Gift(ItemFormat):
    """Reads what Moodle reads and what people write besides; writes Markdown with its tag."""

    name = "gift"
    label = N_("GIFT (Moodle text)")
    suffixes = (".gift", ".txt")
    can_write = True

    def recognises(self, file: BankFile) -> bool:
        return _LIKE_GIFT.search(decode(file.data)[0]) is not None

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        text, remarks = text_of(file)
        yield from remarks
        words = WORDS[language]
        scanner = Scanner(text)
        for found in scanner.entries():
            if isinstance(found, NotTaken):
                yield found
                continue
            try:
                made = item(found, words)
            except Unusable as problem:
                yield NotTaken(
                    scanner.place_of(found.brace),
                    "rejected",
                    in_short(found.head) or in_short(found.title),
                    problem.reason,
                    problem.mend,
                    kind_of(found.answers),
                )
            else:
                yield made

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        lost: list[Loss | NotTaken] = []
        topic = ""
        out.write(f"// {clean_line(title)}\n\n{category('')}".encode())
        for one in items:
            writer = Writer(one)
            try:
                text = writer.text()
            except Unusable as problem:
                stem = in_short(one.block.stem)
                lost.append(
                    NotTaken(one.place, "rejected", stem, problem.reason, problem.mend, one.type)
                )
                continue
            if one.topic != topic:
                topic = one.topic
                out.write(category(topic).encode())
            out.write(text.encode())
            lost += (Loss(one.place, message) for message in writer.losses)
        return lost
