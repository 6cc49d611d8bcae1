"""How the person at the screen signs in: password, public keys, and who tried lately."""

from collections.abc import Sequence
from datetime import datetime

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, _n
from certify.services.access import public_keys, ways_in
from certify.services.access.ways_in import KeyUse, Password, WaysIn
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.public_key import add_key_form, sure_to_remove
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry, Rows

WHOLE, LEAST_NAME = 50, 16
"""Cells of a fingerprint, which is cut rather than leave less to the name of a key."""
OWN = "own-password"
"""Name of the line of the password; the fingerprints of keys are those of theirs."""


class WaysInScreen(ListPage):
    """Password, public keys, sign-ins and failures of the actor alone."""

    HELP = N_(
        "How you sign in, and who failed to as you just now. P chooses another password. A adds a "
        "public key: with one you come in over SSH without a password, also while the door is "
        "shut to passwords after too many failures. R removes the key under ▸; from then on "
        "nobody comes in by it. If you see a sign-in or a failure that was not you, choose "
        "another password, remove keys you do not know, and tell HR."
    )
    IS_BESIDE = False
    BINDINGS = [
        Binding("p", "password", N_("Password")),
        Binding("a", "add", N_("Add a key")),
        Binding("r", "remove", N_("Remove")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view: WaysIn | None = None
        self.done = self.added = ""

    async def fetch(self) -> None:
        self.view = await self.certify.use(ways_in.own, actor=self.actor)

    def heading(self) -> str:
        return _("My ways in")

    def show(self) -> None:
        super().show()
        if any(one.key.fingerprint == self.added for one in (self.view.keys if self.view else ())):
            rows, mark, self.added = self.query_one(Rows), self.added, ""
            rows.highlighted = rows.get_option_index(mark)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "remove":
            return self._key() is not None
        return super().check_action(action, parameters)

    def entries(self, width: int) -> Sequence[Entry]:
        view = self.view
        if view is None:
            return []
        keys = [Entry(self._line(one, width), one.key.fingerprint) for one in view.keys]
        came = [
            Entry(_pair(self._moment(one.at), safe_line(one.key)), f"in:{place}")
            for place, one in enumerate(view.sign_ins)
        ]
        failed = [
            Entry(_pair(self._moment(one.at), safe_line(_address(one.address))), f"failed:{place}")
            for place, one in enumerate(view.failures)
        ]
        return [
            _head(_("Password")),
            Entry(safe_line(self._password(view)), OWN),
            _head(_("Public keys")),
            *(keys or _nothing(_("None yet. A adds one: you then come in without a password."))),
            _head(_("Last sign-ins")),
            *(came or _nothing(_("None is written down yet."))),
            _head(_("Failed tries that count now")),
            *(failed or _nothing(_("None. Your own sign-in forgets them, and time does."))),
        ]

    def detail(self, name: str) -> Content:
        view = self.view
        if view is None:
            return Content()
        lines: list[str] = []
        if name == OWN:
            lines = [_("Enter or P chooses another one. Nobody can read it, not even HR.")]
        elif one := self._key():
            by = _("added by you") if one.is_own else _("! added by somebody else for you")
            lines = [one.key.fingerprint, f"{one.key.kind} · {by}"]
        elif name.startswith("failed:"):
            lines = [_("Was this you? Else choose another password, and tell HR.")]
        elif name.startswith("in:"):
            lines = [_("Was this not you? Choose another password, remove keys, and tell HR.")]
        return Content("\n").join(safe_line(text) for text in lines)

    def foot(self) -> Content:
        if self.done:
            return safe_line(f"✓ {self.done}", "$success")
        count = len(self.view.keys) if self.view else 0
        return Content(_n("{count} key", "{count} keys", count).format(count=count))

    def open(self, name: str) -> None:
        if name == OWN:
            self.action_password()

    def action_password(self) -> None:
        """Choose another password."""
        from certify.tui.screens.own_password import OwnPasswordScreen

        is_first = self.view is not None and self.view.password is Password.START_CODE
        self.app.push_screen(OwnPasswordScreen(is_first=is_first))

    @work
    async def action_add(self) -> None:
        """Add a public key."""
        if self.view is None:
            return
        form = add_key_form(self.certify, self.actor, self.view.password)
        if mark := await self.app.push_screen_wait(form):
            self.done, self.added = _("The key is added."), mark
            self.reload()

    @work
    async def action_remove(self) -> None:
        """Revoke the key under ▸, once it was confirmed."""
        one = self._key()
        if one is None or self.view is None:
            return
        if not await self.app.push_screen_wait(sure_to_remove(one, self.view.password)):
            return
        mark = one.key.fingerprint
        try:
            await self.certify.use(public_keys.revoke, actor=self.actor, fingerprint=mark)
        except CertifyError as error:
            await self.certify.tell(error)
        else:
            self.done = _("The key is removed.")
        self.reload()

    def _key(self) -> KeyUse | None:
        chosen, keys = self.chosen, self.view.keys if self.view else ()
        return next((one for one in keys if one.key.fingerprint == chosen), None)

    def _password(self, view: WaysIn) -> str:
        if view.password is Password.NONE:
            return _("none: you come in by a key") if view.keys else _("none yet: P sets one")
        since = self._moment(view.password_since) if view.password_since else ""
        if view.password is Password.START_CODE:
            text = _("a start code, given on {moment}") if since else _("a start code")
        else:
            text = _("your own, since {moment}") if since else _("your own")
        return text.format(moment=since)

    def _line(self, one: KeyUse, width: int) -> Content:
        used = _("not used yet")
        if one.used_at is not None:
            used = _("used {moment}").format(moment=self._moment(one.used_at))
        added = _("added {day}").format(day=f"{self.local(one.key.added_at):%Y-%m-%d}")
        rooms = widths(width, [0, WHOLE, 16, 23], [1])
        if rooms[0] < LEAST_NAME:
            rooms = widths(width, [0, 0, 16, 23], [1, 1])
        texts = [one.key.label or _("(no name)"), one.key.fingerprint, added, used]
        return row([fit(text, room) for text, room in zip(texts, rooms, strict=True)])

    def _moment(self, moment: datetime) -> str:
        return f"{self.local(moment):%Y-%m-%d %H:%M}"


def _head(text: str) -> Entry:
    return Entry(Content.styled(text, "bold $primary"))


def _nothing(text: str) -> list[Entry]:
    return [Entry(Content.styled(text, "$foreground 70%"))]


def _pair(moment: str, what: Content) -> Content:
    return Content(f"{moment}  ") + what


def _address(address: str) -> str:
    return address or _("at this machine")
