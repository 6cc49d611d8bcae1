"""A form can be drawn exactly when the bank allows it, and the seed alone decides how."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certify.domain.blueprint import Cell, FormItem, assemble, overlap, shortages, shuffled


@dataclass(frozen=True)
class BankItem:
    """An item as drawing needs it."""

    code: str
    topic: str
    type: str
    difficulty: int


topics = st.sampled_from(["calls", "limits"])
types = st.sampled_from(["single", "multiple"])
cells = st.lists(
    st.builds(
        Cell,
        topic=topics,
        type=types,
        difficulty=st.sampled_from([None, 1, 2, 3]),
        count=st.integers(1, 3),
        points=st.sampled_from([Decimal(1), Decimal("2.5")]),
    ),
    min_size=1,
    max_size=4,
)
banks = st.lists(st.tuples(topics, types, st.integers(1, 3)), min_size=0, max_size=9).map(
    lambda rows: [BankItem(f"IT-{place:03}", *row) for place, row in enumerate(rows)]
)


@st.composite
def feasible(draw: st.DrawFn) -> tuple[list[Cell], list[BankItem]]:
    """A blueprint and a bank that was made to fill it, with some items more."""
    wanted = draw(cells.filter(lambda rows: sum(cell.count for cell in rows) <= 6))
    rows = [
        (cell.topic, cell.type, cell.difficulty or draw(st.integers(1, 3)))
        for cell in wanted
        for _ in range(cell.count)
    ]
    rows += draw(st.lists(st.tuples(topics, types, st.integers(1, 3)), max_size=3))
    rows = draw(st.permutations(rows))
    return wanted, [BankItem(f"IT-{place:03}", *row) for place, row in enumerate(rows)]


def can_fill(wanted: Sequence[Cell], bank: Sequence[BankItem]) -> bool:
    """The oracle, by brute force: try every choice of items for every cell."""
    if not wanted:
        return True
    fitting = [item for item in bank if wanted[0].takes(item)]
    return any(
        can_fill(wanted[1:], [item for item in bank if item not in chosen])
        for chosen in combinations(fitting, wanted[0].count)
    )


def fills(form: Sequence[FormItem], wanted: Sequence[Cell], bank: Sequence[BankItem]) -> bool:
    """Whether the items of a form can be given to the cells with nothing left over."""
    on_form = [item for item in bank if item.code in {one.code for one in form}]
    return len(on_form) == sum(cell.count for cell in wanted) and can_fill(wanted, on_form)


@given(cells, banks)
def test_a_form_can_be_drawn_exactly_when_brute_force_finds_one(
    wanted: list[Cell], bank: list[BankItem]
) -> None:
    assert (not shortages(wanted, bank)) == can_fill(wanted, bank)


@given(feasible(), st.text(max_size=5))
def test_a_drawn_form_fills_every_cell_and_holds_no_item_twice(
    given_: tuple[list[Cell], list[BankItem]], seed: str
) -> None:
    wanted, bank = given_

    form = assemble(wanted, bank, seed, {})

    assert max(Counter(item.code for item in form).values()) == 1
    assert fills(form, wanted, bank)
    assert sum(item.points for item in form) == sum(cell.count * cell.points for cell in wanted)


@given(feasible(), st.data())
def test_a_form_shows_no_item_again_that_an_unseen_one_could_replace(
    given_: tuple[list[Cell], list[BankItem]], data: st.DataObject
) -> None:
    wanted, bank = given_
    seen = {item.code: data.draw(st.integers(0, 2), label=item.code) for item in bank}

    form = assemble(wanted, bank, "seed", seen)

    size = sum(cell.count for cell in wanted)
    possible = [chosen for chosen in combinations(bank, size) if can_fill(wanted, chosen)]
    assert overlap(form, seen) == Fraction(
        min(sum(seen[item.code] > 0 for item in chosen) for chosen in possible), size
    )
    assert sum(seen[item.code] for item in form) == min(
        sum(seen[item.code] for item in chosen) for chosen in possible
    )


def test_a_seen_item_comes_back_only_in_the_cell_that_has_no_other() -> None:
    bank = [
        BankItem("E1", "calls", "single", 1),
        BankItem("E2", "calls", "single", 1),
        BankItem("H1", "calls", "single", 3),
    ]
    any_difficulty = Cell(topic="calls", type="single", count=1)
    hard = Cell(topic="calls", type="single", difficulty=3, count=1)

    form = assemble([any_difficulty, hard], bank, "seed", {"E1": 1, "H1": 1})

    assert {item.code for item in form} == {"E2", "H1"}
    assert overlap(form, {"E1": 1, "H1": 1}) == Fraction(1, 2)
    assert overlap(form, {}) == overlap([], {"E1": 1}) == 0


def test_cells_that_overlap_share_the_items_so_that_both_are_filled() -> None:
    bank = [BankItem("HARD", "calls", "single", 3), BankItem("EASY", "calls", "single", 1)]
    any_difficulty = Cell(topic="calls", type="single", count=1)
    hard = Cell(topic="calls", type="single", difficulty=3, count=1)

    for order in ([any_difficulty, hard], [hard, any_difficulty]):
        assert {item.code for item in assemble(order, bank, "seed", {})} == {"HARD", "EASY"}


def test_a_shortage_names_the_cell_what_it_wants_and_what_is_there() -> None:
    bank = [BankItem(f"LIM-{n:03}", "limits", "single", 1) for n in range(11)]
    wanted = [
        Cell(topic="limits", type="single", count=12),
        Cell(topic="calls", type="single", count=1),
    ]

    found = shortages(wanted, [*bank, BankItem("CAL-001", "calls", "single", 1)])

    assert [(short.cell.topic, short.cell.count, short.available) for short in found] == [
        ("limits", 12, 11)
    ]


BIG_BANK = [BankItem(f"IT-{n:03}", "calls", "single", 1 + n % 3) for n in range(40)]
TEN = [Cell(topic="calls", type="single", count=10)]


@given(st.text(max_size=20))
def test_the_same_seed_gives_the_same_form_whatever_order_the_bank_comes_in(seed: str) -> None:
    assert assemble(TEN, BIG_BANK, seed, {}) == assemble(TEN, BIG_BANK[::-1], seed, {})


def test_other_seeds_give_other_items_in_another_order() -> None:
    forms = [assemble(TEN, BIG_BANK, f"seed-{n}", {}) for n in range(30)]

    assert len({tuple(item.code for item in form) for form in forms}) == 30
    assert len({frozenset(item.code for item in form) for form in forms}) > 25


def test_every_item_of_the_bank_has_its_turn() -> None:
    drawn = Counter(
        item.code for n in range(200) for item in assemble(TEN, BIG_BANK, f"seed-{n}", {})
    )

    assert len(drawn) == 40
    assert 20 < min(drawn.values()) <= max(drawn.values()) < 90


def test_each_item_on_a_form_gets_a_seed_of_its_own_for_its_options() -> None:
    seeds = [item.seed for item in assemble(TEN, BIG_BANK, "seed", {})]

    assert len(set(seeds)) == 10


def test_a_retake_shows_only_items_that_were_not_seen_while_there_are_enough() -> None:
    first = assemble(TEN, BIG_BANK, "first", {})
    second = assemble(TEN, BIG_BANK, "second", {item.code: 1 for item in first})

    assert not {item.code for item in first} & {item.code for item in second}


@given(st.lists(st.text(max_size=4), unique=True), st.text(max_size=4))
def test_shuffling_keeps_every_name_once_and_depends_on_the_seed_alone(
    names: list[str], seed: str
) -> None:
    order = shuffled(names, seed)

    assert sorted(order) == sorted(names)
    assert order == shuffled(reversed(names), seed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 0},
        {"count": 201},
        {"points": 0},
        {"points": "-1"},
        {"points": "0.001"},
        {"points": 101},
        {"difficulty": 0},
        {"difficulty": 4},
        {"weight": 1},
    ],
)
def test_a_cell_refuses_what_no_blueprint_can_mean(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Cell.model_validate({"topic": "calls", "type": "single", "count": 1} | wrong)
