"""The journal: one chain per programme, written last, whole or not at all."""

import json
import threading
from collections.abc import Callable

import pytest
from django.db import connections

from kumppani.access.viewer import SYSTEM
from kumppani.domain.journal.chain import digest_of
from kumppani.domain.journal.models import Event, Head
from kumppani.domain.programmes.models import Category, Programme, Scheme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow._record import Unrecorded, record, together
from kumppani.workflow.guard import WriteOutsideAct
from kumppani.workflow.people import admit_person
from kumppani.workflow.programmes import create_programme, state_category


def a_programme(key: str = "p") -> Programme:
    return create_programme(by=SYSTEM, key=key, name=Text(en="P"), summary=Text(en="S"), country="FI", currency="EUR", time_zone="Europe/Helsinki")


def a_category(programme: Programme, key: str) -> Category:
    return state_category(by=SYSTEM, programme=programme, scheme="themes", scheme_title=Text(en="Themes"), key=key, label=Text(en=key))


def assert_chain_whole(chain: str) -> None:
    """The slow second answer: every digest computed anew from the stored text."""
    previous = ""
    events = list(Event.objects.filter(chain=chain).order_by("number"))
    for number, event in enumerate(events, start=1):
        assert (event.number, event.previous, event.digest) == (number, previous, digest_of(previous, event.text))
        previous = event.digest
    head = Head.objects.get(chain=chain)
    assert (head.number, head.digest) == (len(events), previous)


@pytest.mark.django_db
def test_an_act_leaves_an_event_that_says_who_did_what_to_which_object() -> None:
    a_programme()
    event = Event.objects.get(chain="p", kind="programme")
    assert (event.actor, event.act, event.key, event.number) == ("system", "create_programme", "p", 1)
    assert json.loads(event.text)["after"]["currency"] == "EUR"


@pytest.mark.django_db
def test_the_chain_is_whole_after_several_acts() -> None:
    programme = a_programme()
    for key in ("a", "b", "c"):
        a_category(programme, key)
    assert_chain_whole("p")


@pytest.mark.django_db
def test_each_programme_has_its_own_chain() -> None:
    a_category(a_programme("p"), "a")
    before = Head.objects.get(chain="p").digest
    a_category(a_programme("q"), "a")
    assert Head.objects.get(chain="p").digest == before
    assert_chain_whole("p")
    assert_chain_whole("q")


@pytest.mark.django_db
def test_what_belongs_to_no_programme_goes_to_the_shared_chain() -> None:
    admit_person(by=SYSTEM, key="reference", name="", programme=None, is_system=True)
    assert Event.objects.filter(chain="").exists()
    assert_chain_whole("")


@pytest.mark.django_db
def test_a_personal_field_never_reaches_the_journal() -> None:
    admit_person(by=SYSTEM, key="someone", name="Maija Mallikas", programme=None)
    assert not Event.objects.filter(text__contains="Mallikas").exists()


@pytest.mark.django_db
def test_a_refused_act_changes_nothing_and_leaves_no_event() -> None:
    programme = a_programme()
    a_category(programme, "a")
    before = (Category.objects.count(), Event.objects.count())

    def two_acts_of_which_the_second_is_refused() -> None:
        with together():
            a_category(programme, "b")
            a_category(programme, "a")

    with pytest.raises(RuleBroken):
        two_acts_of_which_the_second_is_refused()
    assert (Category.objects.count(), Event.objects.count()) == before


@pytest.mark.django_db
def test_recording_outside_an_act_is_a_mistake() -> None:
    with pytest.raises(WriteOutsideAct):
        record(SYSTEM, "publish", Programme(key="p"), programme=Programme(key="p"))


def in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Runs `work` in threads with connections of their own; returns what they raised."""
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_leave_one_whole_chain() -> None:
    programme = a_programme()

    def five_categories(number: int) -> None:
        for turn in range(5):
            a_category(programme, f"w{number}-{turn}")

    assert in_threads(8, five_categories) == []
    assert Category.objects.count() == 40
    assert_chain_whole("p")


@pytest.mark.django_db
def test_an_act_that_writes_what_none_of_its_events_tells_is_refused_and_undone() -> None:
    programme = a_programme()

    def writes_and_says_nothing() -> None:
        with together():
            Scheme.objects.create(programme=programme, key="silent", title=Text(en="Silent"))

    with pytest.raises(Unrecorded, match=r"programmes\.Scheme was written"):
        writes_and_says_nothing()
    assert not Scheme.objects.filter(key="silent").exists()
