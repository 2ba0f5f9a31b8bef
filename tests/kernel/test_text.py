"""Words in several languages."""

from hypothesis import given
from hypothesis import strategies as st

from kumppani.kernel.text import LANGUAGES, Message, Text

texts = st.dictionaries(st.sampled_from([*LANGUAGES, "nl"]), st.text(max_size=5)).map(Text)


def test_words_in_the_readers_language_come_first() -> None:
    assert Text(fi="kaupunki", sv="stad").pick("sv") == ("stad", "sv")


def test_a_missing_language_falls_back_to_finnish_and_says_so() -> None:
    assert Text(fi="kaupunki", en="city").pick("sv") == ("kaupunki", "fi")


def test_words_only_in_a_language_the_interface_does_not_speak_are_still_shown() -> None:
    assert Text(nl="stad").pick("fi") == ("stad", "nl")


@given(texts, st.sampled_from(LANGUAGES))
def test_what_is_picked_is_always_words_of_the_language_it_names(text: Text, language: str) -> None:
    picked = text.pick(language)
    assert picked.value == text.get(picked.language, "")
    assert bool(picked.value) == bool(text)


@given(texts)
def test_equal_words_are_equal_texts_with_equal_hashes(text: Text) -> None:
    again = Text(dict(reversed(list(text.items()))))
    assert (again, hash(again)) == (text, hash(text))


def test_changing_one_language_leaves_the_text_itself_alone() -> None:
    text = Text(fi="a", sv="b")
    assert text.with_("sv", "c") == {"fi": "a", "sv": "c"}
    assert text == {"fi": "a", "sv": "b"}


def test_a_message_fills_its_places_when_it_is_read() -> None:
    assert str(Message("From {start} to {end}.", start="a", end="b")) == "From a to b."
