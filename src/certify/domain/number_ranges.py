"""Ascending numbers as a person would say them: 3–7, 9, 12–40."""

from collections.abc import Iterable


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in short, runs of neighbours with their ends only: `3, 5–8, 12`.

    Args:
        numbers: ascending, each once.
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)
