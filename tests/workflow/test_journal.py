"""Whatever is done, in whatever order: the journal tells all of it, its chains are whole, and so is what was exported."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kumppani.access.journal_export import lines
from kumppani.access.verify import chains
from kumppani.access.viewer import SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import AgreementVersion, ChangeRequest, Clause, Commitment
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.bodies.models import Body
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Membership, Organisation, Person
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.publishing.models import Publication
from kumppani.kernel.errors import Refusal
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from kumppani.workflow.changes_asked import decide_change, request_change
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.drafting import comment, edit_clause, open_amendment, strike_clause
from kumppani.workflow.feedback import give_feedback
from kumppani.workflow.heads import publish_heads
from kumppani.workflow.negotiation import propose, record_approval, send_back
from kumppani.workflow.organisations import rename_organisation
from kumppani.workflow.people import admit_person, end_role, grant_role
from kumppani.workflow.publishing import publish, withdraw
from kumppani.workflow.seen import seen_of
from tests.access.verifying import in_chains, in_rows
from tests.builders import ENDS, TODAY, category_in, commitment_in, figure_of, organisation_in, priority_of, seen
from tests.universe import KEY, Universe, build_universe
from tools.verify_journal import Reading

WRITERS = 8


def acting_for(organisation: Organisation) -> Viewer:
    return Viewer(f"for-{organisation.key}", (Grant("fi-2021", frozenset(Permission), organisation.key, Reach.ORGANISATION),))


def draft(universe: Universe) -> AgreementVersion:
    return AgreementVersion.objects.filter(agreement=universe.north).latest("number")


def by_of(universe: Universe, number: int) -> Viewer:
    signatories = (universe.organisations.ministry, universe.organisations.city_north)
    return acting_for(signatories[number % 2])


ACTS: dict[str, Callable[[Universe, int], object]] = {
    "register": lambda world, n: organisation_in(world.programme, f"made-{n}"),
    "rename": lambda world, n: rename_organisation(
        by=SYSTEM, organisation=world.organisations.city_south, name=Text(fi=f"Nimi {n}"), valid_from=TODAY + timedelta(days=n)
    ),
    "classify": lambda world, n: category_in(world.programme, "themes", f"made-{n}", Text(fi=f"Teema {n}")),
    "prioritise": lambda world, n: priority_of(world.north, 10 + n),
    "promise": lambda world, n: commitment_in(
        CommitmentState.LATE, world.north, 20 + n, world.organisations.ministry, world.organisations.city_north
    ),
    "correct words": lambda world, n: correct_fact(
        by=SYSTEM,
        programme=world.programme,
        kind="priority",
        key=world.priorities[0].key,
        field="title.sv",
        value=f"Titel {n}",
        cited=seen(),
    ),
    "correct a day": lambda world, n: correct_fact(
        by=SYSTEM,
        programme=world.programme,
        kind="commitment",
        key=next(iter(world.commitments.values())).key,
        field="due_on",
        value=date(2026, 1, 1 + n),
        cited=seen(),
    ),
    "correct an identifier": lambda world, n: correct_fact(
        by=SYSTEM,
        programme=world.programme,
        kind="organisation",
        key=world.organisations.city_north.key,
        field="identifier.pic",
        value=f"{900000000 + n}",
        cited=seen(),
    ),
    "publish": lambda world, _n: publish(by=SYSTEM, version=world.unpublished.versions.get()),
    "withdraw": lambda world, n: withdraw(by=SYSTEM, publication=Publication.objects.order_by("pk")[n % 3], reason=Text(fi="Syy")),
    "figure": lambda world, n: figure_of(world.programme, f"made-{n}", 90 + n, Amount(10000), "100", agreement=world.north),
    "admit": lambda world, n: admit_person(by=SYSTEM, key=f"made-{n}", name=f"Name {n}", programme=world.programme),
    "grant": lambda world, n: grant_role(
        by=SYSTEM, person=Person.objects.get(key=f"made-{n}"), role="bystander", programme=world.programme, valid_to=ENDS
    ),
    "end": lambda world, n: end_role(by=SYSTEM, membership=Membership.objects.order_by("-pk")[n % 3], on=TODAY),
    "say": lambda world, n: give_feedback(
        by=SYSTEM, programme=world.programme, topic="mistake", message=f"Virhe {n}", email="", language="fi", page="/fi/", attempt=f"made-{n}"
    ),
    "amend": lambda world, n: open_amendment(by=by_of(world, n), agreement=world.north),
    "write": lambda world, n: edit_clause(
        by=by_of(world, n), version=draft(world), code=f"made-{n}", number=n + 1, heading=Text(fi="Otsikko"), body=Text(fi=f"Teksti {n}")
    ),
    "strike": lambda world, n: strike_clause(
        by=by_of(world, n), clause=Clause.objects.get(version=draft(world), code=f"made-{n}"), seen=seen_of(Clause.objects.get(code=f"made-{n}"))
    ),
    "comment": lambda world, n: comment(by=by_of(world, n), clause=Clause.objects.filter(version=draft(world)).latest("pk"), words=f"Ei {n}"),
    "write more": lambda world, n: edit_clause(
        by=by_of(world, n), version=draft(world), code=f"more-{n}", number=n + 9, heading=Text(fi="Otsikko"), body=Text(fi=f"Lisää {n}")
    ),
    "propose": lambda world, n: propose(by=by_of(world, n), version=draft(world)),
    "approve": lambda world, n: record_approval(
        by=acting_for(world.organisations.city_north),
        version=draft(world),
        digest=draft(world).proposed_digest,
        body=Body.objects.get(key="city-north-board"),
        decided_on=TODAY,
    ),
    "send back": lambda world, n: send_back(by=by_of(world, n + 1), version=draft(world), reason="Ei"),
    "ask": lambda world, n: request_change(
        by=by_of(world, n),
        agreement=world.north,
        kind="commitment",
        key=next(iter(world.commitments.values())).key,
        wanted={"promise.fi": f"Lupaus {n}"},
        reason="Syy",
        seen=seen_of(Commitment.objects.get(pk=next(iter(world.commitments.values())).pk)),
    ),
    "decide": lambda world, n: decide_change(
        by=by_of(world, n + 1), request=ChangeRequest.objects.latest("number"), accept=n % 3 > 0, reason="Perustelu"
    ),
    "sign": lambda _world, _n: publish_heads(by=SYSTEM, key=KEY),
}

SILENT = {"sign", "say"}
"""What leaves nothing the second time: a chain that has not grown, a form sent twice."""


def attempt(universe: Universe, name: str, number: int) -> bool:
    """Whether the act happened; what is refused, or has nothing to be done to, has not."""
    before = Event.objects.count()
    try:
        ACTS[name](universe, number)
    except (Refusal, ObjectDoesNotExist):
        assert Event.objects.count() == before
        return False
    assert Event.objects.count() > before or name in SILENT
    return True


def everything_agrees() -> None:
    assert in_chains() == []
    assert in_rows() == []
    assert list(Reading().faults(lines(chains()))) == []


def test_in_a_sensible_order_every_one_of_these_acts_happens(universe: Universe) -> None:
    assert [name for name in ACTS if not attempt(universe, name, 1)] == []
    everything_agrees()


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 4)), min_size=4, max_size=24))
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_in_whatever_order_the_journal_tells_all_of_it(universe: Universe, acts: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        for name, number in acts:
            attempt(universe, name, number)
        everything_agrees()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_eight_who_write_at_once_in_two_programmes_and_on_one_object_leave_whole_chains() -> None:
    universe = build_universe()
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(4):
                organisation_in(universe.programme, f"w{number}-{turn}")
                category_in(universe.training, "themes", f"w{number}-{turn}", Text(fi="Teema"))
                admit_person(by=SYSTEM, key=f"w{number}-{turn}", name="Name", programme=None)
                ACTS["correct a day"](universe, turn + number)
                ACTS["correct words"](universe, turn + number)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    before = Event.objects.count()
    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    # Each correction leaves two events, what changed and what it stands on; an organisation and a category may cite something as well.
    assert Event.objects.count() >= before + WRITERS * 4 * 7
    everything_agrees()
