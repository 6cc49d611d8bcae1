"""Letters for texts: they follow from the wording alone, so they tell nothing of the key."""

from collections.abc import Sequence
from string import ascii_lowercase

from certify.api import ContentError, _, shuffled

MOST = 8
"""Most lines of an item: what one screen and one person can hold."""


def lettered(texts: Sequence[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Texts by language under letters, in an order that is not the author's.

    Raises:
        ContentError: one is empty, or two are alike in a language.
    """
    for language in texts[0] if texts else ():
        own = [text[language] for text in texts]
        if not all(own) or len(set(own)) != len(own):
            raise ContentError(
                _("Two lines are alike or one is empty ({language}).").format(language=language)
            )
    by_wording = {next(iter(text.values())): text for text in texts}
    mixed = [by_wording[one] for one in shuffled(by_wording, "letters")]
    return dict(zip(ascii_lowercase, mixed, strict=False))
