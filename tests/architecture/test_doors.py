"""SSH, browser, screens and command line all change things through services alone (G15).

The checks of the services are therefore the checks of every door; tests/services/
test_permission_objects.py drives them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CERTIFY = Path(__file__).parents[2] / "src" / "certify"
DATABASES = ("sqlmodel", "sqlalchemy", "alembic", "psycopg")
UNDER_THE_COMMAND_LINE = {
    "certify.storage.database",
    "certify.storage.folder",
    "certify.storage.guards",
    "certify.storage.health",
    "certify.storage.schema",
}
"""What the command line does with the database as a whole: make, upgrade, check, guard it."""


def files(door: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((CERTIFY / door).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield str(path.relative_to(CERTIFY)), tree


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "certify.storage":
            yield from (f"certify.storage.{one.name}" for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("door", ["server", "tui", "cli"])
def test_no_door_knows_the_database(door: str) -> None:
    allowed = UNDER_THE_COMMAND_LINE if door == "cli" else set()
    found = [
        (file, name)
        for file, tree in files(door)
        for name in imported(tree)
        if name.partition(".")[0] in DATABASES or name.startswith("certify.storage")
        if name not in allowed
    ]
    assert found == []


@pytest.mark.parametrize("door", ["server", "tui", "cli"])
def test_no_door_opens_a_transaction(door: str) -> None:
    found = [
        (file, node.lineno)
        for file, tree in files(door)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("read", "write", "save", "engine")
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "database"
    ]
    assert found == []


@pytest.mark.parametrize("door", ["server", "tui"])
def test_nobody_over_a_connection_acts_as_the_command_line(door: str) -> None:
    """CONSOLE may nearly everything: only what opens or founds a home at this machine acts as it;
    over a connection nothing is founded (tests/server/test_safe_files.py)."""
    found = {
        file
        for file, tree in files(door)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "CONSOLE"
    }
    assert found <= {"tui/entrance.py", "tui/screens/founding.py", "server/node.py"}
