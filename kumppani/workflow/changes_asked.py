"""Acts by which one party asks for a change of a commitment or measure, and another party decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kumppani.access.checks import check_can, party_of
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, ChangeRequest
from kumppani.domain.agreements.negotiation import check_said
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.states import CHANGE_ACTS, ChangeStatus
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel import clock
from kumppani.kernel.acts import step
from kumppani.kernel.days import read_day
from kumppani.kernel.errors import Missing, NotAllowed, RuleBroken
from kumppani.kernel.text import _
from kumppani.workflow._record import act, record, row_of
from kumppani.workflow.corrections import CORRECTABLE, find_fact, put_right
from kumppani.workflow.seen import check_seen

CHANGED_BY_REQUEST = frozenset({"commitment", "measure"})


@act
def request_change(
    *, by: Viewer, agreement: Agreement, kind: str, key: str, wanted: Mapping[str, str | None], reason: str, seen: str
) -> ChangeRequest:
    """Asks, for one party, that fields of a commitment or measure become other ones: field (promise.sv, due_on) → words, a day, or None."""
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    programme, parties = agreement.programme, parties_of(agreement)
    check_can(by, Permission.REQUEST_CHANGE, programme.key, of=parties)
    party = party_of(by, Permission.REQUEST_CHANGE, programme.key, parties)
    after = step(CHANGE_ACTS, None, "request_change")
    check_said(reason)
    if kind not in CHANGED_BY_REQUEST:
        raise RuleBroken("not-changed-by-request", _("Commitments and measures are changed by request, nothing else."))
    thing, _correctable = find_fact(programme, kind, key)
    if thing.agreement != agreement:
        raise Missing("no-such-fact", _("There is no {kind} “{key}”.", kind=kind, key=key))
    check_seen(thing, seen)
    if not wanted:
        raise RuleBroken("nothing-asked", _("Say what is to be changed."))
    for field, value in wanted.items():
        _read(kind, field, value)
    asked = ChangeRequest.objects.create(
        agreement=agreement,
        number=agreement.change_requests.count() + 1,
        kind=kind,
        thing=key,
        seen=seen,
        wanted=dict(wanted),
        reason=reason,
        status=after.next,
        asked_at=clock.now(),
        asked_by=by.key,
        asked_for=Organisation.objects.get(key=party),
    )
    record(by, after.event, asked, programme=programme, key=asked.key)
    return asked


@act
def decide_change(*, by: Viewer, request: ChangeRequest, accept: bool, reason: str) -> ChangeRequest:
    """Accepts or refuses, for another party than asked and never by the person who asked. What is accepted happens at once, by the same rules."""
    request = ChangeRequest.objects.select_for_update(of=("self",)).select_related("agreement__programme", "asked_for").get(pk=request.pk)
    programme, parties = request.agreement.programme, parties_of(request.agreement)
    check_can(by, Permission.DECIDE_CHANGE, programme.key, of=parties)
    party = party_of(by, Permission.DECIDE_CHANGE, programme.key, parties)
    if party == request.asked_for.key or by.key == request.asked_by:
        raise NotAllowed("own-request", _("Another party decides on a request, and never the person who made it."))
    after = step(CHANGE_ACTS, ChangeStatus(request.status), "accept_change" if accept else "refuse_change")
    check_said(reason)
    if accept:
        _apply(by, request)
    before = row_of(request)
    request.status, request.decision_reason = after.next, reason
    request.decided_at, request.decided_by, request.decided_for = clock.now(), by.key, Organisation.objects.get(key=party)
    request.save()
    record(by, after.event, request, programme=programme, key=request.key, before=before)
    return request


def _apply(by: Viewer, request: ChangeRequest) -> None:
    """Changes the fields asked for, all at once; the thing must be as it was when the change was asked for."""
    programme = request.agreement.programme
    thing, _correctable = find_fact(programme, request.kind, request.thing)
    check_seen(thing, request.seen)
    today = clock.today(programme.time_zone)
    values = {field: _read(request.kind, field, written) for field, written in request.wanted.items()}
    cited = {
        field: (value, Cited(Mark.UNKNOWN, looked_on=today) if value is None else Cited(Mark.ENTERED, as_of=today)) for field, value in values.items()
    }
    put_right(by, "accept_change", programme, request.kind, request.thing, cited)


def _read(kind: str, field: str, written: str | None) -> str | date | None:
    """The value asked for, as the field takes it; refuses a field that is not there."""
    name, _dot, language = field.partition(".")
    if field in CORRECTABLE[kind].days:
        return read_day(written) if written else None
    if name in CORRECTABLE[kind].texts and language:
        return written or None
    raise RuleBroken("no-such-field", _("“{field}” cannot be corrected, or this is no value for it.", field=field[:60]))
