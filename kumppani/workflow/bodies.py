"""Acts on bodies: what makes them quorate, their seats and who sits in them, the grounds on which a member must leave."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.bodies.models import Body, Disqualification, Seat, Term
from kumppani.domain.bodies.rules import (
    check_body_kind,
    check_deputy,
    check_law,
    check_quorum,
    check_sits_once,
    check_spares,
    check_term,
    check_words,
)
from kumppani.domain.parties.models import Organisation, Person
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_name
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _
from kumppani.workflow._cite import Evidences, cite
from kumppani.workflow._here import check_organisation_here, check_person_here
from kumppani.workflow._record import act, record, row_of


@act
def establish_body(
    *,
    by: Viewer,
    programme: Programme,
    key: str,
    kind: str,
    organisation: Organisation,
    name: Text,
    quorum_rule: str,
    quorum_number: int | None = None,
    evidence: Evidences | None = None,
) -> Body:
    """Establishes a body of an organisation, with what makes it quorate."""
    check_can(by, Permission.ESTABLISH_BODY, programme.key, of=(organisation.key,))
    check_organisation_here(organisation, programme)
    check_key(key)
    check_body_kind(kind)
    check_name(name)
    check_words(name)
    check_quorum(quorum_rule, quorum_number)
    if Body.objects.filter(programme=programme, key=key).exists():
        raise RuleBroken("body-exists", _("There is already a body “{key}”.", key=key))
    quorum = {"quorum_rule": quorum_rule, "quorum_number": quorum_number}
    body = Body.objects.create(programme=programme, key=key, kind=kind, organisation=organisation, name=name, **quorum)
    cite(by, programme, root=key, kind="body", key=key, values={"name": name, "quorum_rule": quorum_rule}, evidence=evidence)
    record(by, "establish_body", body, programme=programme)
    return body


@act
def establish_seat(*, by: Viewer, body: Body, organisation: Organisation, title: Text, is_chair: bool = False, deputy_of: Seat | None = None) -> Seat:
    """Establishes the next seat of a body: for which organisation, in what role, as whose deputy."""
    body = Body.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=body.pk)
    check_can(by, Permission.ESTABLISH_SEAT, body.programme.key, of=(body.organisation.key,))
    check_organisation_here(organisation, body.programme)
    check_name(title)
    check_words(title)
    if deputy_of is not None:
        check_deputy(same_body=deputy_of.body == body, is_deputy=deputy_of.deputy_of is not None)
    seat = Seat.objects.create(
        body=body, number=body.seats.count() + 1, organisation=organisation, title=title, is_chair=is_chair, deputy_of=deputy_of
    )
    record(by, "establish_seat", seat, programme=body.programme, key=seat.key)
    return seat


@act
def fill_seat(*, by: Viewer, seat: Seat, person: Person | None, valid_from: date, valid_to: date | None = None) -> Term:
    """Says who sits in a seat, from–to; `person` None where only the office is known."""
    body = Body.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=seat.body.pk)
    check_can(by, Permission.FILL_SEAT, body.programme.key, of=(body.organisation.key,))
    term = Period(valid_from, valid_to)
    check_term(term, (other.period for other in seat.terms.all()))
    if person is not None:
        check_person_here(person, body.programme)
        check_sits_once(term, (other.period for other in Term.objects.filter(seat__body=body, person=person)))
    filled = Term.objects.create(seat=seat, person=person, valid_from=valid_from, valid_to=valid_to)
    record(by, "fill_seat", filled, programme=body.programme, key=filled.key)
    return filled


@act
def end_term(*, by: Viewer, term: Term, on: date) -> Term:
    """Ends a term, or moves its end nearer: the day given is the last on which it holds."""
    term = Term.objects.select_for_update(of=("self",)).select_related("seat__body__programme", "seat__body__organisation").get(pk=term.pk)
    body = term.seat.body
    check_can(by, Permission.END_TERM, body.programme.key, of=(body.organisation.key,))
    Period(term.valid_from, on).check_order()
    if term.valid_to is not None and on > term.valid_to:
        raise RuleBroken("term-ended", _("The term has ended before that day: a new one has to begin."))
    before = row_of(term)
    term.valid_to = on
    term.save()
    record(by, "end_term", term, programme=body.programme, key=term.key, before=before)
    return term


@act
def state_disqualification(
    *,
    by: Viewer,
    programme: Programme,
    body_kind: str,
    key: str,
    wording: Text,
    law: str,
    by_organisation: bool = False,
    spares_own_body: bool = False,
    evidence: Evidences | None = None,
) -> Disqualification:
    """States a ground on which a member of a kind of body must leave. Its evidence says on what it rests, and how firmly."""
    check_can(by, Permission.STATE_DISQUALIFICATION, programme.key)
    check_key(key)
    check_body_kind(body_kind)
    check_name(wording)
    check_words(wording)
    check_law(law)
    check_spares(by_organisation=by_organisation, spares_own_body=spares_own_body)
    known = Disqualification.objects.filter(programme=programme, body_kind=body_kind)
    if known.filter(key=key).exists() or (by_organisation and known.filter(by_organisation=True).exists()):
        raise RuleBroken("disqualification-exists", _("There is already such a ground for this kind of body."))
    ground = Disqualification.objects.create(
        programme=programme,
        body_kind=body_kind,
        key=key,
        position=known.count() + 1,
        wording=wording,
        law=law,
        by_organisation=by_organisation,
        spares_own_body=spares_own_body,
    )
    place = f"{body_kind}/{key}"
    cite(by, programme, root=programme.key, kind="disqualification", key=place, values={"wording": wording, "law": law}, evidence=evidence)
    record(by, "state_disqualification", ground, programme=programme, key=place)
    return ground
