"""`certify plugin new`: a plugin that works, to be made one's own."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.course_new import asked_titles, taken
from certify.cli.new_folder import refuse_taken, writing_into
from certify.conformance import scaffold
from certify.domain.clean import FORBIDDEN
from certify.errors import BadInput, Refused
from certify.hooks import registry
from certify.i18n import N_, _, _n


@click.command(
    cls=Command,
    help=N_("Make a plugin that works and checks clean: a project of its own, to be changed."),
)
@argument(
    "kind",
    metavar="KIND",
    type=click.Choice(list(scaffold.KINDS)),
    help=N_("What it gives: question-type, item-format, export-format, course or rule."),
)
@argument("name", help=N_("Its name: lower-case letters, digits, hyphens."))
@option(
    "--out",
    type=click.Path(path_type=Path),
    help=N_("Folder to make; without it certify-NAME in the current one."),
)
@option("--title-zh", help=N_("Title in Chinese; only a course has one."))
@option("--title-en", help=N_("Title in English; only a course has one."))
@pass_call
def new(
    call: Call,
    kind: str,
    name: str,
    out: Path | None,
    title_zh: str | None,
    title_en: str | None,
) -> None:
    """Needs no home; a course without titles gets the language being spoken and is asked for.

    Raises:
        BadInput: the name or a title cannot be one, or the folder cannot be written.
        Refused: the name or the folder is taken.
    """
    if not scaffold.is_name(kind, name):
        raise BadInput(
            _("“{name}” is no name of a plugin.").format(name=name),
            mend=_("Use lower-case letters, digits and single hyphens, such as spoken-reply."),
        )
    if kind != "course" and (title_zh or title_en):
        raise BadInput(
            _("Only a course has a title here."), mend=_("Leave out --title-zh and --title-en.")
        )
    plugins = registry.load(call.settings.allowed_plugins)
    if name in plugins.status or name.replace("-", "") in plugins.question_types:
        raise Refused(_("There is a plugin of this name already."), mend=_("Choose another name."))
    folder = out or Path(f"certify-{name}")
    refuse_taken(folder)
    texts = _texts(call, kind, name, title_zh, title_en)
    with writing_into(folder):
        written = scaffold.write(folder, texts)
    count = _n("{count} file", "{count} files", len(written)).format(count=len(written))
    click.echo(_("{folder}: {count} written.").format(folder=folder, count=count))
    click.echo(f"  certify plugin check {folder}")


def _texts(
    call: Call, kind: str, name: str, title_zh: str | None, title_en: str | None
) -> dict[str, str]:
    """The files of the plugin.

    Raises:
        BadInput: a title cannot be one.
    """
    if kind != "course":
        return scaffold.files(kind, name)
    titles = asked_titles(title_zh, title_en, scaffold.title_of(name))
    if any(FORBIDDEN.search(title) or "\n" in title for title in titles.values()):
        raise BadInput(
            _("A title has no control characters."), mend=_("Give it on one line, as plain text.")
        )
    return scaffold.files(kind, name, titles, taken(call))
