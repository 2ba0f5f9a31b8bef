"""Writes the evidence of an act's values. Part of every act that states facts; no act by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Model

from kumppani.access.viewer import Viewer
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence, Source
from kumppani.domain.sources.rules import Cited, Mark, SourceCard, check_cited, check_matches, mark_of
from kumppani.kernel import clock
from kumppani.workflow._record import record, record_evidence, row_of

Evidences = Mapping[str, Cited]
"""Field → why its value stands there. A field left out counts as entered here, or as unknown where it has no value."""


def cite(
    by: Viewer,
    programme: Programme,
    *,
    root: str,
    kind: str,
    key: str,
    values: Mapping[str, object],
    evidence: Evidences | None,
    entered_on: date | None = None,
) -> None:
    """Writes evidence for the fields named in `values`; localised values take one field a language: title.fi."""
    day = entered_on or clock.today(programme.time_zone)
    rows = []
    given = dict(_by_language(values))
    # Evidence for what has no value (a name that is not known in Swedish, say) must say that it is unknown: check_matches sees to it.
    for name, value in {**dict.fromkeys(evidence or ()), **given}.items():
        cited = (evidence or {}).get(name) or _entered(value, day)
        check_cited(cited)
        check_matches(cited, has_value=_has_value(value))
        rows += evidence_rows(by, programme, root=root, kind=kind, key=key, field=name, cited=cited)
    if rows:
        Evidence.objects.bulk_create(rows)
        record_evidence(by, programme, kind, key)


def evidence_rows(by: Viewer, programme: Programme, *, root: str, kind: str, key: str, field: str, cited: Cited) -> list[Evidence]:
    """The chosen row and one for each differing source, not yet saved."""
    place = {"programme": programme, "root": root, "kind": kind, "key": key, "field": field, "entered_by": by.key}
    chosen = Evidence(
        **place,
        mark=cited.mark,
        source=_source(by, programme, cited.source),
        as_of=cited.as_of,
        looked_on=cited.looked_on,
        note=cited.note,
        position=0,
        chosen=True,
    )
    others = [
        Evidence(
            **place,
            mark=mark_of(other.source),
            source=_source(by, programme, other.source),
            as_of=other.as_of,
            wording=other.wording,
            wording_language=other.language,
            note=other.note,
            position=position,
            chosen=False,
        )
        for position, other in enumerate(cited.also, start=1)
    ]
    return [chosen, *others]


def source_row(by: Viewer, programme: Programme, card: SourceCard) -> Source:
    """The programme's row for a source cited; made when it is cited for the first time, brought up to date when its card has changed."""
    fields = {
        "kind": card.kind,
        "title": card.title,
        "publisher": card.publisher,
        "address": card.address,
        "published": card.published,
        "language": card.language,
        "read_on": card.read_on,
        "licence": card.licence,
    }
    source, created = Source.objects.get_or_create(programme=programme, key=card.key, defaults=fields)
    if created:
        record(by, "state_source", source, programme=programme)
    elif any(getattr(source, name) != value for name, value in fields.items()):
        before = row_of(source)
        for name, value in fields.items():
            setattr(source, name, value)
        source.save()
        record(by, "state_source", source, programme=programme, before=before)
    return source


def _source(by: Viewer, programme: Programme, card: SourceCard | None) -> Source | None:
    return source_row(by, programme, card) if card else None


def _by_language(values: Mapping[str, object]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            found += [(f"{name}.{language}", words) for language, words in value.items()] or [(name, None)]
        else:
            found.append((name, value))
    return found


def _has_value(value: object) -> bool:
    return value is not None and value != "" and value != [] and not (isinstance(value, Model) and value.pk is None)


def _entered(value: object, day: date) -> Cited:
    return Cited(Mark.ENTERED, as_of=day) if _has_value(value) else Cited(Mark.UNKNOWN, looked_on=day)
