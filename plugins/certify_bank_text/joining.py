"""Joins lines that a program or a person broke."""

CJK = "\u2e80"


def joined(before: str, after: str) -> str:
    """Two pieces of one line; Chinese text is written without blanks."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after or before[-1] >= CJK or after[0] >= CJK:
        return before + after
    return f"{before} {after}"


def one_line(text: str) -> str:
    """A text of several lines on one."""
    result = ""
    for line in text.split("\n"):
        result = joined(result, " ".join(line.split()))
    return result
