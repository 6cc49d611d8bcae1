"""The gaps of a cloze as they stand in its stem."""

import re
from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from pydantic import BaseModel, ConfigDict

from certify.api import ContentError, ItemBlock, _, fold, pick, shuffled

GAP = re.compile(r"\{\{([^{}]*)\}\}")
MOST = 8
"""Most gaps of an item."""


class Gap(BaseModel):
    """One gap: typed, or chosen from options when it has any."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    key: tuple[str, ...]
    """The texts that are right, of all languages at once; for a choice the letter."""
    options: dict[str, dict[str, str]] = {}
    """Letter → text by language; the letters say nothing of the key."""

    def is_right(self, answer: str) -> bool:
        """Whether an answer fills the gap rightly."""
        if self.options:
            return answer in self.key
        return fold(answer) in {fold(text) for text in self.key}

    def written(self, language: str, *, with_key: bool) -> str:
        """The gap as it stands in a stem."""
        if not self.options:
            return "{{" + (" | ".join(self.key) if with_key else "") + "}}"
        texts = {letter: pick(text, language) for letter, text in self.options.items()}
        signs = {letter: "=" if with_key and letter in self.key else "" for letter in texts}
        return "{{" + " | ".join(f"{signs[letter]}{text}" for letter, text in texts.items()) + "}}"


def read_gaps(blocks: Mapping[str, ItemBlock]) -> tuple[Gap, ...]:
    """The gaps of a stem, keys from the first language.

    Raises:
        ContentError: the stems do not fit together, or a gap has no key.
    """
    own_name, *others = blocks
    cut = {name: [_parts(one) for one in GAP.findall(block.stem)] for name, block in blocks.items()}
    for block in blocks.values():
        if "{{" in (left := GAP.sub("", block.stem)) or "}}" in left:
            raise ContentError(
                _("A gap begins with “{{” and ends with “}}”; one of them is missing.")
            )
    if not 1 <= len(cut[own_name]) <= MOST:
        raise ContentError(
            _("A cloze has 1 to {most} gaps, such as {{{{24|twenty-four}}}}.").format(most=MOST)
        )
    for language in others:
        if len(cut[language]) != len(cut[own_name]):
            raise ContentError(
                _("{count} gaps in {language}, {other} in the own language.").format(
                    count=len(cut[language]), language=language, other=len(cut[own_name])
                )
            )
    return tuple(
        _gap(own_name, {name: parts[place] for name, parts in cut.items()})
        for place in range(len(cut[own_name]))
    )


def numbered(stem: str) -> str:
    """The stem with a number and a line where each gap was, for the eye and for reading aloud."""
    count = iter(range(1, MOST + 1))
    return GAP.sub(lambda _found: f"({next(count)})＿＿", stem)


def with_gaps(stem: str, gaps: Sequence[str]) -> str:
    """A numbered stem with its gaps as their author writes them."""
    done = ""
    for number, gap in enumerate(gaps, start=1):
        before, _sign, stem = stem.partition(f"({number})＿＿")
        done += before + gap
    return done + stem


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[|｜]", text) if part.strip()]


def _gap(own: str, parts: Mapping[str, list[str]]) -> Gap:
    mine = parts[own]
    others = {name: texts for name, texts in parts.items() if name != own}
    if not any(text.startswith("=") for text in mine):
        if not mine or not all(fold(text) for text in mine) or any(";" in text for text in mine):
            raise ContentError(
                _("A gap holds the texts that are right, without “;”: {{24|twenty-four}}")
            )
        if any(others.values()):
            raise ContentError(_("A wording file leaves typed gaps empty: {{}}"))
        return Gap(key=tuple(mine))
    right = [place for place, text in enumerate(mine) if text.startswith("=")]
    texts = {own: [text.removeprefix("=").strip() for text in mine], **others}
    if len(right) != 1 or not 2 <= len(mine) <= MOST or not all(map(all, texts.values())):
        raise ContentError(
            _("A gap with a choice has one right text: {{morning|=afternoon|evening}}")
        )
    for language, one in texts.items():
        if len(set(map(fold, one))) != len(mine) or any(text.startswith("=") for text in one):
            raise ContentError(
                _(
                    "The choices of a gap in {language} are other ones, alike, or hold a key."
                ).format(language=language)
            )
    # Letters follow from the wording: in the author's order they would often tell the key.
    letters = dict(zip(shuffled(texts[own], "letters"), ascii_lowercase, strict=False))
    options = {
        letters[text]: {name: one[place] for name, one in texts.items()}
        for place, text in enumerate(texts[own])
    }
    return Gap(key=(letters[texts[own][right[0]]],), options=dict(sorted(options.items())))
