"""Certificate numbers carry a check digit that finds any single wrong digit (R-CRT-02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.certificate import certificate_number, check_digit, is_number

numbers = st.builds(
    certificate_number,
    st.sampled_from(["L1", "L4", "PQ"]),
    st.integers(2000, 2099),
    st.integers(1, 2_000_000),
)


def test_the_check_digit_is_that_of_luhn() -> None:
    assert check_digit("7992739871") == 3
    assert check_digit("0") == 0


def test_a_number_names_series_year_and_running_number() -> None:
    number = certificate_number("L1", 2024, 123)

    assert number.startswith("L1-2024-000123-")
    assert number[-1] == str(check_digit("2024000123"))


@given(numbers)
def test_every_number_given_out_is_known_as_one_in_either_case(number: str) -> None:
    assert is_number(number)
    assert is_number(f"  {number.lower()} ")


@given(numbers, st.data())
def test_any_single_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    series, _, digits = number.partition("-")
    places = [place for place, character in enumerate(digits) if character.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))

    assert not is_number(f"{series}-{digits[:place]}{other}{digits[place + 1 :]}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "L1",
        "-2024-000123-{digit}",
        "L1-2024-000123",
        "L1-20240-00123-{digit}",
        "L1-202-4000123-{digit}",
        "L1-2024-000123-{digit}{digit}",
        "L1-2024-00012３-{digit}",
        "L1-2024-000123-{digit}\n; rm",
        "1L-2024-000123-{digit}",
    ],
)
def test_what_has_another_form_is_no_number_even_if_its_digits_add_up(text: str) -> None:
    digit = check_digit("2024000123")

    assert is_number(f"L1-2024-000123-{digit}")
    assert not is_number(text.format(digit=digit))
