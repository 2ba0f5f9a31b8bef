"""What the journal's bench does over and over."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection, transaction

from kumppani.access.viewer import SYSTEM
from kumppani.domain.programmes.models import Category, Programme, Scheme
from kumppani.kernel.text import Text
from kumppani.workflow import guard
from kumppani.workflow.programmes import create_programme, state_category


def prepare() -> None:
    """Tables, and a programme of its own."""
    call_command("migrate", verbosity=0)
    create_programme(
        by=SYSTEM, key="bench", name=Text(en="Bench"), summary=Text(en="B"), country="ZZ", currency="EUR", time_zone="UTC", is_training=True
    )
    programme = Programme.objects.get(key="bench")
    state_category(by=SYSTEM, programme=programme, scheme="acts", scheme_title=Text(en="A"), key="first", label=Text(en="First"))
    state_category(by=SYSTEM, programme=programme, scheme="bare", scheme_title=Text(en="B"), key="first", label=Text(en="First"))


def one_act(writer: int, turn: int) -> None:
    """A category stated: rules, evidence, journal."""
    programme = Programme.objects.get(key="bench")
    state_category(by=SYSTEM, programme=programme, scheme="acts", scheme_title=Text(en="A"), key=f"w{writer}-{turn}", label=Text(en="Label"))


def one_bare_insert(writer: int, turn: int) -> None:
    """The same row in a transaction of its own, nothing else."""
    with guard.writing(), transaction.atomic():
        Category.objects.create(scheme=Scheme.objects.get(programme__key="bench", key="bare"), key=f"w{writer}-{turn}", label=Text(en="Label"))


def database() -> str:
    """Which database is measured."""
    return connection.vendor
