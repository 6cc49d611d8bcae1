"""When two items ask exactly the same, and what of an item is compared with others."""

from hashlib import blake2b

from certify.domain.question_type import ItemBlock
from certify.domain.similarity import Question


def same_question(type_name: str, block: ItemBlock) -> bytes:
    """A key that two items share when stem, answers and key are the same.

    Blanks, the order of options and the explanation make no difference; all else does.
    """
    options = sorted(block.options, key=repr) if _is_shuffled(block) else list(block.options)
    parts = (type_name, " ".join(block.stem.split()), options, block.rows, block.lines)
    return blake2b(repr(parts).encode(errors="replace"), digest_size=16).digest()


def question_of(block: ItemBlock) -> Question:
    """What similarity looks at."""
    cells = (cell for row in block.rows[1:] for cell in row)
    texts = (*(text for text, _mark in block.options), *cells, *block.lines)
    return Question(block.stem, "\n".join(texts))


def _is_shuffled(block: ItemBlock) -> bool:
    """Whether its options have marks: an ordering has none, and its order is the key."""
    return bool(block.options) and block.options[0][1] is not None
