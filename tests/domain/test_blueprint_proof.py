"""What a proof says of a blueprint is what counting every form there can be says."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from certify.domain import parallel_forms
from certify.domain.blueprint import Cell
from certify.domain.blueprint_fit import conflicts, fits, times
from certify.domain.blueprint_proof import Comparison, Proof, prove
from certify.domain.parallel_forms import Exposure
from tests.domain.test_blueprint import BankItem, banks, can_fill, cells, feasible

Blueprint = tuple[list[Cell], list[BankItem]]


def proof(
    wanted: Sequence[Cell],
    bank: Sequence[BankItem],
    *,
    forms: int = 20,
    attempts: int = 3,
    max_overlap: Fraction = Fraction(3, 10),
) -> Proof:
    p = {item.code: Fraction(1, 1 + number) for number, item in enumerate(bank)}
    return prove(
        wanted, bank, forms=forms, attempts=attempts, max_overlap=max_overlap, expected_p=p
    )


def comparison(*args: Sequence[object], **options: object) -> Comparison:
    compared = proof(*args, **options).comparison  # type: ignore[arg-type]
    assert compared is not None
    return compared


@st.composite
def separate(draw: st.DrawFn) -> Blueprint:
    """Up to three cells that share no item, each with enough items."""
    kinds = draw(
        st.lists(
            st.tuples(st.sampled_from(["calls", "limits"]), st.sampled_from(["single", "text"])),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    wanted: list[Cell] = []
    bank: list[BankItem] = []
    for topic, type_ in kinds:
        count = draw(st.integers(1, 2))
        points = draw(st.sampled_from([Decimal(1), Decimal("2.5")]))
        wanted.append(Cell(topic=topic, type=type_, count=count, points=points))
        for _ in range(count + draw(st.integers(0, 2))):
            bank.append(BankItem(f"IT-{len(bank):03}", topic, type_, draw(st.integers(1, 3))))
    return wanted, bank


def every_form(wanted: Sequence[Cell], bank: Sequence[BankItem]) -> list[dict[str, Decimal]]:
    """All forms of separate cells: item code → points."""
    choices = [
        [
            dict.fromkeys((item.code for item in chosen), cell.points)
            for chosen in combinations([item for item in bank if cell.takes(item)], cell.count)
        ]
        for cell in wanted
    ]
    return [
        {code: points for part in parts for code, points in part.items()}
        for parts in product(*choices)
    ]


def fewest_missing(wanted: Sequence[Cell], bank: Sequence[BankItem]) -> int:
    """The oracle for what a form lacks at least: Hall's condition over every set of cells."""
    return max(
        sum(cell.count for cell in some)
        - sum(any(cell.takes(item) for cell in some) for item in bank)
        for size in range(len(wanted) + 1)
        for some in combinations(wanted, size)
    )


@given(cells, banks)
def test_the_conflicts_name_exactly_what_is_missing(
    wanted: list[Cell], bank: list[BankItem]
) -> None:
    found = conflicts(wanted, bank)

    assert (not found) == can_fill(wanted, bank)
    assert sum(one.missing for one in found) == fewest_missing(wanted, bank)
    for one in found:
        named = [wanted[place] for place in one.places]
        there = [item for item in bank if any(cell.takes(item) for cell in named)]
        assert (one.wanted, one.available) == (sum(cell.count for cell in named), len(there))
        assert one.missing > 0


@given(cells, banks)
def test_no_cell_is_named_that_has_no_part_in_a_conflict(
    wanted: list[Cell], bank: list[BankItem]
) -> None:
    for one in conflicts(wanted, bank):
        named = [wanted[place] for place in one.places]
        for left_out in range(len(named)):
            others = named[:left_out] + named[left_out + 1 :]
            there = [item for item in bank if any(cell.takes(item) for cell in others)]
            assert sum(cell.count for cell in others) - len(there) < one.missing


def test_cells_that_only_together_want_too_much_are_named_together() -> None:
    bank = [BankItem(f"H{n}", "calls", "single", 3) for n in range(3)]
    any_difficulty = Cell(topic="calls", type="single", count=2)
    hard = Cell(topic="calls", type="single", difficulty=3, count=2)
    other = Cell(topic="limits", type="single", count=1)

    proved = proof([any_difficulty, other, hard], [*bank, BankItem("L1", "limits", "single", 1)])

    assert not proved.is_feasible
    assert proved.comparison is None
    assert [(one.places, one.wanted, one.available) for one in proved.conflicts] == [((0, 2), 4, 3)]
    assert [fit.is_alone for fit in proved.fits] == [False, True, False]
    assert sum(fit.filled for fit in proved.fits) == 4


@given(separate())
@settings(max_examples=60)
def test_exact_figures_are_those_of_every_form_there_can_be(given_: Blueprint) -> None:
    wanted, bank = given_
    forms = every_form(wanted, bank)
    p = {item.code: Fraction(1, 1 + number) for number, item in enumerate(bank)}
    size = sum(cell.count for cell in wanted)

    compared = comparison(wanted, bank)

    pairs = [Fraction(len(one.keys() & two.keys()), size) for one in forms for two in forms]
    assert compared.overlap.is_exact
    assert compared.overlap.mean == sum(pairs, Fraction(0)) / len(pairs)
    assert compared.overlap.least == min(pairs)
    assert compared.overlap.least <= compared.overlap.most <= 1
    for exposure in compared.exposures:
        assert exposure.is_exact
        assert exposure.share == Fraction(sum(exposure.code in form for form in forms), len(forms))
    marks = [
        100
        * sum(Fraction(points) * p[code] for code, points in form.items())
        / sum(map(Fraction, form.values()))
        for form in forms
    ]
    mean = sum(marks, Fraction(0)) / len(marks)
    assert compared.spread.is_exact
    assert (compared.spread.lowest, compared.spread.highest) == (min(marks), max(marks))
    assert compared.spread.mean == mean
    variance = sum((mark - mean) ** 2 for mark in marks) / len(marks)
    assert math.isclose(compared.spread.deviation, math.sqrt(variance), abs_tol=1e-9)


@given(separate(), st.integers(1, 4))
@settings(max_examples=60)
def test_what_is_computed_of_retakes_is_what_drawing_them_gives(
    given_: Blueprint, attempts: int
) -> None:
    wanted, bank = given_
    found = fits(wanted, bank)

    computed = parallel_forms.retake_overlaps(found, bank, 3, attempts)

    assert [one.number for one in computed] == list(range(2, attempts + 1))
    for person in range(3):
        drawn = parallel_forms._person(wanted, bank, person, attempts)
        assert drawn == [one.mean for one in computed] == [one.most for one in computed]


@given(feasible())
@settings(max_examples=60)
def test_no_two_drawn_forms_have_less_in_common_than_is_said_to_be_the_least(
    given_: Blueprint,
) -> None:
    wanted, bank = given_
    size = sum(cell.count for cell in wanted)
    possible = [
        {item.code for item in chosen}
        for chosen in combinations(bank, size)
        if can_fill(wanted, chosen)
    ]

    compared = comparison(wanted, bank)

    least = min(len(one & other) for one in possible for other in possible)
    assert compared.overlap.least == Fraction(least, size)


SHARED = [
    Cell(topic="calls", type="single", count=2),
    Cell(topic="calls", type="single", difficulty=3, count=1),
]
SHARED_BANK = [BankItem(f"C{n}", "calls", "single", 1 + n % 3) for n in range(9)]


def test_figures_of_cells_that_share_items_come_from_drawn_forms_and_say_so() -> None:
    compared = comparison(SHARED, SHARED_BANK, forms=300)

    assert not compared.overlap.is_exact
    assert not compared.spread.is_exact
    assert not any(one.is_exact for one in compared.retakes)
    assert not any(one.is_exact for one in compared.exposures)
    assert sum(one.share for one in compared.exposures) == 3
    total = sum((one.share**2 for one in compared.exposures), Fraction(0)) / 3
    assert abs(compared.overlap.mean - total) < Fraction(1, 50)
    assert compared.spread.lowest < compared.spread.mean < compared.spread.highest
    assert 0 < compared.spread.deviation < float(compared.spread.highest)
    assert compared.retakes[0].mean <= compared.retakes[0].most


def test_the_same_bank_is_proved_in_the_same_way_twice() -> None:
    assert proof(SHARED, SHARED_BANK) == proof(SHARED, SHARED_BANK)


def test_an_item_that_fits_no_cell_is_never_drawn() -> None:
    bank = [*SHARED_BANK, BankItem("X1", "limits", "single", 1)]

    lonely = comparison(SHARED, bank).exposures[-1]

    assert lonely == Exposure("X1", (), Fraction(0), True)


def test_a_bank_for_three_whole_forms_repeats_nothing_and_one_less_repeats_one() -> None:
    wanted = [Cell(topic="calls", type="single", count=2)]
    enough = [BankItem(f"C{n}", "calls", "single", 1) for n in range(6)]

    assert [one.mean for one in comparison(wanted, enough).retakes] == [0, 0]
    assert [one.mean for one in comparison(wanted, enough[1:]).retakes] == [0, Fraction(1, 2)]


@pytest.mark.parametrize(
    ("there", "bound", "more"),
    [
        ((6, 6), "3/10", []),
        ((5, 6), "1/4", []),
        ((5, 6), "0", [(0, 1)]),
        ((5, 5), "1/4", [(0, 1)]),
        # The first cell has not even enough for two forms: an item more there changes nothing.
        ((3, 4), "1/2", [(1, 2)]),
        ((2, 2), "0", [(0, 4), (1, 4)]),
    ],
)
def test_what_the_bank_lacks_for_the_bound_is_named_cell_by_cell(
    there: tuple[int, int], bound: str, more: list[tuple[int, int]]
) -> None:
    wanted = [Cell(topic=topic, type="single", count=2) for topic in ("calls", "limits")]
    bank = [
        BankItem(f"{topic}-{n}", topic, "single", 1)
        for topic, count in zip(("calls", "limits"), there, strict=True)
        for n in range(count)
    ]

    compared = comparison(wanted, bank, max_overlap=Fraction(bound))

    assert [(one.places, one.more) for one in compared.additions] == [
        ((place,), count) for place, count in more
    ]


@given(separate(), st.fractions(0, 1, max_denominator=10))
@settings(max_examples=60)
def test_with_the_items_it_asks_for_the_bound_is_kept(given_: Blueprint, bound: Fraction) -> None:
    wanted, bank = given_
    compared = comparison(wanted, bank, max_overlap=bound)
    assume(compared.additions)
    for one in compared.additions:
        cell = wanted[one.places[0]]
        bank = bank + [
            BankItem(f"NEW-{cell.topic}-{cell.type}-{n}", cell.topic, cell.type, 1)
            for n in range(one.more)
        ]

    assert comparison(wanted, bank, max_overlap=bound).retakes[-1].most <= bound


def test_one_attempt_needs_no_retake_forms() -> None:
    compared = comparison(SHARED, SHARED_BANK, attempts=1)

    assert (compared.retakes, compared.additions) == ((), ())


def test_several_forms_want_a_multiple_even_beyond_what_one_cell_may_hold() -> None:
    assert times([Cell(topic="calls", type="single", count=200)], 3)[0].count == 600
