"""Adds a public key of one's own, and asks before one is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from certify.i18n import N_, _
from certify.services.access import entering, public_keys
from certify.services.access.ways_in import KeyUse, Password
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.safe_text import safe_text
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

EXAMPLE = "ssh-ed25519 AAAA…"


def add_key_form(app: CertifyApp, actor: Actor, password: Password) -> Form:
    """The dialog; it gives the fingerprint of the key that was added.

    Args:
        password: what there is of one; the person's own is asked for.
    """

    async def send(values: dict[str, str]) -> str:
        await app.use(
            entering.confirm, actor=actor, password=values.get("password", ""), address=app.address
        )
        added = await app.use(
            public_keys.add, actor=actor, line=values["line"], label=values["label"]
        )
        return added.fingerprint

    asks = [
        Ask("line", N_("Public key"), check=required, example=EXAMPLE),
        Ask("label", N_("Called")),
    ]
    if password is Password.OWN:
        asks.append(Ask("password", N_("Your present password"), check=required, is_secret=True))
    about = N_(
        "“ssh-keygen -t ed25519” on your own computer makes two files. Paste the one line of that "
        "which ends in .pub; the other one stays with you alone. Left empty, the name is the "
        "comment at the end of the line."
    )
    return Form(N_("Add a public key"), asks, send, about)


def sure_to_remove(one: KeyUse, password: Password) -> Confirm:
    """The question before a key is taken away.

    Args:
        password: what else the person could sign in with.
    """
    said = [
        one.key.fingerprint,
        _("Nobody signs in by it from now on, and it is never taken again."),
        _("Terminals that are open stay open."),
    ]
    if password is Password.NONE:
        said.append(_("! You have no password: without a key HR must give you a start code."))
    name = one.key.label or one.key.fingerprint
    question = _("Remove the key “{name}”?").format(name=name)
    return Confirm(question, safe_text("\n".join(said)) or Content(), guarded=True)
