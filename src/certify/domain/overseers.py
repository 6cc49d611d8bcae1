"""Roles that oversee others: only an administrator gives or takes them."""

from collections.abc import Collection

from certify.domain.person import Actor, Role
from certify.errors import NotPermitted
from certify.i18n import _

OVERSEERS = frozenset({Role.HR, Role.ADMINISTRATOR})
"""HR may not make its own overseers."""


def require_may_give(actor: Actor, roles: Collection[Role]) -> None:
    """Refuse unless the actor may give and take these roles.

    Raises:
        NotPermitted: only an administrator changes who is HR reviewer or administrator.
    """
    if OVERSEERS.intersection(roles) and Role.ADMINISTRATOR not in actor.roles:
        raise NotPermitted(
            _("Only an administrator may change who is HR reviewer or administrator."),
            mend=_("Ask an administrator to do it."),
        )
