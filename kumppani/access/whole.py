"""An agreement with everything its page shows, in ten queries however much there is: small parts come joined or in one union, names all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar, cast

from django.db.models import CharField, DateField, F, IntegerField, Model, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Cast

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import (
    Agreement,
    AgreementVersion,
    Commitment,
    ContactPoint,
    CooperationParty,
    KnownUpdate,
    Measure,
    Negotiator,
    Priority,
    Signatory,
    StatedGoal,
    Territory,
)
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.errors import Missing
from kumppani.kernel.fields import LocalisedTextField
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _

Thing = TypeVar("Thing", bound=Model)


class Approved(NamedTuple):
    """A decision by which a signatory's own body approved the version."""

    body_key: str
    body: Text
    decided_on: date
    case_number: str


class Signed(NamedTuple):
    """A party that signed the version of this number."""

    version: int
    organisation: Organisation
    side: str
    approvals: Sequence[Approved]


class Part(NamedTuple):
    """A line of one of the small lists: who negotiated or cooperates, a contact point, a stated goal, an update known to exist."""

    kind: str
    version: int
    position: int
    organisation: Organisation | None
    words: Text
    period: Period
    address: str = ""


class Area(NamedTuple):
    """A region in one version of one classification."""

    level: str
    version: str
    code: str
    name: Text


class Place(NamedTuple):
    """A municipality of the city region, with the regions it lies in."""

    municipality: Municipality
    is_core: bool
    areas: Sequence[Area]


class Concentration(NamedTuple):
    """A priority with the themes it is mapped to."""

    priority: Priority
    themes: Sequence[Category]


class Work(NamedTuple):
    """A measure with its partners."""

    measure: Measure
    partners: Sequence[Organisation]


@dataclass(frozen=True, slots=True)
class WholeAgreement:
    """What a page about one agreement shows. `figures` are its own and those of the programme that speak of no single agreement."""

    agreement: Agreement
    versions: Sequence[AgreementVersion]
    signatories: Sequence[Signed]
    parts: Sequence[Part]
    territory: Sequence[Place]
    priorities: Sequence[Concentration]
    commitments: Sequence[Commitment]
    measures: Sequence[Work]
    figures: Sequence[Figure]
    evidence: Sequence[Evidence]

    def parts_of(self, kind: str) -> list[Part]:
        """One of the small lists, in its order."""
        return [part for part in self.parts if part.kind == kind]


def agreement(viewer: Viewer, programme: Programme, key: str) -> WholeAgreement:
    """A published agreement as a whole."""
    versions = list(
        AgreementVersion.objects.filter(agreement__programme=programme, agreement__key=key, publication__status=PublicationStatus.OPEN)
        .select_related("agreement__decider", "text", "publication")
        .order_by("number")
    )
    if not versions:
        raise Missing("not-found", _("There is no agreement “{key}” here.", key=key))
    found = versions[0].agreement
    whole = WholeAgreement(
        agreement=found,
        versions=versions,
        signatories=_signatories(versions),
        parts=_parts(found, versions),
        territory=_territory(found),
        priorities=_priorities(found),
        commitments=list(Commitment.objects.filter(agreement=found).select_related("promised_by", "promised_to").order_by("number")),
        measures=_measures(found),
        figures=list(visible.figures(viewer, programme).filter(Q(agreement=found) | Q(agreement__isnull=True))),
        evidence=list(visible.evidence(viewer, programme, root=key)),
    )
    prefetch_related_objects(list(_organisations(whole)), "names")
    return whole


def _organisations(whole: WholeAgreement) -> Iterable[Organisation]:
    if whole.agreement.decider is not None:
        yield whole.agreement.decider
    yield from (signed.organisation for signed in whole.signatories)
    yield from (part.organisation for part in whole.parts if part.organisation is not None)
    for commitment in whole.commitments:
        yield from (commitment.promised_by, commitment.promised_to)
    for work in whole.measures:
        yield from (work.measure.lead, *work.partners)


def _together(rows: QuerySet[Thing, Any]) -> list[list[Any]]:
    """Joined rows, those of one object together, in their order."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.pk].append(row)
    return list(found.values())


def _signatories(versions: Sequence[AgreementVersion]) -> list[Signed]:
    numbers = {version.pk: version.number for version in versions}
    rows = (
        Signatory.objects.filter(version__in=versions)
        .select_related("organisation")
        .annotate(
            body_key=F("approvals__body__key"),
            body_name=F("approvals__body__name"),
            decided_on=F("approvals__decided_on"),
            case_number=F("approvals__case_number"),
        )
        .order_by("version__number", "position", "approvals__decided_on")
    )
    return [
        Signed(
            numbers[same[0].version_id],
            same[0].organisation,
            same[0].side,
            [Approved(row.body_key, row.body_name, row.decided_on, row.case_number) for row in same if row.body_key],
        )
        for same in _together(rows)
    ]


def _parts(agreement: Agreement, versions: Sequence[AgreementVersion]) -> list[Part]:
    """Five small tables in one query. The first has every column typed, which PostgreSQL needs to type the others."""
    nobody = {"who": Cast(Value(None), IntegerField()), "who_key": Value("", CharField())}
    no_day = Cast(Value(None), DateField())
    organisation = {"who": F("organisation_id"), "who_key": F("organisation__key")}
    none = Value(0, IntegerField())
    rows = _columns(
        CooperationParty.objects.filter(agreement=agreement),
        "cooperation_party",
        organisation | {"number": none, "words": F("role"), "starts": F("valid_from"), "ends": F("valid_to")},
    ).union(
        _columns(
            Negotiator.objects.filter(version__in=versions),
            "negotiator",
            organisation | {"number": F("version__number"), "words": Value(Text(), LocalisedTextField()), "starts": no_day, "ends": no_day},
        ),
        _columns(
            ContactPoint.objects.filter(agreement=agreement),
            "contact_point",
            organisation | {"number": none, "words": F("role"), "starts": F("valid_from"), "ends": F("valid_to"), "line": F("address")},
        ),
        _columns(
            StatedGoal.objects.filter(agreement=agreement),
            "stated_goal",
            nobody | {"number": none, "words": F("wording"), "starts": no_day, "ends": no_day},
        ),
        _columns(
            KnownUpdate.objects.filter(agreement=agreement),
            "known_update",
            nobody | {"number": none, "words": F("what"), "starts": F("happened_on"), "ends": no_day},
        ),
        all=True,
    )
    return sorted(
        (
            Part(kind, number, place, Organisation(pk=who, key=who_key) if who else None, words, Period(starts, ends), line)
            for kind, place, who, who_key, number, words, starts, ends, line in rows
        ),
        key=lambda part: (part.kind, part.version, part.position),
    )


def _columns(rows: QuerySet[Thing], kind: str, columns: dict[str, Any]) -> QuerySet[Thing, Any]:
    names = ("who", "who_key", "number", "words", "starts", "ends", "line")
    found = (
        rows.order_by().annotate(list=Value(kind, CharField()), **{"line": Value("", CharField()), **columns}).values_list("list", "position", *names)
    )
    return cast("QuerySet[Thing, Any]", found)


def _territory(agreement: Agreement) -> list[Place]:
    rows = (
        Territory.objects.filter(agreement=agreement)
        .select_related("municipality")
        .annotate(
            level=F("municipality__placements__region__level"),
            edition=F("municipality__placements__region__version"),
            area_code=F("municipality__placements__region__code"),
            area_name=F("municipality__placements__region__name"),
        )
        .order_by("position", "level", "edition", "area_code")
    )
    return [
        Place(
            same[0].municipality,
            same[0].is_core,
            [Area(row.level, row.edition, row.area_code, row.area_name) for row in same if row.level],
        )
        for same in _together(rows)
    ]


def _priorities(agreement: Agreement) -> list[Concentration]:
    rows = (
        Priority.objects.filter(agreement=agreement)
        .annotate(theme_key=F("theme_links__category__key"), theme_label=F("theme_links__category__label"))
        .order_by("number", "theme_links__category__position", "theme_key")
    )
    return [Concentration(same[0], [Category(key=row.theme_key, label=row.theme_label) for row in same if row.theme_key]) for same in _together(rows)]


def _measures(agreement: Agreement) -> list[Work]:
    rows = (
        Measure.objects.filter(agreement=agreement)
        .select_related("lead", "action_type", "priority")
        .annotate(partner=F("partner_links__organisation_id"), partner_key=F("partner_links__organisation__key"))
        .order_by("number", "partner_key")
    )
    return [Work(same[0], [Organisation(pk=row.partner, key=row.partner_key) for row in same if row.partner]) for same in _together(rows)]
