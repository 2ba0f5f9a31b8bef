"""What the journal's bench does over and over."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection, transaction

from kumppani.access.viewer import SYSTEM
from kumppani.domain.programmes.models import Category, Programme, Scheme
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Mark
from kumppani.kernel import clock
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
    """A category stated: permission, rules, evidence, and two events in the journal."""
    programme = Programme.objects.get(key="bench")
    state_category(by=SYSTEM, programme=programme, scheme="acts", scheme_title=Text(en="A"), key=f"w{writer}-{turn}", label=Text(en="Label"))


def the_same_writes(writer: int, turn: int) -> None:
    """The same rows read and written in a transaction without permission, rules and journal: the category and what it stands on."""
    programme, key = Programme.objects.get(key="bench"), f"w{writer}-{turn}"
    with guard.writing(), transaction.atomic():
        scheme = Scheme.objects.select_related("programme").get(programme=programme, key="bare")
        assert not Category.objects.filter(scheme=scheme, key=key).exists()
        category = Category.objects.create(scheme=scheme, key=key, label=Text(en="Label"))
        place = {"programme": programme, "root": "bare", "kind": "category", "key": f"bare/{category.key}", "field": "label.en"}
        Evidence.objects.bulk_create([Evidence(**place, mark=Mark.ENTERED, as_of=clock.today(programme.time_zone), chosen=True, entered_by="system")])


def database() -> str:
    """Which database is measured."""
    return connection.vendor
