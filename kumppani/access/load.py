"""The only way an edge gets one object. What is not there, and what is not for this viewer to know of, is the same: Missing."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

from kumppani.access import visible
from kumppani.access.checks import can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Commitment, Measure, Priority, WorkbookLoad
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.documents.models import File
from kumppani.domain.ecosystems.models import Ecosystem
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.domain.sources.models import Source
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Message, _

Thing = TypeVar("Thing", bound=Model)


def _one(found: QuerySet[Thing], reason: Message) -> Thing:
    thing = found.first()
    if thing is None:
        raise Missing("not-found", reason)
    return thing


def programme(viewer: Viewer, key: str | None = None) -> Programme:
    """The programme named, or the default one."""
    wanted = key or settings.DEFAULT_PROGRAMME
    return _one(visible.programmes(viewer).filter(key=wanted), _("There is no programme “{key}” here.", key=wanted))


def agreement(viewer: Viewer, programme: Programme, key: str) -> Agreement:
    """A published agreement."""
    return _one(visible.agreements(viewer, programme).filter(key=key), _("There is no agreement “{key}” here.", key=key))


def agreement_to_fill(viewer: Viewer, key: str, programme: str | None = None) -> Agreement:
    """An agreement, published or not, for who may load its workbook; to anybody else it is not there."""
    reason = _("There is no agreement “{key}” here.", key=key[:60])
    found = Agreement.objects.select_related("programme").filter(key=key)
    agreement = _one(found if programme is None else found.filter(programme__key=programme), reason)
    if not can(viewer, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement)):
        raise Missing("not-found", reason)
    return agreement


def workbook_load(viewer: Viewer, key: str, number: int, programme: str | None = None) -> WorkbookLoad:
    """One run in which an agreement's workbook was loaded, for who may load it too."""
    agreement = agreement_to_fill(viewer, key, programme)
    return _one(agreement.workbook_loads.filter(number=number), _("There is no such load of the workbook here."))


def version(viewer: Viewer, programme: Programme, key: str, number: int) -> AgreementVersion:
    """A published version of an agreement."""
    found = visible.versions(viewer, programme).filter(agreement__key=key, number=number)
    return _one(found, _("There is no version {number} of the agreement “{key}” here.", number=number, key=key))


def withdrawn_agreement(_viewer: Viewer, programme: Programme, key: str) -> AgreementVersion:
    """The version of an agreement that was open and is not any more: its page says so and why."""
    found = AgreementVersion.objects.filter(agreement__programme=programme, agreement__key=key, publication__status=PublicationStatus.WITHDRAWN)
    return _one(found.select_related("agreement", "publication").order_by("-number"), _("There is no agreement “{key}” here.", key=key))


def priority(viewer: Viewer, programme: Programme, key: str) -> Priority:
    """A priority of a published agreement."""
    return _one(visible.priorities(viewer, programme).filter(key=key), _("There is no priority “{key}” here.", key=key))


def commitment(viewer: Viewer, programme: Programme, key: str) -> Commitment:
    """A commitment of a published agreement."""
    return _one(visible.commitments(viewer, programme).filter(key=key), _("There is no commitment “{key}” here.", key=key))


def measure(viewer: Viewer, programme: Programme, key: str) -> Measure:
    """A measure of a published agreement."""
    return _one(visible.measures(viewer, programme).filter(key=key), _("There is no measure “{key}” here.", key=key))


def ecosystem(viewer: Viewer, programme: Programme, key: str) -> Ecosystem:
    """An ecosystem of a published agreement."""
    return _one(visible.ecosystems(viewer, programme).filter(key=key), _("There is no ecosystem “{key}” here.", key=key))


def organisation(viewer: Viewer, programme: Programme, key: str) -> Organisation:
    """An organisation that has a part in the programme."""
    return _one(visible.organisations(viewer, programme).filter(key=key), _("There is no organisation “{key}” here.", key=key))


def figure(viewer: Viewer, programme: Programme, key: str) -> Figure:
    """A published figure."""
    return _one(visible.figures(viewer, programme).filter(key=key), _("There is no figure “{key}” here.", key=key))


def municipality(viewer: Viewer, programme: Programme, key: str) -> Municipality:
    """A municipality of the programme's territories, by country and code: FI-272."""
    country, _dash, code = key.partition("-")
    return _one(visible.municipalities(viewer, programme).filter(country=country, code=code), _("There is no municipality “{key}” here.", key=key))


def theme(viewer: Viewer, programme: Programme, key: str) -> Category:
    """A cross-cutting theme of the programme."""
    return _one(visible.categories(viewer, programme, "themes").filter(key=key), _("There is no theme “{key}” here.", key=key))


def category(viewer: Viewer, programme: Programme, scheme: str, key: str) -> Category:
    """A category of one of the programme's classifications."""
    return _one(visible.categories(viewer, programme, scheme).filter(key=key), _("There is no category “{key}” here.", key=f"{scheme}/{key}"))


def source(viewer: Viewer, programme: Programme, key: str) -> Source:
    """A source of the programme."""
    return _one(visible.sources(viewer, programme).filter(key=key), _("There is no source “{key}” here.", key=key))


def file(_viewer: Viewer, programme: Programme, digest: str) -> File:
    """A file that a published version names as its text."""
    found = File.objects.filter(programme=programme, digest=digest, versions__publication__status=PublicationStatus.OPEN)
    return _one(found, _("There is no such file here."))


def feedback(viewer: Viewer, programme: Programme, number: int) -> Feedback:
    """Feedback by its number, open fields only."""
    return _one(visible.feedback(viewer, programme).filter(number=number), _("There is no feedback number {number} here.", number=number))
