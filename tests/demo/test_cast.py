"""The cast of the story."""

from kumppani.demo.cast import PERSONAS


def test_no_two_of_the_cast_have_one_key() -> None:
    keys = [persona.key for persona in PERSONAS]
    assert sorted(set(keys)) == sorted(keys)
