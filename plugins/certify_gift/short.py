"""Short answers.

They become a gap (`cloze`), which like GIFT compares the whole reply and makes no difference of
capitals. The type `text` looks for words within a longer reply instead; it takes what GIFT writes
as `*word*`, which means just that, and answers that a gap cannot hold.
"""

import re
from collections.abc import Sequence

from certify.api import _, fold
from certify_gift.answers import Answer, Unusable
from certify_gift.escapes import unescaped
from certify_gift.texts import BLANK, Texts

_NOT_IN_GAP = re.compile(r"[{}|｜;；<\\`\[\]]|^=")
_ANY = "\\*"
"""An asterisk that means itself; one without a backslash means any text."""
_BLOCK = re.compile(r"\s*(?:[-*|`]|[0-9]+[.)]\s)")
"""A line that a gap would become a part of."""
_WITHIN = re.compile(r"\*([^*]+)\*")


def short_answer(answers: Sequence[Answer], tail: str, texts: Texts) -> tuple[str, str, str]:
    """The type (`cloze` or `text`), the stem, and the line of a `text`.

    Raises:
        Unusable: no answer is right that the bank can hold.
    """
    right = [answer for answer in answers if answer.share() == 100]
    if any(0 < answer.share() < 100 for answer in answers):
        texts.losses[_("A partly right answer counts as wrong.")] = False
    if not right:
        raise Unusable(_("No answer is right."), _("Write the right answer without a weight."))
    wordings = [_wording(answer.text, texts) for answer in right]
    within = [found[1].strip() for one in wordings if (found := _WITHIN.fullmatch(one))]
    if within and len(within) == len(wordings):
        return _text(within, tail, texts)
    plain = [one.replace(_ANY, "*") for one in wordings if "*" not in one.replace(_ANY, "")]
    if len(plain) < len(wordings):
        texts.losses[_("Answers with a “*” for any text are left out.")] = True
    plain = list(dict.fromkeys(filter(_is_found, plain)))
    if not plain:
        raise Unusable(
            _("No right answer is left: a “*” accepts any text."),
            _("Write out the replies that are right."),
        )
    stem = texts.stem(tail, "", "stem")
    if any(map(_NOT_IN_GAP.search, plain)) or "{{" in stem or "}}" in stem:
        texts.losses[_("The answer is looked for within the reply, and need not be all of it.")] = (
            False
        )
        return _text(plain, tail, texts)
    gap = "{{" + "|".join(plain) + "}}"
    if tail:
        return "cloze", texts.stem(tail, gap, "stem"), ""
    return "cloze", f"{stem}{_space(texts.head, stem)}{gap}", ""


def _is_found(text: str) -> bool:
    """Whether anything is left of a text when it is compared."""
    return any(map(str.isalnum, text)) or bool(fold(text))


def _wording(text: str, texts: Texts) -> str:
    """One answer on a line, asterisks that mean themselves still with their backslash."""
    return texts.answer(text.replace("\\*", "\\\\*"))


def _text(words: Sequence[str], tail: str, texts: Texts) -> tuple[str, str, str]:
    plain = [word for word in words if not re.search("[|｜]", word) and _is_found(word)]
    if len(plain) < len(words):
        texts.losses[_("An answer with “|” is left out.")] = True
    if not plain:
        raise Unusable(
            _("No right answer has a letter or digit that the bank could look for."),
            _("Make a choice of it."),
        )
    return "text", texts.stem(tail, BLANK, "lines"), f"= {' | '.join(plain)}"


def _space(head: str, stem: str) -> str:
    """What stands between a stem and the gap at its end."""
    head = unescaped(head)
    blanks = head[len(head.rstrip()) :]
    if blanks.count("\n") > 1 or _BLOCK.match(stem.rpartition("\n")[2]):
        return "\n\n"
    return " " if stem and (blanks or stem[-1:] in "?!.:;)") else ""
