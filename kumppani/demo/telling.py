"""How the story is told: words in three languages, the day on which something happens, and the world that the tellers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, Priority
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.programmes.models import Category, Programme
from kumppani.kernel import clock
from kumppani.kernel.text import Text


def say(fi: str, sv: str, en: str) -> Text:
    """The same words in the three languages of the interface."""
    return Text(fi=fi, sv=sv, en=en)


def day(written: str) -> date:
    """A day written 2024-03-05."""
    return date.fromisoformat(written)


@contextmanager
def on(happened: date) -> Iterator[None]:
    """What is told inside happens on that day, at ten o'clock UTC: events get the same time whenever the story is told."""
    with clock.stopped_at(datetime.combine(happened, time(10), UTC)):
        yield


@dataclass(slots=True)
class World:
    """What has been told so far, by names that only the story uses."""

    programme: Programme
    cast: dict[str, Viewer] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    places: dict[str, Municipality] = field(default_factory=dict)
    themes: dict[str, Category] = field(default_factory=dict)
    action_types: dict[str, Category] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    priorities: dict[str, Priority] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Episode:
    """What happens on one day."""

    day: date
    happens: Callable[[World, date], None]


def episode(written: str, happens: Callable[[World, date], None]) -> Episode:
    """An episode on the day written 2024-03-05."""
    return Episode(day(written), happens)


def tell(world: World, episodes: Iterable[Episode]) -> None:
    """Tells episodes in the order in which they happen; those of one day in the order in which they stand."""
    for told in sorted(episodes, key=lambda one: one.day):
        with on(told.day):
            told.happens(world, told.day)
