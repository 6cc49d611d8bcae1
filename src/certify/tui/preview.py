"""The app of `certify course preview`: the real screens on a folder, loaded again when saved."""

import asyncio

from textual import work

from certify.platform import Platform
from certify.services import previewing
from certify.services.previewing import PreviewView
from certify.settings import Settings
from certify.tui.app import CertifyApp
from certify.tui.page import Page

SECONDS = 1.0
"""Between two looks at the folder."""


class PreviewApp(CertifyApp):
    """Opens on the folder; whatever page is open shows what was saved a moment ago."""

    def __init__(self, settings: Settings, platform: Platform, view: PreviewView) -> None:
        super().__init__(settings, platform=platform)
        self.preview = view

    @work
    async def open_home(self) -> None:
        """Show the folder instead of a person's home page."""
        from certify.tui.screens.preview import PreviewScreen

        self.actor = await self.use(previewing.reader)
        await self.switch_screen(PreviewScreen())
        self.set_interval(SECONDS, self.look)

    @work(group="look")
    async def look(self) -> None:
        """Load the folder again when something in it was saved; an exam goes on undisturbed."""
        if isinstance(self.screen, Page) and self.screen.HOLDS:
            return
        if not await asyncio.to_thread(previewing.has_changed, self.preview):
            return
        self.preview = await self.use(previewing.look, folder=self.preview.folder)
        if isinstance(self.screen, Page):
            self.screen.reload()


def run(settings: Settings, platform: Platform, view: PreviewView) -> int:
    """Run the preview in this terminal until the person leaves; returns the exit code."""
    app = PreviewApp(settings, platform, view)
    app.run()
    return app.return_code or 0
