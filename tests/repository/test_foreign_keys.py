"""A foreign key named by a string is no import, so the import linter does not see it: the models themselves are asked."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]


def _ranks() -> dict[str, int]:
    """How new each concept is, by the order in pyproject.toml; those side by side share a rank."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "concepts")
    return {name.strip(" ()"): rank for rank, layer in enumerate(reversed(layers)) for name in layer.split("|")}


def _concept(model: type[Model]) -> str:
    _, room, concept, *_ = model.__module__.split(".")
    assert room == "domain", model
    return concept


def test_a_concept_points_only_to_older_ones() -> None:
    ranks = _ranks()
    pointers = [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("kumppani.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and str(getattr(field.related_model, "__module__", "")).startswith("kumppani.")
    ]
    assert len(pointers) > 20, "the walk finds no foreign keys"
    newer = [
        f"{model.__name__}.{field.name} points to {field.related_model.__name__}"
        for model, field in pointers
        if (mine := _concept(model)) != (other := _concept(field.related_model)) and ranks[other] >= ranks[mine]
    ]
    assert newer == []
