"""What a viewer may see, as querysets with all a page needs already fetched.

Everyone sees what is published; nothing here depends on other programmes.
"""

from __future__ import annotations

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Length, Substr

from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import (
    Agreement,
    AgreementVersion,
    Commitment,
    ContactPoint,
    CooperationParty,
    Measure,
    Negotiator,
    Priority,
    Signatory,
    Territory,
)
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.ecosystems.models import Ecosystem, EcosystemMember
from kumppani.domain.journal.models import SHARED, PublishedHead
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.domain.sources.models import Evidence, Source

OPEN = PublicationStatus.OPEN.value


def programmes(_viewer: Viewer) -> QuerySet[Programme]:
    """Every programme of the installation: only the chooser and the list of programmes ask for more than one."""
    return Programme.objects.order_by("is_training", "key")


def agreements(_viewer: Viewer, programme: Programme) -> QuerySet[Agreement]:
    """Published agreements in the programme's order, with versions, signatories, territory and priorities fetched (6 queries for any number)."""
    return (
        Agreement.objects.filter(programme=programme, versions__publication__status=OPEN)
        .distinct()
        .select_related("programme", "decider")
        .prefetch_related(
            "decider__names",
            Prefetch("versions", _published_versions()),
            Prefetch("territory", Territory.objects.select_related("municipality").order_by("position")),
            Prefetch("priorities", Priority.objects.order_by("number").prefetch_related("themes")),
        )
        .order_by("position")
    )


def _published_versions() -> QuerySet[AgreementVersion]:
    return AgreementVersion.objects.filter(publication__status=OPEN).select_related("text", "publication").order_by("number")


def versions(_viewer: Viewer, programme: Programme) -> QuerySet[AgreementVersion]:
    """Published versions with their signatories and approvals."""
    return (
        _published_versions()
        .filter(agreement__programme=programme)
        .select_related("agreement")
        .prefetch_related(signatories_with_names(), "negotiators__organisation__names")
        .order_by("agreement__position", "number")
    )


def signatories_with_names() -> Prefetch[str]:
    """Signatories with their organisations' names and their approvals' bodies."""
    rows = Signatory.objects.select_related("organisation").prefetch_related("organisation__names", "approvals__body").order_by("position")
    return Prefetch("signatories", rows)


def parties(_viewer: Viewer, programme: Programme) -> QuerySet[Signatory]:
    """Who signed what, over all published versions."""
    return (
        Signatory.objects.filter(version__agreement__programme=programme, version__publication__status=OPEN)
        .select_related("version__agreement", "organisation")
        .prefetch_related("organisation__names", "approvals__body")
        .order_by("version__agreement__position", "version__number", "position")
    )


def negotiators(_viewer: Viewer, programme: Programme) -> QuerySet[Negotiator]:
    """Who negotiated what, over all published versions."""
    return (
        Negotiator.objects.filter(version__agreement__programme=programme, version__publication__status=OPEN)
        .select_related("version__agreement", "organisation")
        .order_by("version__agreement__position", "version__number", "position")
    )


def cooperation_parties(_viewer: Viewer, programme: Programme) -> QuerySet[CooperationParty]:
    """Who cooperates without signing, over all published agreements."""
    return (
        CooperationParty.objects.filter(agreement__programme=programme, agreement__versions__publication__status=OPEN)
        .distinct()
        .select_related("agreement", "organisation")
        .prefetch_related("organisation__names")
        .order_by("agreement__position", "position")
    )


def priorities(_viewer: Viewer, programme: Programme) -> QuerySet[Priority]:
    """Priorities of published agreements."""
    return (
        Priority.objects.filter(agreement__programme=programme, agreement__versions__publication__status=OPEN)
        .distinct()
        .select_related("agreement__programme")
        .prefetch_related("themes", Prefetch("agreement__versions", _published_versions()))
        .order_by("agreement__position", "number")
    )


def commitments(_viewer: Viewer, programme: Programme) -> QuerySet[Commitment]:
    """Commitments of published agreements."""
    return (
        Commitment.objects.filter(agreement__programme=programme, agreement__versions__publication__status=OPEN)
        .distinct()
        .select_related("agreement__programme", "promised_by", "promised_to", "priority")
        .prefetch_related("promised_by__names", "promised_to__names")
        .order_by("agreement__position", "number")
    )


def measures(_viewer: Viewer, programme: Programme) -> QuerySet[Measure]:
    """Measures of published agreements."""
    return (
        Measure.objects.filter(agreement__programme=programme, agreement__versions__publication__status=OPEN)
        .distinct()
        .select_related("agreement__programme", "priority", "action_type", "lead")
        .prefetch_related("lead__names", "partners__names")
        .order_by("agreement__position", "number")
    )


def ecosystems(_viewer: Viewer, programme: Programme) -> QuerySet[Ecosystem]:
    """Ecosystems of published agreements, with their members and the priorities they serve."""
    ties = EcosystemMember.objects.select_related("organisation").prefetch_related("organisation__names").order_by("number")
    return (
        Ecosystem.objects.filter(agreement__programme=programme, agreement__versions__publication__status=OPEN)
        .distinct()
        .select_related("agreement__programme", "orchestrator")
        .prefetch_related("orchestrator__names", Prefetch("members", ties), Prefetch("priorities", Priority.objects.order_by("number")))
        .order_by("agreement__position", "number")
    )


def contact_points(_viewer: Viewer, programme: Programme) -> QuerySet[ContactPoint]:
    """Contact points of published agreements: addresses of roles, never of persons."""
    return (
        ContactPoint.objects.filter(agreement__programme=programme, agreement__versions__publication__status=OPEN)
        .distinct()
        .select_related("agreement__programme", "organisation")
        .prefetch_related("organisation__names")
        .order_by("agreement__position", "position")
    )


def ecosystem_ties(_viewer: Viewer, programme: Programme) -> QuerySet[EcosystemMember]:
    """Ties to the ecosystems of published agreements."""
    return (
        EcosystemMember.objects.filter(ecosystem__agreement__programme=programme, ecosystem__agreement__versions__publication__status=OPEN)
        .distinct()
        .select_related("ecosystem")
        .order_by("ecosystem__agreement__position", "ecosystem__number", "number")
    )


def figures(_viewer: Viewer, programme: Programme) -> QuerySet[Figure]:
    """Published figures; those of an agreement only while the agreement is published."""
    return (
        Figure.objects.filter(programme=programme, publication__status=OPEN)
        .filter(Q(agreement__isnull=True) | Q(agreement__versions__publication__status=OPEN))
        .distinct()
        .select_related("programme", "agreement", "source")
        .order_by("position", "key")
    )


_PARTS_OF_VERSION = ("signed__version", "negotiated__version")
_PARTS_OF_AGREEMENT = (
    "cooperates_in__agreement",
    "decides_for",
    "promises__agreement",
    "promised__agreement",
    "leads__agreement",
    "partner_in__agreement",
    "orchestrates__agreement",
    "ecosystem_ties__ecosystem__agreement",
    "contact_points__agreement",
)
"""Paths from an organisation to what it has a part in."""


def invented_elsewhere(programme: Programme) -> Q:
    """What another programme invented for training is never part of this one."""
    return Q(programme__is_training=True) & ~Q(programme=programme)


def organisations(_viewer: Viewer, programme: Programme) -> QuerySet[Organisation]:
    """Organisations this programme registered, and those it gives a part to; never another programme's training ones.

    One whose every part is in what nobody may read yet is not shown: its being there would tell of it.
    """
    published, any_part = Q(), Q()
    for path in _PARTS_OF_VERSION:
        published |= Q(**{f"{path}__agreement__programme": programme, f"{path}__publication__status": OPEN})
        any_part |= Q(**{f"{path}__agreement__programme": programme})
    for path in _PARTS_OF_AGREEMENT:
        published |= Q(**{f"{path}__programme": programme, f"{path}__versions__publication__status": OPEN})
        any_part |= Q(**{f"{path}__programme": programme})
    everyone = Organisation.objects.order_by()
    shown = Q(pk__in=everyone.filter(published).values("pk")) | (Q(programme=programme) & ~Q(pk__in=everyone.filter(any_part).values("pk")))
    return (
        Organisation.objects.filter(shown)
        .exclude(invented_elsewhere(programme))
        .select_related("programme", "municipality", "parent", "successor")
        .prefetch_related("names", "identifiers", "parent__names", "successor__names")
        .order_by("key")
    )


def municipalities(_viewer: Viewer, programme: Programme) -> QuerySet[Municipality]:
    """Municipalities of the programme's published territories."""
    return (
        Municipality.objects.filter(territories__agreement__programme=programme, territories__agreement__versions__publication__status=OPEN)
        .distinct()
        .prefetch_related("regions", Prefetch("territories", _published_territories(programme)))
        .order_by("country", "code")
    )


def _published_territories(programme: Programme) -> QuerySet[Territory]:
    found = Territory.objects.filter(agreement__programme=programme, agreement__versions__publication__status=OPEN)
    return found.distinct().select_related("agreement").order_by("agreement__position")


def categories(_viewer: Viewer, programme: Programme, scheme: str | None = None) -> QuerySet[Category]:
    """Categories of one of the programme's classifications, or of all."""
    found = Category.objects.filter(scheme__programme=programme).select_related("scheme", "parent").order_by("scheme__key", "position", "key")
    return found if scheme is None else found.filter(scheme__key=scheme)


def sources(viewer: Viewer, programme: Programme) -> QuerySet[Source]:
    """The sources behind what the programme shows: not those that only something unpublished cites."""
    cited = evidence(viewer, programme).filter(source__isnull=False).values("source").order_by()
    stated = figures(viewer, programme).values("source").order_by()
    return Source.objects.filter(Q(pk__in=cited) | Q(pk__in=stated), programme=programme).order_by("key")


OF_A_VERSION = ("version", "signatory", "approval", "negotiator")
"""Kinds of object whose key begins with that of a version: AGREEMENT/NUMBER."""


def evidence(_viewer: Viewer, programme: Programme, *, root: str | None = None, roots: list[str] | None = None) -> QuerySet[Evidence]:
    """What stands behind the programme's published facts, of one whole or of several: not behind what is not open."""
    closed = AgreementVersion.objects.filter(agreement__programme=programme).exclude(publication__status=OPEN)
    places = closed.annotate(place=Concat("agreement__key", Value("/"), Cast("number", CharField()), Value("/")))
    of_closed = places.filter(place=Substr(Concat(OuterRef("key"), Value("/")), 1, Length("place")))
    hidden = Agreement.objects.filter(programme=programme).exclude(versions__publication__status=OPEN)
    found = (
        Evidence.objects.filter(programme=programme)
        .exclude(root__in=hidden.values("key"))
        .exclude(Q(kind__in=OF_A_VERSION) & Exists(of_closed))
        .exclude(kind="figure", key__in=Figure.objects.filter(programme=programme).exclude(publication__status=OPEN).values("key"))
        .select_related("source")
    )
    if root is not None:
        found = found.filter(root=root)
    return found if roots is None else found.filter(root__in=roots)


OPEN_OF_FEEDBACK = ("number", "topic", "status", "received_at", "language", "answer", "answered_at", "programme")


def feedback(_viewer: Viewer, programme: Programme) -> QuerySet[Feedback]:
    """Feedback by its open fields only: words and address stay with the operator."""
    return Feedback.objects.filter(programme=programme).only(*OPEN_OF_FEEDBACK).order_by("-number")


def heads(_viewer: Viewer, programme: Programme) -> QuerySet[PublishedHead]:
    """Heads that were signed and published of the programme's chain and of the chain of what programmes share, newest first."""
    return PublishedHead.objects.filter(chain__in=(programme.key, SHARED)).order_by("-at", "chain", "-number", "pk")
