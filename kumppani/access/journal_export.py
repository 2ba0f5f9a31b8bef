"""The journal as lines that anybody can verify: texts of what is public, digests of all others, and the heads that were signed.

A text is public when its object is open to everybody today, nothing in it is internal, and no person is named in it as the one who acted. Personal
fields are in no text at all. Keys in base 64 and signatures are as they were published.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from kumppani.access import visible
from kumppani.access.actors import machines
from kumppani.access.fields import FIELDS, Kind
from kumppani.access.journalled import DIGEST, EVIDENCE, JOURNALLED, PARTS, Recorded, evidence_key, key_of
from kumppani.access.viewer import STRANGER
from kumppani.domain.journal.chain import canonical, text_digest
from kumppani.domain.journal.models import SHARED, Event, Head, PublishedHead
from kumppani.domain.parties.models import Municipality, Region
from kumppani.domain.programmes.models import Category, Programme, Scheme

PIECE = 1000
"""Events read at a time."""

Places = frozenset[tuple[str, str]]
"""Objects by kind and key."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is for everybody: the objects of a chain that are open, and the keys of actors that are no persons."""

    places: Places
    machines: frozenset[str]

    def says_nothing(self, value: object) -> bool:
        """Whether an internal field says no more than that there is nothing, or that no person did it."""
        return value is None or value == "" or value in self.machines


def lines(chains: Iterable[str]) -> Iterator[str]:
    """The lines of some chains: every event, then the signed heads."""
    ends: dict[str, int] = {}
    actors = machines()
    for chain in chains:
        # What is appended while this is written is left for the next time.
        head = Head.objects.filter(chain=chain).first()
        ends[chain] = head.number if head else 0
        public = Open(_public(chain), actors)
        for event in Event.objects.filter(chain=chain, number__lte=ends[chain]).order_by("number").iterator(chunk_size=PIECE):
            yield canonical(_line(event, public))
    for signed in PublishedHead.objects.filter(chain__in=ends).order_by("chain", "number", "pk"):
        if signed.number <= ends[signed.chain]:
            names = ("chain", "number", "digest", "at", "public_key", "signature")
            yield canonical({name: getattr(signed, name) for name in names})


def _line(event: Event, public: Open) -> dict[str, object]:
    said = {"text": event.text} if is_public(event, public) else {"text_digest": text_digest(event.text)}
    return {"chain": event.chain, "number": event.number, "previous": event.previous, "digest": event.digest, **said}


def is_public(event: Event, public: Open) -> bool:
    """Whether the text of an event is for everybody, where `public` is what is open."""
    if event.actor not in public.machines or (event.kind, event.key) not in public.places:
        return False
    said = json.loads(event.text)
    return all(_is_open(_labels()[event.kind], said.get(name, {}), public) for name in ("before", "after"))


def _is_open(label: str, row: Mapping[str, Any], public: Open) -> bool:
    kinds = FIELDS[label]
    for name, value in row.items():
        if name == PARTS:
            carried = _parts(label)
            if not all(part in carried and all(_is_open(carried[part], one, public) for one in rows) for part, rows in value.items()):
                return False
        elif name != DIGEST and not (kinds.get(name) is Kind.OPEN or (kinds.get(name) is Kind.INTERNAL and public.says_nothing(value))):
            return False
    return True


@cache
def _labels() -> Mapping[str, str]:
    """Kind of object → its model."""
    models = (apps.get_model(label) for label, how in JOURNALLED.items() if isinstance(how, Recorded))
    return {model._meta.model_name or "": model._meta.label for model in models} | {EVIDENCE: "sources.Evidence"}


def _parts(label: str) -> Mapping[str, str]:
    """The rows an object carries: their name in its events → their model."""
    how = JOURNALLED[label]
    return {part.name: part.label for part in how.parts} if isinstance(how, Recorded) else {"rows": label}


def _public(chain: str) -> Places:
    """What a chain speaks of that is open to everybody today."""
    programmes = list(visible.programmes(STRANGER))
    if chain == SHARED:
        places = _places(Region.objects.filter(programme__isnull=True)) | _places(Municipality.objects.filter(programme__isnull=True))
        return places.union(*(_places(visible.organisations(STRANGER, programme).filter(programme__isnull=True)) for programme in programmes))
    programme = next((one for one in programmes if one.key == chain), None)
    return _of_programme(programme) if programme else frozenset()


def _of_programme(programme: Programme) -> Places:
    found = (
        Programme.objects.filter(pk=programme.pk),
        Scheme.objects.filter(programme=programme).select_related("programme"),
        Category.objects.filter(scheme__programme=programme).select_related("scheme"),
        Region.objects.filter(programme=programme),
        Municipality.objects.filter(programme=programme),
        visible.agreements(STRANGER, programme).prefetch_related(None),
        visible.versions(STRANGER, programme).prefetch_related(None),
        visible.parties(STRANGER, programme).prefetch_related(None),
        visible.negotiators(STRANGER, programme),
        visible.cooperation_parties(STRANGER, programme).prefetch_related(None),
        visible.priorities(STRANGER, programme).prefetch_related(None),
        visible.commitments(STRANGER, programme).prefetch_related(None),
        visible.measures(STRANGER, programme).prefetch_related(None),
        visible.ecosystems(STRANGER, programme).prefetch_related(None),
        visible.ecosystem_ties(STRANGER, programme).select_related("ecosystem", "organisation"),
        visible.figures(STRANGER, programme).prefetch_related(None),
        visible.sources(STRANGER, programme),
        visible.organisations(STRANGER, programme).filter(programme=programme).prefetch_related(None),
    )
    evidence = visible.evidence(STRANGER, programme).order_by().values_list("kind", "key").distinct()
    places = frozenset({(EVIDENCE, evidence_key(kind, key)) for kind, key in evidence}).union(*map(_places, found))
    return places | {("publication", key) for kind, key in places if kind in {"agreementversion", "figure"}}


def _places(things: QuerySet[Any]) -> Places:
    kind = things.model._meta.model_name or ""
    return frozenset((kind, key_of(thing)) for thing in things)
