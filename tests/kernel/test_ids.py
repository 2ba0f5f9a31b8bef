"""Keys and identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_identifier, check_key

RIGHT = {"business_id": "0179377-8", "ror": "008d1xp69", "lei": "743700EXAMPLE0000043", "pic": "999902104", "training": "TRAINING-0001"}


@pytest.mark.parametrize("scheme", sorted(RIGHT))
def test_a_right_identifier_passes(scheme: str) -> None:
    check_identifier(scheme, RIGHT[scheme])


@given(st.integers(0, 7), st.integers(1, 9))
def test_any_one_wrong_digit_of_a_business_id_is_caught(place: int, shift: int) -> None:
    digits = list("01793778")
    digits[place] = str((int(digits[place]) + shift) % 10)
    with pytest.raises(RuleBroken):
        check_identifier("business_id", f"{''.join(digits[:7])}-{digits[7]}")


@given(st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz"), st.integers(1, 6))
def test_any_one_wrong_letter_of_a_ror_id_is_caught(letter: str, place: int) -> None:
    wrong = RIGHT["ror"][:place] + letter + RIGHT["ror"][place + 1 :]
    if wrong != RIGHT["ror"]:
        with pytest.raises(RuleBroken):
            check_identifier("ror", wrong)


@pytest.mark.parametrize("value", ["0179377-8 ", "01793778", "FI01793778", "", "0179377–8"])
def test_a_business_id_in_another_form_is_refused(value: str) -> None:
    with pytest.raises(RuleBroken, match="not a valid business_id"):
        check_identifier("business_id", value)


def test_an_unknown_scheme_is_refused_by_name() -> None:
    with pytest.raises(RuleBroken, match="“duns” is not a known kind"):
        check_identifier("duns", "1")


@pytest.mark.parametrize("key", ["", "A", "a_b", "a--b", "-a", "a-", "å", "a b", "a" * 61, "a\n"])
def test_a_key_of_another_form_is_refused(key: str) -> None:
    with pytest.raises(RuleBroken):
        check_key(key)


@pytest.mark.parametrize("key", ["fi-2021-01", "a", "7", "a" * 60])
def test_a_key_of_small_letters_digits_and_hyphens_passes(key: str) -> None:
    check_key(key)
