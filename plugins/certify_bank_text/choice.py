"""Options and their key."""

import re
from collections.abc import Sequence

from certify.api import _
from certify_bank_text import keys
from certify_bank_text.draft import Draft, Option
from certify_bank_text.joining import one_line
from certify_bank_text.line import folded
from certify_bank_text.trouble import Trouble, no_key, two_keys, unclear_key

TICK = re.compile(
    r"\s*(?:[(（\[【]\s*(?:正确答案|正确选项|正确|答案|√|✓|correct(?: answer)?|right)"
    r"\s*[)）\]】]|[√✓✔☑✅★]\ufe0f?)\s*\Z",
    re.IGNORECASE,
)
FORM_WORDS = {
    "colour": "红|蓝|绿|颜色|彩色|red|colou?r|blue|green",
    "bold": "加粗|粗体|黑体|bold",
    "underline": "下划线|划线|underlin",
    "highlight": "高亮|底色|荧光|背景色|highlight",
    "italic": "斜体|italic",
}


def checked_options(options: Sequence[Option]) -> tuple[list[str], list[str], str]:
    """Letters, texts and the letters that are ticked at the option itself.

    Raises:
        Trouble: letters are doubled or missing, or an option has no text.
    """
    letters, texts, ticked = [], [], ""
    for option in options:
        text = one_line(option.text)
        is_ticked, bare = option.is_ticked, TICK.sub("", text)
        if bare and bare != text:
            text, is_ticked = bare, True
        if option.letter in letters:
            raise Trouble(
                _("The option {letter} stands there twice.").format(letter=option.letter),
                _("Letter the options A, B, C, … ; is the number of the next question missing?"),
            )
        letters.append(option.letter)
        texts.append(text)
        ticked += option.letter if is_ticked else ""
    wanted = [chr(ord("A") + place) for place in range(len(letters))]
    if letters != wanted:
        lost = next((one for one in wanted if one not in letters), letters[0])
        raise Trouble(
            _("The option {letter} is missing: {letters}.").format(
                letter=lost, letters=" ".join(letters)
            ),
            _("Write each option with its letter, in the order A, B, C, …"),
        )
    if len(letters) < 2:
        raise Trouble(
            _("The question has no options."),
            _("Write each option on its own line: “A. …”."),
        )
    for letter, text in zip(letters, texts, strict=True):
        if not text:
            raise Trouble(
                _("The option {letter} has no text.").format(letter=letter),
                _("Write its text behind its letter."),
            )
    return letters, texts, "" if ticked == "".join(letters) else ticked  # all: only bullets


def chosen(
    draft: Draft,
    stem: str,
    letters: Sequence[str],
    texts: Sequence[str],
    ticked: str,
    declared: frozenset[str],
) -> tuple[str, str, str]:
    """The letters that are right, in the order they are named; the stem; what the key says more.

    Raises:
        Trouble: there is no key, there are two, or it names no option.
    """
    named: list[str] = []
    rests: list[str] = []
    for text in filter(None, (draft.before, *draft.keys)):
        found, rest = _labelled(text, letters, texts)
        named.append(found)
        rests.append(rest)
    held = keys.letters_in(stem)
    if held and not keys.has_empty(stem):
        values = {"".join(re.findall("[A-L]", one.value.upper())) for one in held}
        value = values.pop() if len(values) == 1 else ""
        if not named and not ticked:
            if not value:
                raise Trouble(
                    _("Several brackets of the stem hold letters; which one is the key?"),
                    _("Write the key below the question after “答案：”, such as “答案：B”."),
                )
            named.append(value)
        elif value and set(value) <= set(letters):
            named.append(value)
        if value and value in named:
            for one in reversed(held):
                stem = keys.emptied(stem, one)
    if ticked:
        named.append(ticked)
    if not named:
        named.append(_by_form(draft, letters, declared))
    for other in named[1:]:
        if set(other) != set(named[0]):
            raise two_keys(named[0], other)
    if strange := [letter for letter in named[0] if letter not in letters]:
        raise Trouble(
            _("The key names the option {letter}, which is not there.").format(letter=strange[0]),
            _("Correct the key, or write the option that is missing."),
        )
    return named[0], stem, "\n".join(filter(None, rests))


def _labelled(text: str, letters: Sequence[str], texts: Sequence[str]) -> tuple[str, str]:
    """Letters that a labelled key names, by letter or by the whole text of the option."""
    plain = folded(text).strip().rstrip("。.")
    for letter, option in zip(letters, texts, strict=True):
        if plain == folded(option).strip().rstrip("。."):
            return letter, ""
    found = keys.letters_of(text, letters)
    if found is None:
        raise unclear_key(text)
    rest = found[1].lstrip("。.,，;；:：、)） ").strip()
    pieces = {piece.strip().rstrip("。.") for piece in folded(rest).split(";")} - {""}
    if pieces <= {folded(option).strip().rstrip("。.;") for option in texts}:
        rest = ""  # “B. 24 小时”: the option again
    return found[0], rest


def _by_form(draft: Draft, letters: Sequence[str], declared: frozenset[str]) -> str:
    """The options that are set apart by a form the file declares to be the key's."""
    forms = frozenset(form for option in draft.options for form in option.forms)
    for form in sorted(forms):
        apart = "".join(o.letter for o in draft.options if form in o.forms)
        if len(apart) == len(letters):
            continue
        if form in declared:
            return apart
        raise Trouble(
            _("The question has no key; some options are set apart by colour, weight or a line."),
            _(
                "Write the key after “答案：”, or say in the head of the file what it means, "
                "such as “红色为正确答案”."
            ),
        )
    raise no_key()


def declared_forms(head: str) -> frozenset[str]:
    """The forms that the head of a file declares to mark the key, such as `红色为正确答案`."""
    found = set()
    for sentence in re.split(r"[。；;\n!！]", head):
        if not re.search("答案|正确|right|correct|key|answer", sentence, re.IGNORECASE):
            continue
        for form, words in FORM_WORDS.items():
            if re.search(words, sentence, re.IGNORECASE):
                found.add(form)
    return frozenset(found)
