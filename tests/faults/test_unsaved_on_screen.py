"""What a person sees while their answer cannot be saved (G3, G6)."""

import time
from pathlib import Path

import pytest

from tests.faults.conftest import Tally
from tests.faults.exams import answered, go_on, is_saved, open_exam, wait_until_saved
from tests.faults.holding import held
from tests.faults.program import Machine
from tests.faults.sizes import size
from tests.faults.sqlite_files import hidden

FULL_ON_SCREEN = size(2, 20)


@pytest.mark.skipif(bool(hidden()), reason=hidden())
def test_an_answer_that_a_full_or_held_database_does_not_take_is_never_called_saved(
    company: Path, tmp_path: Path, tally: Tally
) -> None:
    machine = Machine(tmp_path / "machine")
    taken = []
    with machine.run(company) as one:
        open_exam(one)
        one.press("1")
        wait_until_saved(one, 1)
        for number in range(FULL_ON_SCREEN):
            go_on(one)
            machine.fill_disk()
            begun = time.monotonic()
            one.child.send("1")
            shown = one.read(0.01)
            while "! Not saved" not in shown:
                assert answered(shown) == number + 1 or not is_saved(shown)
                assert time.monotonic() < begun + 20, shown
                shown = one.read(0.01)
            taken.append(time.monotonic() - begun)
            shown = one.read(2.5)  # it tried again, and there was no room again
            assert "! Not saved" in shown
            assert not is_saved(shown)
            machine.free_disk()
            wait_until_saved(one, number + 2)
        go_on(one)
        with held(company / "certify.db"):
            one.child.send("1")
            one.wait_for("… saving")
            assert not is_saved(one.read(1))
        wait_until_saved(one, FULL_ON_SCREEN + 2)
    assert min(taken) < 1
    saved = FULL_ON_SCREEN + 2
    tally("full disk, in a terminal", faults=FULL_ON_SCREEN, acknowledged=saved, lost=0)
