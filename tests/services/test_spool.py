"""Rows kept aside: all of them, in order, more than once, in flat memory."""

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certify.services import spool
from certify.services.spool import Spool


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=5), max_size=3), max_size=1_200))
def test_every_row_comes_back_in_order_as_often_as_it_is_asked_for(rows: list[list[str]]) -> None:
    with Spool(rows) as kept:
        assert kept.count == len(rows)
        for _time in range(2):
            assert [list(row) for row in kept] == rows


def test_many_rows_need_no_more_memory_than_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 100_000)

    def peak(count: int) -> int:
        tracemalloc.start()
        with Spool((f"{number:06}", "客服专员") for number in range(count)) as kept:
            assert sum(1 for _row in kept) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(40_000) < peak(4_000) + 300_000


def test_rows_that_break_off_leave_nothing_open() -> None:
    def broken() -> Iterator[list[str]]:
        yield ["a"]
        raise RuntimeError("no more rows")

    with pytest.raises(RuntimeError):
        Spool(broken())
