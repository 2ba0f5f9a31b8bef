"""The training programme, told from its first day to its last through the acts of the workflow. Telling it twice gives the same rows and digests."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kumppani.access.viewer import SYSTEM
from kumppani.demo import cast, ecosystems, follow_up, kullervonkoski, money, next_round, steering, table, tapionsatama, vellamonlinna, world
from kumppani.demo.telling import Episode, World, day, episode, on, tell
from kumppani.domain.parties.mandates import MandateLevel
from kumppani.domain.programmes.models import Programme
from kumppani.workflow.feedback import give_feedback
from kumppani.workflow.mandates import give_mandate
from kumppani.workflow.people import establish_roles
from kumppani.workflow.training import reset_training

KEY = world.KEY


def build() -> tuple[Programme, bool]:
    """The training programme, and whether it had to be told: all of it, or nothing when something goes wrong."""
    known = Programme.objects.filter(key=KEY).first()
    return (known, False) if known else (_tell(), True)


def rebuild() -> Programme:
    """Forgets everything that was done in the training programme and tells it anew, before anybody sees it gone."""
    with transaction.atomic():
        if known := Programme.objects.filter(key=KEY).first():
            reset_training(by=SYSTEM, programme=known)
        return _tell()


def _tell() -> Programme:
    # Not `together`, which would give all events the time of the last one.
    with transaction.atomic():
        with on(FIRST_DAY):
            told = _begin()
        chapters = (vellamonlinna, tapionsatama, kullervonkoski, money, table, follow_up, steering, ecosystems, next_round)
        tell(told, (*_SETTING, *(told_on for chapter in chapters for told_on in chapter.EPISODES), *_LETTERS))
        return told.programme


def _begin() -> World:
    """What the installation itself does: the programme, and somebody who lets the others in."""
    establish_roles(by=SYSTEM)
    told = world.create()
    cast.admit_administrator(told)
    cast.admit(told, ["coordinator"])
    return told


def _set_up(told: World, _today: date) -> None:
    world.classify(told)
    world.settle(told)
    world.found(told)
    cast.admit_all(told)


def _rename(told: World, _today: date) -> None:
    world.rename(told)


def _mandate(told: World, _today: date) -> None:
    """The university lets somebody prepare in its name."""
    give_mandate(
        by=told.cast["representative"],
        programme=told.programme,
        organisation=told.organisations["university"],
        person=told.cast["applicant"].key,
        level=MandateLevel.PREPARE,
    )


def _write(written: str, by: str, topic: str, message: str) -> Episode:
    """Somebody writes to the service; the words are for the operator alone."""

    def happens(told: World, _today: date) -> None:
        give_feedback(by=told.cast[by], programme=told.programme, topic=topic, message=message, email="", language="fi", page="", attempt=written)

    return episode(written, happens)


FIRST_DAY = day("2024-01-15")
_SETTING = (episode("2024-01-22", _set_up), episode("2025-06-30", _rename), episode("2026-02-02", _mandate))
_LETTERS = (
    _write("2026-06-03", "applicant", "missing", "Toisen sopimuksen voimassaolon alku puuttuu."),
    _write("2026-06-04", "evaluator", "accessibility", "Kartassa oli vaikea liikkua näppäimistöllä."),
)
