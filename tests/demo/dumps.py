"""Every row of the domain, to compare before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model

from kumppani.workflow.training import rows_of

Row = Mapping[str, Any]


def domain_models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kumppani.domain.")]


def everything_but(programme: str) -> dict[str, list[Row]]:
    """All rows whose path does not lead to the programme, primary keys included."""
    return {
        model._meta.label: list(model._default_manager.exclude(pk__in=rows_of(model, programme).values("pk")).order_by("pk").values())
        for model in domain_models()
    }


def rows_in(programme: str) -> dict[str, list[Row]]:
    """The rows whose path leads to the programme; primary keys, which a database never gives twice, stand as their place among the programme's."""
    places = {
        model: {pk: place for place, pk in enumerate(rows_of(model, programme).order_by("pk").values_list("pk", flat=True))}
        for model in domain_models()
    }
    return {model._meta.label: [_row(thing, places) for thing in rows_of(model, programme).order_by("pk")] for model in domain_models()}


def _row(thing: Model, places: Mapping[type[Model], Mapping[Any, int]]) -> Row:
    row: dict[str, Any] = {}
    for field in thing._meta.concrete_fields:
        value = getattr(thing, field.attname)
        points_to = type(thing) if field.primary_key else field.related_model
        row[field.name] = places[points_to].get(value, value) if isinstance(points_to, type) and points_to in places else value
    return row
