"""Courses that wait for each other must never wait in a circle (R-CAT-07)."""

from collections.abc import Collection, Mapping


def circle(code: str, needs: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The shortest way from a course over its prerequisites back to itself; empty when none.

    Args:
        needs: prerequisites by course; a course that is not in it needs nothing.

    >>> circle("a", {"a": ["b"], "b": ["c", "a"]})
    ('a', 'b', 'a')
    """
    ways: list[tuple[str, ...]] = [(code,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is walked: nearer courses come first
        for need in needs.get(way[-1], ()):
            if need == code:
                return (*way, code)
            if need not in seen:
                seen.add(need)
                ways.append((*way, need))
    return ()
