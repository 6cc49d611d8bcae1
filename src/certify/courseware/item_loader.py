"""Reads the bank of a course: its files, their wording files, and the items made of both."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from certify.courseware.finding import Finding
from certify.courseware.item_bank import ItemText, read_bank_file
from certify.courseware.item_block import other_part, part_name
from certify.courseware.item_content import WrongText, content_of
from certify.courseware.loaded_item import LoadedItem, Types, load_item
from certify.courseware.scenario_file import FOLDER as SCENARIOS
from certify.i18n import LANGUAGES, _

FOLDER = "items"
Scenarios = Mapping[str, Mapping[str, Any] | None]


def load_items(
    folder: Path, own: str, types: Types, scenarios: Scenarios, findings: list[Finding]
) -> list[LoadedItem]:
    """Every item of a course folder whose form is right; what is wrong is in `findings`.

    Args:
        own: the course's own language, whose files hold the keys.
    """
    items: list[LoadedItem] = []
    used: set[str] = set()
    endings = {language: f".{language}.md" for language in LANGUAGES if language != own}
    for path in sorted((folder / FOLDER).glob("*.md")):
        if path.name.endswith(tuple(endings.values())):
            continue
        wordings: dict[str, dict[str, ItemText]] = {}
        for language, ending in endings.items():
            wording = path.with_name(path.stem + ending)
            if wording.is_file():
                wordings[language] = _wordings(wording, findings)
            elif (folder / language).is_dir():
                message = _("This file has no wording file “{name}”.").format(name=wording.name)
                mend = _("Write it: the same ids, wording only. Until then this wording is shown.")
                findings.append(Finding(path, 1, message, mend, "warning"))
        for text in read_bank_file(path, has_keys=True, findings=findings):
            others = {name: found.pop(text.code, None) for name, found in wordings.items()}
            used.add(text.attributes.get("scenario", ""))
            if (played := _with_scenario(text, scenarios, findings)) is not None:
                item = _item(own, played, others, types, findings)
                items += [item] if item else []
        for left in (text for found in wordings.values() for text in found.values()):
            message = _("There is no item {code} in {file}.").format(code=left.code, file=path.name)
            findings.append(Finding(left.path, left.line, message, _("Correct the id.")))
    for name in sorted(set(scenarios) - used):
        path = folder / SCENARIOS / f"{name}.toml"
        message, mend = _("No item plays this scenario."), _("Name it: {{scenario={name}}}.")
        findings.append(Finding(path, 1, message, mend.format(name=name), "warning"))
    return items


def _with_scenario(
    text: ItemText, scenarios: Scenarios, findings: list[Finding]
) -> ItemText | None:
    """The item with what its scenario file holds; None when there is no such file, or a bad one."""
    name = text.attributes.get("scenario")
    if name is None:
        return text
    if name not in scenarios:
        message = _("{code}: there is no “{path}”.").format(
            code=text.code, path=f"{SCENARIOS}/{name}.toml"
        )
        mend = _("Write it, or correct the name.")
        findings.append(Finding(text.path, text.line, message, mend))
    data = scenarios.get(name)
    return None if data is None else replace(text, block=replace(text.block, data=data))


def _wordings(path: Path, findings: list[Finding]) -> dict[str, ItemText]:
    """The wordings of one file by item id."""
    found: dict[str, ItemText] = {}
    for text in read_bank_file(path, has_keys=False, findings=findings):
        if text.code in found:
            message = _("Item id {code} is used twice.").format(code=text.code)
            findings.append(Finding(path, text.line, message, _("Delete one of them.")))
        found[text.code] = text
    return found


def _item(
    own: str,
    text: ItemText,
    others: Mapping[str, ItemText | None],
    types: Types,
    findings: list[Finding],
) -> LoadedItem | None:
    """The item of these texts, or None where its form is wrong."""

    def found(message: str, mend: str, place: ItemText = text) -> LoadedItem | None:
        findings.append(Finding(place.path, place.line, f"{text.code}: {message}", mend))
        return None

    given = text.attributes
    question_type = types.get(given.get("type", ""))
    if question_type is None:
        message = _("Question type “{name}” is not known.").format(name=given.get("type"))
        if "type" not in given:
            message = _("The type is missing.")
        mend = _("Write type=…; possible: {values}").format(values=", ".join(sorted(types)))
        return found(message, mend)
    if given.get("state", "draft") != "draft":
        message = _("“{state}” is no state of an item.").format(state=given["state"])
        return found(message, _("Write state=draft, or delete it when the item is done."))
    may_lack = "state" in given and "difficulty" not in given
    if not may_lack and given.get("difficulty") not in ("1", "2", "3"):
        message = _("The difficulty is missing or not 1, 2 or 3.")
        return found(message, _("Add difficulty=1, 2 or 3."))
    texts = {own: text} | {name: one for name, one in others.items() if one is not None}
    for language in others.keys() - texts.keys():
        message = _("{code}: the wording in “{language}” is missing.")
        message = message.format(code=text.code, language=language)
        mend = _("Add it to the wording file. Until then the other wording is shown.")
        findings.append(Finding(text.path, text.line, message, mend, "warning"))
    for place in texts.values():
        if part := other_part(place.block, question_type.form):
            message = _("Type “{type}” takes {wanted}, not {part}.").format(
                type=question_type.name, wanted=part_name(question_type.form), part=part
            )
            return found(message, _("Change the type, or end the stem with a sentence."), place)
    try:
        return load_item(texts, content_of(question_type, texts))
    except WrongText as wrong:
        return found(str(wrong), "", wrong.text)
