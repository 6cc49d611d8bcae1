"""Texts with gaps: `shortanswer`, `gapselect`, `ddwtos`.

A short answer becomes a gap (`cloze`): both compare the whole reply. The type `text` looks for
words within a longer reply, so it takes the answers between asterisks (`*word*`) alone, which
mean just that.
"""

import re
from collections.abc import Sequence

from certify.api import ItemBlock, _, fold, safe_xml
from certify_moodle.choices import no_key
from certify_moodle.question import Question, Unfit, fraction, is_full, raw

MARK = "\ue000{}\ue001"
"""Stands for a gap while HTML becomes Markdown."""
MARKED = re.compile("\ue000([0-9]+)\ue001")
_PLACE = re.compile(r"\[\[([0-9]{1,3})\]\]")
_TYPED = str.maketrans({"{": "（", "}": "）", ";": ",", "；": "，"})
"""Signs that mean nothing in an answer, in place of those that mean something in a gap."""
_RISKY = re.compile(r"<(?=[A-Za-z/!?])|[`\\]|\](?=[(\[:])|!(?=\[)")
"""What Markdown would take for HTML, code, a link or a picture; wide signs count as the same."""
_WIDE = str.maketrans("<`\\]!", "＜｀＼］！")
_SHOWN = str.maketrans({"{": "｛", "}": "｝", "|": "∣", "｜": "∣"})
STAR = re.compile(r"(?<!\\)\*")
"""Stands for any text in an answer."""
_NEGATIVE = re.compile(r"\s*[-−]\s*[0-9.]")


def read_shortanswer(question: Question) -> tuple[str, ItemBlock]:
    """`cloze` with one gap below the stem, or `text`."""
    answers = [(_pattern(question, one), fraction(one)) for one in question.all("answer")]
    for (text, _share), one in zip(answers, question.all("answer"), strict=True):
        question.feedback(unstarred(text), one)
    right = [text for text, share in answers if is_full(share) and text]
    if not right:
        raise no_key()
    if any(share > 0 and not is_full(share) for _text, share in answers):
        question.lose(_("Half-right answers count as wrong."))
    if question.is_set("usecase"):
        question.lose(_("Capitals and small letters make no difference."))
    if words := [inner for text in right if (inner := _inner(text))]:
        if len(words) < len(right):
            question.lose(
                _("An answer that had to be the whole reply may now stand within it."),
                is_serious=True,
            )
            words = [_inner(text) or unstarred(text) for text in right]
        return "text", question.block("lines", lines=[_required(words)])
    if plain := [unstarred(text) for text in right if not STAR.search(text)]:
        if len(plain) < len(right):
            question.lose(_("An answer with “*” for any text is left out."), is_serious=True)
        wrong = {fold(unstarred(text)) for text, share in answers if share <= 0}
        if wrong & set(map(fold, plain)):
            question.lose(
                _("A wrong answer differs from a right one by signs or capitals only."),
                is_serious=True,
            )
        stem, gap = question.stem("stem"), typed_gap(question, plain)
        stem = without_gaps(stem)
        return "cloze", question.block("stem", stem=f"{stem}\n\n{{{{{gap}}}}}" if stem else "")
    raise Unfit(
        _("Its right answer has “*” for any text."),
        _("Write out what a right reply is, or has in it (*word*), and export it again."),
    )


def read_selection(question: Question) -> tuple[str, ItemBlock]:
    """`cloze`, each gap with the choices of its group; `[[2]]` is the gap of the second choice."""
    boxes = question.all("dragbox" if question.kind == "ddwtos" else "selectoption")
    texts = [question.line(box) for box in boxes]
    groups = [raw(group).strip() if (group := box.child("group")) else "1" for box in boxes]
    kind, html = question.asked()
    used: list[str] = []

    def gap(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(texts):
            raise no_key()
        offered = [
            text for text, group in zip(texts, groups, strict=True) if group == groups[place]
        ]
        used.append(chosen_gap(list(dict.fromkeys(offered)), texts[place]))
        return MARK.format(len(used) - 1)

    html = _PLACE.sub(gap, html.replace("\ue000", "").replace("\ue001", ""))
    if not used:
        raise no_gap()
    return "cloze", with_gaps(question, kind, html, used)


def with_gaps(question: Question, kind: str, text: str, gaps: Sequence[str]) -> ItemBlock:
    """The item of a text in which gaps are marked."""
    if kind == "plain":
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    stem = without_gaps(question.from_html(text, "stem"))
    stem = MARKED.sub(lambda found: f"{{{{{gaps[int(found[1])]}}}}}", stem)
    return question.block("stem", stem=stem)


def without_gaps(stem: str) -> str:
    """A stem in which double braces are no gaps."""
    return stem.replace("{{", r"\{\{").replace("}}", r"\}\}")


def typed_gap(question: Question, answers: Sequence[str]) -> str:
    """What stands between the braces of a gap that is typed.

    Raises:
        Unfit: none of the answers can stand there.
    """
    kept: dict[str, str] = {}
    for answer in answers:
        text = _harmless(" ".join(answer.translate(_TYPED).split()))
        if fold(text) and not {"|", "｜"} & set(text):
            kept.setdefault(fold(text), text)
        else:
            question.lose(
                _("An answer is left out of a gap: it has “|”, or neither letter nor digit."),
                is_serious=True,
            )
        if _NEGATIVE.match(answer):
            question.lose(_("A gap passes over the sign of a number."), is_serious=True)
    if not kept:
        raise Unfit(
            _("No right answer of a gap has a letter or digit, or it holds “|”."),
            _("Make a choice of it in Moodle, and export it again."),
        )
    return "|".join(kept.values())


def chosen_gap(options: Sequence[str], right: str) -> str:
    """What stands between the braces of a gap that is chosen.

    Raises:
        Unfit: there is no choice, or two of the choices are alike.
    """
    if len(options) < 2 or len({fold(text) for text in options if fold(text)}) != len(options):
        raise Unfit(
            _("A gap has no two different choices, or one without a letter or digit."),
            _("Give it different choices in Moodle, and export it again."),
        )
    return "|".join(
        f"{'=' if text == right else ''}{_harmless(text.translate(_SHOWN))}" for text in options
    )


def no_gap() -> Unfit:
    """Why a text without gaps is refused."""
    return Unfit(
        _("Its text has no gap that can be read."),
        _("Open it in Moodle, where faults of its gaps are shown; mend them and export it again."),
    )


def _harmless(text: str) -> str:
    """A text that neither Markdown nor a gap takes for anything else; wide signs read the same."""
    text = f"＝{text[1:]}" if text.startswith("=") else text
    return _RISKY.sub(lambda found: found[0].translate(_WIDE), text)


def _pattern(question: Question, answer: safe_xml.Element) -> str:
    text = raw(answer)
    return question.line_of(text) if "&" in text else " ".join(text.split())


def unstarred(pattern: str) -> str:
    """A pattern without a star of its own as the text that it means."""
    return pattern.replace(r"\*", "*")


def _inner(pattern: str) -> str:
    """What stands between two asterisks; empty where there is more to it."""
    if len(pattern) > 2 and pattern[0] == pattern[-1] == "*" and pattern[-2] != "\\":
        inner = pattern[1:-1].strip()
        return "" if STAR.search(inner) else unstarred(inner)
    return ""


def _required(words: Sequence[str]) -> str:
    return f"= {' | '.join(word.replace('|', ' ') for word in words)}"
