"""`certify person role`: what somebody may do besides learning."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.domain.person import Role
from certify.i18n import N_, _
from certify.services import roles as service
from certify.services.people_words import ROLE_NAMES

_ROLES = click.Choice([role.value for role in Role if role is not Role.LEARNER])


@click.command(cls=Command, help=N_("Give or take roles; without options say which are held."))
@argument("staff_no", help=N_("Staff number of the person."))
@option("--give", multiple=True, type=_ROLES, help=N_("A role to give; may be repeated."))
@option("--take", multiple=True, type=_ROLES, help=N_("A role to take; may be repeated."))
@pass_call
def role(call: Call, staff_no: str, give: tuple[str, ...], take: tuple[str, ...]) -> None:
    """Roles in a moment, without a file."""
    with call.opened() as (platform, actor):
        held = service.change_roles(
            platform,
            actor=actor,
            staff_no=staff_no,
            give=[Role(name) for name in give],
            take=[Role(name) for name in take],
        )
    click.echo(
        _("Roles: {roles}").format(roles=_(", ").join(_(ROLE_NAMES[one]) for one in sorted(held)))
    )
