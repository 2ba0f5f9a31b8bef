"""Who is told of what, and how soon: each thing once, at once or once a day, and letters handed over each at most once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from kumppani.access.inbox import Kind
from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer, viewer_of
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.journal.models import Event
from kumppani.domain.notices.models import Letter
from kumppani.domain.notices.rules import TRIES, How, next_try
from kumppani.domain.parties.models import Person
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.workflow.drafting import pass_draft
from kumppani.workflow.notices import set_notices, settle_letter, take_letter, write_letters
from tests.builders import NOON, commitment_in, published_agreement
from tests.working import Office, open_office

EMAIL = "somebody@ministry.example"


@pytest.fixture
def office(db: None, noon: None) -> Office:
    return open_office()


def person(key: str = "official") -> Person:
    return Person.objects.get(key=key)


def choose(how: How | None = How.AT_ONCE, *, key: str = "official", email: str = EMAIL, **more: How) -> None:
    chosen = {kind.value: how.value for kind in Kind} if how else {}
    given = {**chosen, **{kind: one.value for kind, one in more.items()}}
    set_notices(by=viewer_of(person(key)), person=person(key), email=email, language="fi", how=given)


def write(office: Office, key: str = "official") -> list[Letter]:
    return write_letters(by=SYSTEM, programme=office.programme, person=person(key))


def told(letters: list[Letter]) -> list[tuple[bool, list[str]]]:
    return [(letter.is_daily, [thing["kind"] for thing in letter.things]) for letter in letters]


def test_what_waits_is_told_once_and_what_waits_anew_is_told_anew(office: Office) -> None:
    choose()
    assert told(write(office)) == [(False, ["turn"])]
    assert write(office) == []
    with clock.stopped_at(NOON + timedelta(1)):
        pass_draft(by=office.people["official"], version=office.draft, to=office.city)
        assert write(office) == []
        pass_draft(by=office.people["coordinator"], version=office.draft, to=office.ministry)
        assert told(write(office)) == [(False, ["turn"])]


def test_a_letter_of_the_day_is_written_once_and_not_before_its_hour(office: Office) -> None:
    choose(How.DAILY)
    with clock.stopped_at(NOON.replace(hour=3)):
        assert write(office) == []
    with clock.stopped_at(NOON.replace(hour=8)):
        assert told(write(office)) == [(True, ["turn"])]
    municipality = office.draft.agreement.municipalities.get()
    version = published_agreement(office.programme, "harjoitus-01", 1, office.ministry, office.city, municipality)
    commitment_in(CommitmentState.LATE, version.agreement, 1, office.ministry, office.city)
    assert write(office) == []
    with clock.stopped_at(NOON + timedelta(1)):
        assert told(write(office)) == [(True, ["promise"])]


def test_kinds_go_the_ways_that_were_chosen_and_what_was_not_chosen_goes_daily(office: Office) -> None:
    municipality = office.draft.agreement.municipalities.get()
    version = published_agreement(office.programme, "harjoitus-01", 1, office.ministry, office.city, municipality)
    commitment_in(CommitmentState.LATE, version.agreement, 1, office.ministry, office.city)
    choose(None, turn=How.NEVER)
    assert told(write(office)) == [(True, ["promise"])]
    choose(None, turn=How.AT_ONCE)
    assert told(write(office)) == [(False, ["turn"])]


def test_without_an_address_nothing_is_written(office: Office) -> None:
    choose(email="")
    assert write(office) == []


def test_where_mail_goes_is_ones_own_matter_or_an_administrators(office: Office) -> None:
    given: dict[str, Any] = {"person": person(), "email": EMAIL, "language": "sv", "how": {}}
    administers = Viewer("admin", (Grant("harjoitus", frozenset({Permission.ADMIT_PERSON})),))
    elsewhere = Viewer("admin", (Grant("fi-2021", frozenset({Permission.ADMIT_PERSON})),))
    for other in (STRANGER, office.people["coordinator"], elsewhere):
        with pytest.raises(NotAllowed) as refused:
            set_notices(by=other, **given)
        assert refused.value.code == "not-your-mail"
    assert set_notices(by=administers, **given).email == EMAIL


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"email": "nobody"}, "no-email"),
        ({"email": "a@b.fi\nBcc: other@c.fi"}, "no-email"),
        ({"email": "a@b.fi, c@d.fi"}, "no-email"),
        ({"email": f"{'a' * 64}@{'b' * 240}.fi"}, "no-email"),
        ({"email": "somebody@city.fi"}, "address-of-a-real-person"),
        ({"language": "de"}, "unknown-language"),
        ({"how": {"turn": "weekly"}}, "unknown-notice"),
        ({"how": {"lunch": "daily"}}, "unknown-notice"),
    ],
)
def test_what_cannot_be_an_address_a_language_or_a_choice_is_refused(office: Office, wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        set_notices(by=viewer_of(person()), **{"person": person(), "email": EMAIL, "language": "fi", "how": {}, **wrong})
    assert refused.value.code == code


def test_the_journal_says_that_the_address_changed_and_never_what_it_is(office: Office) -> None:
    choose()
    choose(email="other@ministry.example")
    event = Event.objects.filter(act="set_notices").latest("number")
    assert '"email"' in event.text
    assert not any("ministry.example" in text for text in Event.objects.values_list("text", flat=True))


def test_only_the_service_itself_writes_and_takes_letters(office: Office) -> None:
    choose()
    for does in (lambda by: write_letters(by=by, programme=office.programme, person=person()), lambda by: take_letter(by=by)):
        with pytest.raises(NotAllowed):
            does(office.people["official"])


def test_a_letter_is_taken_by_one_and_never_again_unless_it_is_given_back(office: Office) -> None:
    choose()
    write(office)
    taken = take_letter(by=SYSTEM)
    assert taken is not None
    assert (taken.email, taken.language, take_letter(by=SYSTEM)) == (EMAIL, "fi", None)
    settle_letter(by=SYSTEM, taken=taken, is_sent=False)
    assert take_letter(by=SYSTEM) is None
    with clock.stopped_at(NOON + timedelta(minutes=2)):
        again = take_letter(by=SYSTEM)
        assert again is not None
        assert again.letter.pk == taken.letter.pk
        settle_letter(by=SYSTEM, taken=again, is_sent=True)
    with clock.stopped_at(NOON + timedelta(30)):
        assert take_letter(by=SYSTEM) is None
    assert Letter.objects.get().sent_at == NOON + timedelta(minutes=2)


def test_who_comes_second_to_a_letter_takes_the_next(office: Office) -> None:
    """What another process takes between the question and the taking is left to it."""
    choose()
    choose(key="coordinator", email="other@city.example")
    write(office)
    pass_draft(by=office.people["official"], version=office.draft, to=office.city)
    write(office, "coordinator")
    first = Letter.objects.order_by("written_at", "pk")[0]

    def overtake(execute: Any, sql: str, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        if sql.startswith("SELECT") and "notices_letter" in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"UPDATE notices_letter SET taken_at = written_at WHERE id = {first.pk}")  # noqa: S608 a number of the test's own
        return answer

    with connection.execute_wrapper(overtake):
        taken = take_letter(by=SYSTEM)
    assert taken is not None
    assert taken.email == "other@city.example"


def test_a_letter_is_tried_ever_later_and_given_up_in_the_end(office: Office) -> None:
    assert [next_try(tries, NOON) for tries in (1, 2, TRIES - 1)] == [NOON + timedelta(minutes=2**tries) for tries in (1, 2, TRIES - 1)]
    choose()
    write(office)
    for day in range(TRIES):
        with clock.stopped_at(NOON + timedelta(day)):
            taken = take_letter(by=SYSTEM)
            assert taken is not None
            settle_letter(by=SYSTEM, taken=taken, is_sent=False)
    with clock.stopped_at(NOON + timedelta(TRIES)):
        assert take_letter(by=SYSTEM) is None
    assert (Letter.objects.get().tries, Letter.objects.get().sent_at) == (TRIES, None)
