"""Acts on action points: what is to be done after an item, carried from meeting to meeting until somebody says what became of it."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.bodies.models import ActionPoint, Item, Seat
from kumppani.domain.bodies.rules import check_words
from kumppani.domain.bodies.states import ACTION_POINT_ACTS, ActionPointStatus
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.acts import step
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text, _
from kumppani.workflow._here import check_organisation_here
from kumppani.workflow._meeting import enter
from kumppani.workflow._record import act, record, row_of


@act
def state_action_point(*, by: Viewer, item: Item, what: Text, organisation: Organisation, due_on: date, seat: Seat | None = None) -> ActionPoint:
    """States what an organisation is to do after an item, by when."""
    meeting, _same = enter(by, item.meeting, "state_action_point")
    after = step(ACTION_POINT_ACTS, None, "state_action_point")
    check_words(what)
    check_organisation_here(organisation, meeting.body.programme)
    if seat is not None and seat.body != meeting.body:
        raise RuleBroken("seat-of-another-body", _("The seat belongs to another body."))
    number = item.action_points.count() + 1
    point = ActionPoint.objects.create(item=item, number=number, what=what, organisation=organisation, seat=seat, due_on=due_on, status=after.next)
    record(by, after.event, point, programme=meeting.body.programme, key=point.key)
    return point


@act
def finish_action_point(*, by: Viewer, point: ActionPoint, word: Text) -> ActionPoint:
    """Says that an action point is done, and how. By the secretary or by its owner's own people."""
    return _close_point(by, point, "finish_action_point", word)


@act
def drop_action_point(*, by: Viewer, point: ActionPoint, word: Text) -> ActionPoint:
    """Gives an action point up, and says why."""
    return _close_point(by, point, "drop_action_point", word)


def _close_point(by: Viewer, point: ActionPoint, act_name: str, word: Text) -> ActionPoint:
    point = (
        ActionPoint.objects.select_for_update(of=("self",))
        .select_related("organisation", "item__meeting__body__programme", "item__meeting__body__organisation")
        .get(pk=point.pk)
    )
    body = point.item.meeting.body
    check_can(by, Permission(act_name), body.programme.key, of=(body.organisation.key, point.organisation.key))
    after = step(ACTION_POINT_ACTS, ActionPointStatus(point.status), act_name)
    check_words(word)
    before = row_of(point)
    point.status, point.word, point.closed_on = after.next, word, clock.today(body.programme.time_zone)
    point.save()
    record(by, after.event, point, programme=body.programme, key=point.key, before=before)
    return point
