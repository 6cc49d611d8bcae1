"""How the screens of one person call the services: off the event loop, with the roles of now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.platform import Platform

P = ParamSpec("P")
Result = TypeVar("Result")


class ServiceCalls:
    """The part of the app that knows the platform and who acts."""

    actor: Actor | None = None
    """Who is at the screen."""
    _platform: Platform | None = None

    @property
    def platform(self) -> Platform:
        """The open platform."""
        if self._platform is None:
            raise RuntimeError("the home is not open yet")
        return self._platform

    async def use(
        self,
        use_case: Callable[Concatenate[Platform, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """Run a use case off the event loop; its errors are the caller's to show.

        Whoever acts has the roles of that moment: one that was taken away ends in an open program,
        too.
        """
        return await asyncio.to_thread(self._run, partial(use_case, self.platform, *args, **kwargs))

    async def use_own(
        self,
        use_case: Callable[Concatenate[Platform, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """Run a use case on what the actor has begun and owns, which asks for no role: theirs are
        not looked up, since an answer is saved as fast as it can be."""
        return await asyncio.to_thread(use_case, self.platform, *args, **kwargs)

    def _run(self, call: partial[Result]) -> Result:
        from certify.services import sign_in

        actor = call.keywords.get("actor")
        if self.actor is None or actor is None or actor.person_id != self.actor.person_id:
            return call()
        return call(actor=sign_in.as_of_now(self.platform, actor))
