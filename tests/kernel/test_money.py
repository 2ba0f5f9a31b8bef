"""Sums as sources state them."""

import pytest

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.money import Amount, Qualifier


@pytest.mark.parametrize(
    "amount",
    [
        Amount(exact=0),
        Amount(exact=500_000_000),
        Amount(lower=1, upper=1, qualifier=Qualifier.ABOUT),
        Amount(upper=1_300_000_000, qualifier=Qualifier.NEARLY),
        Amount(lower=5, qualifier=Qualifier.AT_LEAST),
    ],
)
def test_an_exact_sum_or_bounds_with_their_word_pass(amount: Amount) -> None:
    amount.check()


@pytest.mark.parametrize(
    "amount",
    [
        Amount(),
        Amount(exact=1, lower=1, qualifier=Qualifier.ABOUT),
        Amount(exact=1, qualifier=Qualifier.ABOUT),
        Amount(lower=1),
        Amount(qualifier=Qualifier.ABOUT),
        Amount(exact=-1),
        Amount(lower=2, upper=1, qualifier=Qualifier.ABOUT),
    ],
)
def test_a_sum_that_is_both_neither_negative_or_backwards_is_refused(amount: Amount) -> None:
    with pytest.raises(RuleBroken):
        amount.check()
