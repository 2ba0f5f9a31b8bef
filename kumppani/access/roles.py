"""What part organisations have in a programme's published agreements: all parts in one query."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple, TypeVar, cast

from django.db.models import CharField, DateField, F, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import (
    Agreement,
    AgreementVersion,
    Commitment,
    CooperationParty,
    Measure,
    MeasurePartner,
    Negotiator,
    Signatory,
)
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.kernel.fields import LocalisedTextField
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text

Thing = TypeVar("Thing", bound=Model)

ROLES = ("signatory", "negotiator", "cooperation_party", "decider", "promises", "leads", "partner")
"""In the order in which a page tells them."""


class Role(NamedTuple):
    """One part of one organisation (by its primary key) in one agreement.

    `words` say what a cooperation party does. `period` is that of its part; for who signed or negotiated, from signing to the end of the term.
    """

    kind: str
    organisation: int
    agreement_key: str
    agreement_name: Text
    place: int
    version: int
    words: Text
    period: Period
    agreed_on: date | None

    def began_by(self, day: date) -> bool:
        """Whether it had begun on a day, by its own start or else by the first signing of the agreement."""
        start = self.period.start or self.agreed_on
        return start is not None and start <= day


def roles(_viewer: Viewer, programme: Programme, *, organisation: Model | None = None) -> list[Role]:
    """Every part in the programme's published agreements, or those of one organisation; by kind, then in the order of the agreements."""
    published = Agreement.objects.filter(programme=programme, versions__publication__status=PublicationStatus.OPEN)
    parts = [part if organisation is None else part.filter(who=organisation.pk) for part in _parts(published)]
    rows = parts[0].union(*parts[1:], all=True)
    found = [
        Role(kind, who, key, name, place, number, words, Period(starts, ends), agreed)
        for kind, who, key, name, place, number, words, starts, ends, agreed in rows
    ]
    return sorted(found, key=lambda role: (ROLES.index(role.kind), role.place, role.version, role.organisation))


def _parts(published: QuerySet[Agreement]) -> list[QuerySet[Any, Any]]:
    """One query set for each kind of part. The first has every column typed, which PostgreSQL needs to type the others."""
    opened = {"version__agreement__in": published, "version__publication__status": PublicationStatus.OPEN}
    of_version = {"version_number": F("version__number"), "role_starts": F("version__signed_on"), "role_ends": F("version__valid_to")}
    cooperating = CooperationParty.objects.filter(agreement__in=published)
    return [
        _columns(
            cooperating,
            "cooperation_party",
            "organisation_id",
            "agreement__",
            role_words=F("role"),
            role_starts=F("valid_from"),
            role_ends=F("valid_to"),
        ),
        _columns(Signatory.objects.filter(**opened), "signatory", "organisation_id", "version__agreement__", **of_version),
        _columns(Negotiator.objects.filter(**opened), "negotiator", "organisation_id", "version__agreement__", **of_version),
        _columns(Agreement.objects.filter(pk__in=published, decider__isnull=False), "decider", "decider_id", ""),
        _columns(Commitment.objects.filter(agreement__in=published), "promises", "promised_by_id", "agreement__"),
        _columns(Measure.objects.filter(agreement__in=published), "leads", "lead_id", "agreement__"),
        _columns(MeasurePartner.objects.filter(measure__agreement__in=published), "partner", "organisation_id", "measure__agreement__"),
    ]


def _columns(rows: QuerySet[Thing], kind: str, who: str, agreement: str, **given: Any) -> QuerySet[Any, Any]:
    no_day = Cast(Value(None), DateField())
    columns: dict[str, Any] = {
        "role_kind": Value(kind, CharField()),
        "who": F(who),
        "agreement_key": F(f"{agreement}key"),
        "agreement_name": F(f"{agreement}name"),
        "agreement_place": F(f"{agreement}position"),
        "version_number": Value(0, IntegerField()),
        "role_words": Value(Text(), LocalisedTextField()),
        "role_starts": no_day,
        "role_ends": no_day,
        "agreed_on": _first_signing(f"{agreement}pk"),
    }
    found = rows.order_by().annotate(**{**columns, **given}).values_list(*columns)
    return cast("QuerySet[Any, Any]", found)


def _first_signing(agreement: str) -> Subquery:
    """When the first published version of the agreement was signed."""
    versions = AgreementVersion.objects.filter(agreement=OuterRef(agreement), publication__status=PublicationStatus.OPEN)
    return Subquery(versions.order_by("signed_on").values("signed_on")[:1])
