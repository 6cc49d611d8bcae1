"""`certify post`: the jobs that people fill."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.post_needs import needs
from certify.domain.training_need import LAYERS
from certify.i18n import N_, _, pick
from certify.services import departments

TRACKS = ("service", "technical")


@click.group(cls=Group, help=N_("Posts: list, add, which courses they need."))
def post() -> None:
    """The noun."""


@post.command("list", help=N_("List every post."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Codes and names, by code."""
    with call.opened() as (platform, actor):
        found = departments.departments_and_posts(platform, actor=actor).posts
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Code"), _("Post")],
        [[one.code, pick(one.name)] for one in found],
        _("There are no posts."),
    )


@post.command(help=N_("Add a post."))
@argument("code", help=N_("Short code, for instance agent."))
@option("--name", required=True, metavar="TEXT", help=N_("Name."))
@option("--name-en", default="", metavar="TEXT", help=N_("English name."))
@option("--track", type=click.Choice(TRACKS), default="service", help=N_("Line of posts."))
@option(
    "--layer",
    type=click.Choice(LAYERS),
    default="experienced-front-line",
    help=N_("New or experienced, front line or management."),
)
@option("--back-office", is_flag=True, help=N_("This post does not meet customers."))
@pass_call
def add(
    call: Call, code: str, name: str, name_en: str, track: str, layer: str, back_office: bool
) -> None:
    """Add one."""
    with call.opened() as (platform, actor):
        departments.add_post(
            platform,
            actor=actor,
            code=code,
            name=name,
            name_en=name_en,
            track=track,
            layer=layer,
            meets_customers=not back_office,
        )
    click.echo(_("Added: {code}").format(code=code))


post.add_command(needs)
