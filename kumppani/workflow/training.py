"""Forgetting a training programme: the one deletion there is, and the only one the journal allows."""

from __future__ import annotations

from functools import cache, partial
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.documents import store
from kumppani.domain.documents.models import File
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.domain.programmes.rules import check_is_training
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _
from kumppani.workflow._record import act, forget_what_was_written

SHARED = "shared:"
"""How a model's path begins that belongs to no programme."""


@act
def reset_training(*, by: Viewer, programme: Programme) -> None:
    """Deletes every row whose path leads to a training programme, and its chain of the journal. No other row or chain changes; nothing is recorded.

    Its files leave the disk when the deletion is final, unless a row still names them.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    check_can(by, Permission.RESET_TRAINING, programme.key)
    check_is_training(programme.key, is_training=programme.is_training)
    digests = list(File.objects.filter(programme=programme).values_list("digest", flat=True))
    try:
        for model in children_first():
            _delete(model, programme.key)
    except models.ProtectedError as error:
        reason = _("Something outside the training programme “{key}” points to it: nothing was deleted.", key=programme.key)
        raise RuleBroken("training-row-in-use", reason) from error
    forget_what_was_written()
    transaction.on_commit(partial(_sweep, digests))


def rows_of(model: type[models.Model], programme: str) -> models.QuerySet[Any]:
    """The rows of a model whose path leads to the programme; none of what programmes share."""
    path: str = getattr(model, "programme_path")  # noqa: B009 every model of the domain declares it, which the type of a model does not say
    if path.startswith(SHARED):
        return model._default_manager.none()
    return model._default_manager.filter(**{path: programme})


@cache
def children_first() -> tuple[type[models.Model], ...]:
    """The models of the domain, each before those it points to."""
    domain = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kumppani.domain.")]
    order: TopologicalSorter[type[models.Model]] = TopologicalSorter({model: set() for model in domain})
    for model in domain:
        for field in _pointers(model):
            if field.related_model is not model:
                order.add(field.related_model, model)
    return tuple(order.static_order())


def _pointers(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _delete(model: type[models.Model], programme: str) -> None:
    rows = rows_of(model, programme)
    # A row that points to one of its own kind (a part to its whole) would protect it from being deleted with it.
    if own := [field.name for field in _pointers(model) if field.related_model is model]:
        rows.update(**dict.fromkeys(own))
    rows.delete()


def _sweep(digests: list[str]) -> None:
    named = set(File.objects.filter(digest__in=digests).values_list("digest", flat=True))
    for digest in set(digests) - named:
        store.discard(settings.FILES_FOLDER, digest)
