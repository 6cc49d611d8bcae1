"""`reference/personal-data.md`: what every table keeps of people, and what becomes of it."""

from collections.abc import Iterator

from certify.domain.personal_tables import TABLES
from certify.domain.privacy import Declared, PersonalTable, Whose
from certify.storage import personal
from docs.pages.words import head, joined, said, table

HEADS = ["Columns", "Of whom", "Sort", "In the extract", "After an erasure"]


def page() -> str:
    """The page."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield from head(
        "Personal data",
        "`src/certify/domain/personal_tables.py`",
        "What certify keeps of people, table by table: whose it is, whether the person's own "
        "extract shows it, and what is left of it after an erasure. A test fails when a column is "
        "added and not declared here. See "
        "[Handle personal data](../how-to/handle-personal-data.md).",
        "An erasure replaces name and staff number by a pseudonym such as `X-000123`, which "
        "nobody else ever gets. What is kept leads to the pseudonym only. Names and staff numbers "
        "in texts of the company and of other people are replaced by it, too, except in records "
        "that are never changed: policy versions, and what others were told with their results.",
    )
    yield "## Of people"
    for name, one in TABLES.items():
        if one.person:
            yield f"### {said(one.title, name)} (`{name}`)"
            yield _way(name, one)
            yield table(HEADS, _rows(name))
    yield "## Of the company"
    yield (
        "These tables are about nobody in particular. Where a person did something, the table "
        "names them by internal number only; texts are the company's own."
    )
    rows = []
    for name, one in TABLES.items():
        if not one.person:
            actors = ", ".join(f"`{column}`" for column in one.actors.split())
            company = ", ".join(f"`{column}`" for column in one.company.split())
            third = ", ".join(f"`{column}`" for column in one.third.split())
            if actors or company or third:
                rows.append([f"`{name}`", actors or "–", company or "–", third or "–"])
    yield table(["Table", "Who did it", "Texts", "Of people outside the company"], rows)
    nothing = [name for name, one in TABLES.items() if _is_empty(one)]
    yield "Nothing of anybody: " + ", ".join(f"`{name}`" for name in sorted(nothing)) + "."


def _way(name: str, one: PersonalTable) -> str:
    way = " → ".join(f"`{step}`" for step in one.person.split("."))
    gone = " Its rows are deleted by an erasure." if one.deleted else ""
    return f"Leads to the person by {way}.{gone}"


def _rows(name: str) -> Iterator[list[str]]:
    grouped: dict[Declared, list[str]] = {}
    for column in personal.columns(name):
        found = personal.declared(name, column)
        assert found is not None  # noqa: S101  a test holds the inventory to the tables
        grouped.setdefault(found, []).append(column)
    for one, columns in grouped.items():
        kept = f"{one.fate.value}: {one.why}" if one.why else one.fate.value
        shown = f"no: {one.hidden}" if one.hidden else "yes"
        names = ", ".join(f"`{column}`" for column in columns)
        yield [names, _of_whom(one), one.kind.value if one.kind else "–", shown, kept]


def _of_whom(one: Declared) -> str:
    return {Whose.ACTOR: "who did it", Whose.NOBODY: "nobody"}.get(one.whose, one.whose.value)


def _is_empty(one: PersonalTable) -> bool:
    return not (one.person or one.actors or one.company or one.third)
