"""A role that was taken away ends in a program that is open already."""

import pytest

from certify.domain.person import Role, RoleGrant
from certify.errors import NotPermitted
from certify.platform import Platform
from certify.services import proposals, sign_in
from certify.tui.screens.home import HomeScreen
from tests.platforms import actor
from tests.services.second_person import second_hr
from tests.tui.conftest import OnePage, Show


async def test_who_is_at_the_screen_has_the_roles_of_this_moment(
    show: Show, sqlite_platform: Platform
) -> None:
    second = second_hr(sqlite_platform)
    async with show("H0002", HomeScreen) as pilot:
        app = pilot.app
        assert isinstance(app, OnePage)
        assert await app.use(proposals.listed, actor=second) == []

        with sqlite_platform.database.write() as session:
            session.delete(session.get_one(RoleGrant, (second.person_id, Role.HR)))

        with pytest.raises(NotPermitted):
            await app.use(proposals.listed, actor=second)


def test_roles_that_nobody_changed_leave_the_actor_as_it_is(sqlite_platform: Platform) -> None:
    who = actor(sqlite_platform, "E1001")

    assert sign_in.as_of_now(sqlite_platform, who) is who
