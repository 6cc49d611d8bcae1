"""The rules of the house that a linter cannot see: what really loads, and how files are cut."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "src", ROOT / "plugins")
MOST_LINES = 300

IMPORT_ONE_BY_ONE = """
import importlib, json, sys
heavy = {"textual", "rich", "reportlab", "pypdfium2", "segno"}
for name in json.load(sys.stdin):
    importlib.import_module(name)
    if loaded := heavy & set(sys.modules):
        sys.exit(f"importing {name} loads {', '.join(sorted(loaded))}")
"""

IMPORT_CERTIFY_ALONE = """
import json, sys
before = set(sys.modules)
import certify
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""


def python_files() -> Iterator[tuple[Path, Path]]:
    """Each source file, and the folder its package lies in."""
    for source in SOURCES:
        for path in sorted(source.rglob("*.py")):
            yield path, source


def headless(path: Path, source: Path) -> bool:
    inside = path.relative_to(source).parts
    if inside[:2] in {("certify", "tui"), ("certify", "server")}:
        return False
    # `__main__` starts the program; Alembic alone can run the `env.py` of the migrations.
    return path.name not in {"widget.py", "__main__.py"} and inside[-2:] != ("migrations", "env.py")


def module_name(path: Path, source: Path) -> str:
    parts = path.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run(program: str, modules: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(modules or []),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_no_headless_module_loads_what_draws_screens_or_pages() -> None:
    modules = [
        module_name(path, source) for path, source in python_files() if headless(path, source)
    ]
    assert "certify.api" in modules

    result = run(IMPORT_ONE_BY_ONE, modules)

    assert result.returncode == 0, result.stderr


def test_importing_certify_alone_loads_nothing_but_the_standard_library() -> None:
    result = run(IMPORT_CERTIFY_ALONE)

    assert result.returncode == 0, result.stderr
    assert set(json.loads(result.stdout)) - sys.stdlib_module_names == {"certify"}


def test_a_plugin_imports_only_the_api_and_in_its_widget_the_question_widget() -> None:
    found = []
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        allowed = {"certify.api"}
        if path.name == "widget.py":
            allowed.add("certify.tui.question_widget")
        found += [
            f"{path.relative_to(ROOT)}:{line}: {module}"
            for line, module in certify_imports(path)
            if module not in allowed
        ]
    assert found == []


def certify_imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "certify":
            names = [f"certify.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "certify")


def test_no_source_file_is_longer_than_300_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path, _ in python_files()
        # A migration is a record of one release and is never cut up afterwards.
        if path.parent.parts[-2:] != ("migrations", "versions")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_module_is_named_utils() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path, source in python_files()
        if "utils" in path.relative_to(source).with_suffix("").parts
    ]
    assert named == []


def imports_among(modules: set[str], tree: ast.Module) -> set[str]:
    """The modules of a set that a file imports, also inside functions."""
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{one.name}" for one in node.names} & modules
            named |= inside or {node.module}
        elif isinstance(node, ast.Import):
            named |= {one.name for one in node.names}
    return named & modules


def test_no_files_of_a_layer_import_each_other_in_a_circle() -> None:
    trees = {
        module_name(path, source): ast.parse(path.read_text(encoding="utf-8"))
        for path, source in python_files()
        if path.relative_to(source).parts[:2] != ("certify", "tui")  # screens open one another
    }
    left = {name: imports_among(set(trees), tree) - {name} for name, tree in trees.items()}
    while free := {name for name, needs in left.items() if not needs}:
        left = {name: needs - free for name, needs in left.items() if name not in free}
    assert not left
