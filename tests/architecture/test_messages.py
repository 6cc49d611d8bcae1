"""Messages stand where the catalogue tools find them."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARKS = {"_", "_n", "N_"}


def inside_f_strings(path: Path) -> list[str]:
    """Places of messages inside f-strings."""
    return [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.JoinedStr)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.func.id in MARKS
        and isinstance(inner.args[0], ast.Constant)
    ]


def test_no_message_stands_inside_an_f_string_where_the_tools_would_miss_it() -> None:
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]
    assert files
    assert [place for path in sorted(files) for place in inside_f_strings(path)] == []
