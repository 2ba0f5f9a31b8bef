"""What people at work may see: negotiations of their own parties, and what they themselves may do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet

from kumppani.access.checks import can
from kumppani.access.viewer import Viewer
from kumppani.access.visible import signatories_with_names
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Clause, Comment
from kumppani.domain.agreements.queries import SIGNED, figures_of
from kumppani.domain.agreements.states import VersionStatus
from kumppani.domain.agreements.turns import whose_turn
from kumppani.domain.agreements.wording import Figures
from kumppani.domain.bodies.models import Body
from kumppani.domain.parties.models import Membership, Municipality, Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Text, _


@dataclass(frozen=True, slots=True)
class Negotiation:
    """A version on the table: whose turn it is, who has approved exactly what is proposed, and in whose name the reader acts (none: empty).

    `comments`: how many by others than the drafter are open, `first_comment`: since when; only a list knows them.
    """

    version: AgreementVersion
    turn: tuple[Organisation, ...]
    approved: frozenset[str]
    own: str
    comments: int = 0
    first_comment: datetime | None = None

    @property
    def is_mine(self) -> bool:
        """Whether the next step is the reader's."""
        return any(organisation.key == self.own for organisation in self.turn)

    @property
    def parties(self) -> list[Organisation]:
        """Who is to sign, in their order."""
        return [signatory.organisation for signatory in self.version.signatories.all()]


def negotiations(viewer: Viewer, programme: Programme) -> list[Negotiation]:
    """Versions being negotiated that the viewer may take part in, their own turn first. Four queries for any number."""
    open_ = Q(clauses__comments__isnull=False, clauses__comments__resolved_at__isnull=True) & ~Q(clauses__comments__organisation=F("drafter"))
    said = {"open_comments": Count("clauses__comments", filter=open_), "first_comment": Min("clauses__comments__written_at", filter=open_)}
    versions = _versions(programme).exclude(status__in=SIGNED).annotate(**said)
    found = [
        replace(_negotiation(viewer, version), comments=vars(version)["open_comments"], first_comment=vars(version)["first_comment"])
        for version in versions
        if _takes_part(viewer, version)
    ]
    return sorted(found, key=lambda one: (not one.is_mine, one.version.agreement.position, one.version.number))


def negotiation(viewer: Viewer, programme: Programme, key: str, number: int) -> Negotiation:
    """A version of an agreement, negotiated or signed, with its clauses and their comments; Missing for who takes no part in it."""
    clauses = Clause.objects.order_by("number", "code").prefetch_related(
        Prefetch("comments", Comment.objects.select_related("organisation").prefetch_related("organisation__names").order_by("number"))
    )
    version = _versions(programme).filter(agreement__key=key, number=number).prefetch_related(Prefetch("clauses", clauses)).first()
    if version is None or not _takes_part(viewer, version):
        raise Missing("not-found", _("There is no version {number} of the agreement “{key}” here.", number=number, key=key[:60]))
    return _negotiation(viewer, version)


def _versions(programme: Programme) -> QuerySet[AgreementVersion]:
    return (
        AgreementVersion.objects.filter(agreement__programme=programme)
        .select_related("agreement__programme", "drafter", "sent_back_by", "text")
        .prefetch_related(signatories_with_names(), "sent_back_by__names")
        .order_by("agreement__position", "number")
    )


def _takes_part(viewer: Viewer, version: AgreementVersion) -> bool:
    keys = [signatory.organisation.key for signatory in version.signatories.all()]
    return can(viewer, Permission.COMMENT, version.agreement.programme.key, of=keys)


def _negotiation(viewer: Viewer, version: AgreementVersion) -> Negotiation:
    signatories = list(version.signatories.all())
    keys = [signatory.organisation.key for signatory in signatories]
    approved = frozenset(one.organisation.key for one in signatories if any(_holds(version, given.content_digest) for given in one.approvals.all()))
    drafter = version.drafter.key if version.drafter else ""
    turn = whose_turn(VersionStatus(version.status), drafter, keys, approved)
    own = viewer.acts_for(Permission.COMMENT, version.agreement.programme.key) & set(keys)
    who = tuple(one.organisation for one in signatories if one.organisation.key in turn)
    return Negotiation(version, who, approved, next(iter(sorted(own)), ""))


def _holds(version: AgreementVersion, digest: str) -> bool:
    return bool(digest) and digest == version.proposed_digest


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role somebody holds, and for whom."""

    title: Text
    organisation: Text | None


def roles(viewer: Viewer, programme: Programme) -> list[HeldRole]:
    """The roles a viewer holds today in the programme or in all."""
    today = clock.today(programme.time_zone)
    members = (
        Membership.objects.filter(person__key=viewer.key).select_related("role", "programme", "organisation").prefetch_related("organisation__names")
    )
    return [
        HeldRole(member.role.title, member.organisation.name_on(today) if member.organisation else None)
        for member in members
        if today in member.period and (member.programme is None or member.programme == programme)
    ]


def figures(version: AgreementVersion) -> Figures:
    """What the record says for the places in a version's clauses."""
    return figures_of(version)


def version_numbers(version: AgreementVersion) -> list[int]:
    """Numbers of all versions of the same agreement, in their order."""
    return list(AgreementVersion.objects.filter(agreement=version.agreement_id).order_by("number").values_list("number", flat=True))


def earlier_version(version: AgreementVersion) -> int | None:
    """Number of the version before, if there is one."""
    return max((number for number in version_numbers(version) if number < version.number), default=None)


def bodies_of(programme: Programme, organisation: str) -> list[Body]:
    """Bodies by which an organisation decides."""
    return list(Body.objects.filter(programme=programme, organisation__key=organisation).select_related("organisation").order_by("key"))


MINISTRY = OrganisationKind.MINISTRY.value


def signers(programme: Programme) -> list[Organisation]:
    """Ministries and municipalities of a programme, with their names: who can sign an agreement."""
    kinds = (OrganisationKind.MINISTRY, OrganisationKind.MUNICIPALITY)
    return list(Organisation.objects.filter(programme=programme, kind__in=kinds).prefetch_related("names").order_by("key"))


def municipalities(programme: Programme) -> list[Municipality]:
    """Places of a programme."""
    return list(Municipality.objects.filter(programme=programme).order_by("country", "code"))


def next_position(programme: Programme) -> int:
    """Where a new agreement stands in the programme's order: last."""
    return (Agreement.objects.filter(programme=programme).aggregate(last=Max("position"))["last"] or 0) + 1
