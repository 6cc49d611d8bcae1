"""`certify post needs` and `certify person needs`: what a post needs, and what one lacks."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.training_need import LAYERS
from certify.errors import BadInput
from certify.i18n import N_, _, _n, pick
from certify.services import training_needs
from certify.services.course_words import LAYERS as LAYER_NAMES


@click.command(
    cls=Command, help=N_("Which modules of courses a post needs: list them, add or remove one.")
)
@argument("post", required=False, default="", help=N_("Code of the post; without it every post."))
@option("--add", metavar="MODULE", help=N_("Let the post need this module."))
@option("--remove", metavar="MODULE", help=N_("Take this module out."))
@option("--layer", type=click.Choice(LAYERS), default=None, help=N_("Only this layer."))
@json_option
@pass_call
def needs(
    call: Call,
    post: str,
    add: str | None,
    remove: str | None,
    layer: str | None,
    as_json: bool,
) -> None:
    """Show or change the matrix."""
    if add and remove:
        raise BadInput(_("Add and remove one after the other."))
    with call.opened() as (platform, actor):
        if add:
            training_needs.add_need(platform, actor=actor, post=post, layer=layer or "", module=add)
        if remove:
            training_needs.remove_need(
                platform, actor=actor, post=post, layer=layer or "", module=remove
            )
        found = training_needs.matrix(platform, actor=actor, post=post)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Post"), _("Layer"), _("Module"), _("Courses")],
        [
            [
                one.post or _("every"),
                _(LAYER_NAMES[one.layer]) if one.layer else _("every"),
                one.module,
                _("; ").join(pick(title) for title in one.courses),
            ]
            for one in found
        ],
        _("No post needs a module yet; --add MODULE adds one."),
    )


@click.command(
    "needs",
    cls=Command,
    help=N_("Which courses a person's post needs, and which of them are done."),
)
@argument("staff_no", help=N_("Staff number of the person."))
@option("--post", metavar="CODE", help=N_("Preview: as if they were on this post."))
@option("--assign", is_flag=True, help=N_("Assign what is missing."))
@json_option
@pass_call
def of_person(call: Call, staff_no: str, post: str | None, assign: bool, as_json: bool) -> None:
    """Show, preview or assign."""
    if post is not None and assign:
        raise BadInput(
            _("A preview assigns nothing."),
            mend=_("Change the post first: “certify person import”."),
        )
    count = 0
    with call.opened() as (platform, actor):
        if assign:
            count = training_needs.assign_needs(platform, actor=actor, staff_no=staff_no)
        found = training_needs.person_needs(platform, actor=actor, staff_no=staff_no, post=post)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Course"), _("Title"), _("Assigned"), _("Lessons read"), _("Exams passed")],
        [
            [one.code, pick(one.title), *map(_yes, (one.is_assigned, one.is_read, one.is_passed))]
            for one in found.courses
        ],
        _("The post needs no courses."),
    )
    if assign:
        text = _n("{count} course was assigned.", "{count} courses were assigned.", count)
        click.echo(text.format(count=count))


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
