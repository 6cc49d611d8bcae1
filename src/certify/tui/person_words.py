"""How people are said: the same words on every screen."""

from rich.cells import cell_len

from certify.domain.person import Role
from certify.i18n import _
from certify.services.people_words import ROLE_NAMES


def number_width() -> int:
    """Cells of a column of staff numbers."""
    return max(8, cell_len(_("Staff no.")))


def roles(held: tuple[Role, ...]) -> str:
    """The roles of a person; being a learner is only said when it is all they are."""
    named = tuple(role for role in held if role is not Role.LEARNER) or held
    return _(", ").join(_(ROLE_NAMES[role]) for role in named)
