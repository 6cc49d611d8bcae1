"""Gaps and short texts as Moodle writes them: `cloze` and `shortanswer`."""

import re

from certify.api import _, html_to_markdown, markdown_to_html
from certify_moodle.gaps import MARK, MARKED
from certify_moodle.written_parts import Draft
from certify_moodle.xml_text import as_html, element, wrapped

_GAP = re.compile(r"\{\{([^{}]*)\}\}")
_BELOW = re.compile(r"(.+)\n\n\{\{([^{}]*)\}\}", re.DOTALL)
_SIGNS = re.compile(r'([\\}~#/"])')
_NARROW = str.maketrans("＜｀＼］", "<`\\]")
_BAR = re.compile(r"[|｜]")


def cloze(draft: Draft) -> None:
    """A gap below the text as `shortanswer`, others as questions inside the text."""
    stem = draft.item.block.stem
    below = _BELOW.fullmatch(stem)
    if below and not _GAP.search(below[1]) and "=" not in [p[:1] for p in _parts(below[2])]:
        draft.stem = below[1]
        _shortanswer(draft, [_starless(part) for part in _parts(below[2])])
        return
    draft.kind = "cloze"
    gaps = _GAP.findall(stem)
    numbers = iter(range(len(gaps)))
    marked = _GAP.sub(lambda _found: MARK.format(next(numbers)), stem)
    text = markdown_to_html(marked)
    if html_to_markdown(text, has_lists=False, has_tables=False)[0] != marked:
        draft.lose(_("Its Markdown is written in another way; it shows the same."))
    draft.stem = MARKED.sub(lambda found: _gap(gaps[int(found[1])]), text)
    if draft.item.wordings:
        draft.lose(_("Its wording in another language is left out."))


def short_text(draft: Draft) -> None:
    """A `shortanswer` with its words between asterisks; Moodle asks for one element only."""
    required = [line for line in draft.item.block.lines if line.startswith("=")]
    if len(required) != 1 or len(draft.item.block.lines) != 1:
        draft.refusal = _("Moodle cannot ask for several elements of a reply, nor forbid words.")
        return
    _shortanswer(draft, [f"*{_starless(part)}*" for part in _parts(required[0][1:])])


def _shortanswer(draft: Draft, patterns: list[str]) -> None:
    draft.kind = "shortanswer"
    draft.body = [element("usecase", "0")]
    draft.body += (
        wrapped("answer", pattern, fraction="100", format="moodle_auto_format")
        for pattern in patterns
    )


def _parts(gap: str) -> list[str]:
    """The texts of a gap; signs that are wide for Markdown's sake are narrow again."""
    return [part.strip().translate(_NARROW) for part in _BAR.split(gap) if part.strip()]


def _starless(text: str) -> str:
    """An asterisk stands for any text, unless there is a backslash before it."""
    return text.replace("*", r"\*")


def _gap(gap: str) -> str:
    parts = _parts(gap)
    if any(part.startswith("=") for part in parts):
        return f"{{1:MULTICHOICE:{'~'.join(_choice(part) for part in parts)}}}"
    return f"{{1:SHORTANSWER:{'~'.join(f'={_quoted(_starless(part))}' for part in parts)}}}"


def _choice(part: str) -> str:
    is_right = part.startswith("=")
    return f"{'=' if is_right else ''}{_quoted(part.removeprefix('=').strip())}"


def _quoted(text: str) -> str:
    return _SIGNS.sub(r"\\\1", as_html(text))
