"""What a certificate says, in words: on screens, on the command line and on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from certify.domain.qualification import Basis, QualificationKind, QualificationState
from certify.i18n import LANGUAGES, N_, _, pick, speaking
from certify.paper.certificate import CertificateWords
from certify.services.qualifying.states import STATE_NAMES
from certify.services.qualifying.words import BASIS_NAMES

BOTH = "both"
"""Chinese and English beside each other on one page."""
LABELS = {
    "name": N_("Name"),
    "staff_no": N_("Staff no."),
    "department": N_("Department"),
    "post": N_("Post"),
    "title": N_("Qualification"),
    "course": N_("Course"),
    "course_version": N_("Version"),
    "standards": N_("Standards"),
    "mark": N_("Mark"),
    "basis": N_("Basis"),
    "issued_on": N_("Issued"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "issuer": N_("Issuer"),
}
"""The facts of a certificate that people read, in their order."""
ON_PAGE = ("course", "course_version", "mark", "basis", "issued_on", "valid_from", "valid_to")
"""Those in the grid of the page; the others have places of their own."""
SILENT = (QualificationState.ACTIVE, QualificationState.PENDING)
"""States that are not written across the page; the first valid day says what is pending."""


def fact(facts: Mapping[str, Any], key: str) -> str:
    """One frozen fact in the language being spoken; empty where the certificate has none."""
    value = facts.get(key)
    if not value:
        return ""
    if key == "title":
        title = pick(value)
        return f"{facts['code']} {title}" if _is_level(facts) else title
    if key == "course" and facts.get("course_title"):
        return f"{pick(facts['course_title'])} ({value})"
    if key == "standards":
        return ", ".join(f"{one['number']} ({one['version']})" for one in value)
    if key == "mark" and facts.get("is_retake"):
        return " ".join((str(value), _("(retake)")))
    if key == "basis":
        return _(BASIS_NAMES[Basis(value)]) if value in BASIS_NAMES else str(value)
    return str(value)


def fact_lines(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value of every fact that the certificate has."""
    return [(_(LABELS[key]), said) for key in LABELS if (said := fact(facts, key))]


def page(
    facts: Mapping[str, Any],
    *,
    kind: QualificationKind,
    revision: str,
    state: QualificationState,
    code: str,
    lang: str,
) -> CertificateWords:
    """What is printed on the page of a certificate.

    Args:
        revision: its number, with the day from the second on.
        code: what the QR code holds.
        lang: a key of `LANGUAGES`, or `both`.
    """
    spoken = tuple(LANGUAGES) if lang == BOTH else (lang,)
    is_level = kind is QualificationKind.LEVEL
    title = N_("Certificate of Level") if is_level else N_("Certificate of Qualification")
    grid = [
        ("　".join(_in(spoken, LABELS[key])), " / ".join(values))
        for key in ON_PAGE
        if (values := _on_page(spoken, facts, key))
    ]
    rests_on = fact(facts, "standards")
    if rests_on:
        rests_on = f"{'　'.join(_in(spoken, LABELS['standards']))}  {rests_on}"
    issue = "　".join(_in(spoken, N_("Revision"))) + f"  {revision}"
    check = _in(spoken, N_("Check it by this code, or by its number:"))
    return CertificateWords(
        lang=spoken[0],
        issuer=str(facts.get("issuer", "")),
        title=_in(spoken, title),
        opening=_in(spoken, N_("This is to certify that")),
        name=str(facts.get("name", "")),
        who="  ·  ".join(said for key in LABELS if key in WHO and (said := fact(facts, key))),
        holds=_in(spoken, N_("holds the qualification")),
        qualification=_facts_in(spoken, facts, "title"),
        facts=grid,
        rests_on=rests_on,
        number=str(facts["number"]),
        check=(issue, *check, f"certify certificate show {facts['number']}"),
        code=code,
        state=() if state in SILENT else _in(spoken, STATE_NAMES[state]),
    )


WHO = frozenset({"staff_no", "department", "post"})
"""Facts below the name."""


def _in(spoken: Sequence[str], message: str) -> tuple[str, ...]:
    """A message in several languages; once where they say the same."""
    said = []
    for name in spoken:
        with speaking(name):
            said.append(_(message))
    return tuple(dict.fromkeys(said))


def _facts_in(spoken: Sequence[str], facts: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A fact in several languages; once where they say the same, not at all where it is none."""
    said = []
    for name in spoken:
        with speaking(name):
            said.append(fact(facts, key))
    return tuple(dict.fromkeys(one for one in said if one))


def _on_page(spoken: Sequence[str], facts: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A fact as the page says it: a course by its title, where the certificate has one."""
    titles = facts.get("course_title")
    if key == "course" and titles:
        return tuple(dict.fromkeys(pick(titles, name) for name in spoken))
    return _facts_in(spoken, facts, key)


def _is_level(facts: Mapping[str, Any]) -> bool:
    """Whether it is a level's: the number begins with the level's code."""
    return str(facts.get("number", "")).startswith(f"{facts['code']}-")
