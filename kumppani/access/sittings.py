"""A body and its meetings for those who have a task in it: its secretary, the people of the organisations that have seats, and those above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from kumppani.access.checks import can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.matters import Matter, matters_of
from kumppani.domain.bodies.forecast import Expected
from kumppani.domain.bodies.minutes import minutes_of
from kumppani.domain.bodies.models import ActionPoint, Body, Disqualification, Item, Meeting, Paper, Presence, Recusal, Seat, Term
from kumppani.domain.bodies.queries import day_of, expected_from, grounds_of, open_action_points
from kumppani.domain.bodies.states import MEETING_ACTS, ActionPointStatus, MeetingStatus
from kumppani.domain.parties.models import Membership, Organisation, Person
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _

SITS = frozenset({Permission.DECLARE_RECUSAL, Permission.APPROVE_MINUTES, Permission.FINISH_ACTION_POINT})
"""What people of an organisation that has a seat may do in meetings of the body and after them."""

FORESEEN = frozenset({MeetingStatus.PLANNED.value, MeetingStatus.CALLED.value})
"""Statuses in which all is still to come."""

HELD = frozenset({MeetingStatus.CLOSED.value, MeetingStatus.MINUTES_APPROVED.value})
"""Statuses of a meeting that has been held."""

KEEPS = frozenset({Permission.PLAN_MEETING, Permission.RESOLVE_ITEM, Permission.CALL_MEETING})
"""What somebody may do who keeps a body of their organisation."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting, or one item of it, with all that those in it need. `expected` is the forecast before it is opened, and what is so once it is."""

    meeting: Meeting
    items: Sequence[Item]
    seats: Sequence[Seat]
    holders: Mapping[str, Term]
    present: frozenset[str]
    grounds: Sequence[Disqualification]
    expected: Mapping[int, Expected]

    @property
    def is_forecast(self) -> bool:
        """Whether what is expected is still to come."""
        return self.meeting.status in FORESEEN

    @property
    def seated(self) -> frozenset[str]:
        """Keys of the organisations that have seats."""
        return frozenset(seat.organisation.key for seat in self.seats)

    @property
    def item(self) -> Item:
        """The one item that was asked for."""
        return self.items[0]

    def seat(self, key: str) -> Seat:
        """A seat by its key."""
        return next(seat for seat in self.seats if seat.key == key)

    def ground(self, key: str) -> Disqualification:
        """A ground by its key."""
        return next(ground for ground in self.grounds if ground.key == key)


def _reach(viewer: Viewer, programme: Programme, permissions: frozenset[Permission]) -> frozenset[str]:
    return frozenset(key for permission in permissions for key in viewer.acts_for(permission, programme.key))


def bodies(viewer: Viewer, programme: Programme) -> QuerySet[Body]:
    """Bodies in which the viewer has a task: all of them for whom the programme's powers reach all, else their own and those they sit in."""
    found = Body.objects.filter(programme=programme).select_related("organisation", "programme").prefetch_related("organisation__names")
    if any(viewer.may(permission, programme.key) for permission in KEEPS):
        return found.order_by("key")
    own = found.filter(organisation__key__in=_reach(viewer, programme, KEEPS))
    sat = found.filter(seats__organisation__key__in=_reach(viewer, programme, SITS))
    return (own | sat).distinct().order_by("key")


def body(viewer: Viewer, programme: Programme, key: str) -> Body:
    """One of them; to anybody else it does not exist."""
    found = bodies(viewer, programme).filter(key=key).first()
    if found is None:
        raise Missing("no-such-body", _("There is no such body."))
    return found


@dataclass(frozen=True, slots=True)
class WholeBody:
    """A body with its seats and everybody who sits or has sat in them, its meetings (latest first), and what is still to be done after them."""

    body: Body
    seats: Sequence[Seat]
    meetings: Sequence[Meeting]
    points: Sequence[ActionPoint]
    grounds: Sequence[Disqualification]


def whole(viewer: Viewer, programme: Programme, key: str) -> WholeBody:
    """A body in which the viewer has a task (7 queries)."""
    found = body(viewer, programme, key)
    seats, points = _seats(found), open_action_points(found)
    prefetch_related_objects([*(seat.organisation for seat in seats), *(point.organisation for point in points)], "names")
    meetings = list(Meeting.objects.filter(body=found).select_related("body").order_by("-starts_at", "-number"))
    return WholeBody(found, seats, meetings, points, grounds_of(found))


def _seats(found: Body) -> list[Seat]:
    terms = Prefetch("terms", Term.objects.select_related("person", "seat__body").order_by("valid_from"))
    rows = Seat.objects.filter(body=found).select_related("body", "organisation", "deputy_of__body")
    return list(rows.prefetch_related(terms).order_by("number"))


def sitting(viewer: Viewer, programme: Programme, key: str, number: int, item: int | None = None) -> Sitting:
    """One meeting with its items, or with one of them (9 queries for any number)."""
    meeting = _meeting(viewer, programme, key, number)
    seats, items = _seats(meeting.body), _items(meeting, item)
    held = {seat.key: term for seat in seats for term in seat.terms.all() if day_of(meeting) in term.period}
    present = frozenset(
        f"{key}/{seat}" for seat in Presence.objects.filter(meeting=meeting, left_at__isnull=True).values_list("seat__number", flat=True)
    )
    grounds, foreseen = grounds_of(meeting.body), meeting.status in FORESEEN
    absent = () if foreseen else [seat.key for seat in seats if seat.key not in present]
    recusals = [recusal for one in items for recusal in one.recusals.all()]
    expected = expected_from(meeting.body, seats, held, items, recusals, grounds if foreseen else (), absent=absent)
    _name([seat.organisation for seat in seats], items)
    return Sitting(meeting, items, seats, held, present, grounds, {one.item: one for one in expected})


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting: as they were approved, or as they would be now; and what the organisations and grounds they name are called."""

    meeting: Meeting
    text: Mapping[str, Any]
    organisations: Mapping[str, Organisation]
    grounds: Mapping[str, Disqualification]


def minutes(viewer: Viewer, programme: Programme, key: str, number: int) -> Minutes:
    """The minutes of a meeting that has been held."""
    meeting = _meeting(viewer, programme, key, number)
    if meeting.status not in HELD:
        raise Missing("no-minutes", _("This meeting has no minutes yet."))
    text: Mapping[str, Any] = meeting.minutes or minutes_of(meeting)
    named = {one["organisation"] for one in text["present"]}
    named |= {point["organisation"] for item in text["items"] for point in item["action_points"]}
    organisations = Organisation.objects.filter(key__in=named).prefetch_related("names")
    grounds = Disqualification.objects.filter(programme=programme, body_kind=meeting.body.kind)
    return Minutes(meeting, text, {one.key: one for one in organisations}, {one.key: one for one in grounds})


def waiting(viewer: Viewer, programme: Programme, key: str, number: int) -> tuple[Meeting, Sequence[Item], Sequence[Matter]]:
    """A meeting with its agenda so far, and what waits for its body and is not on it."""
    meeting = _meeting(viewer, programme, key, number)
    items = list(Item.objects.filter(meeting=meeting).order_by("number"))
    known = {f"{item.about_kind}:{item.about_key}" for item in items}
    matters = matters_of(meeting.body, clock.today(programme.time_zone))
    return meeting, items, [matter for matter in matters if matter.place not in known]


def _meeting(viewer: Viewer, programme: Programme, key: str, number: int) -> Meeting:
    reached = bodies(viewer, programme).prefetch_related(None).order_by().filter(key=key).values("pk")
    found = Meeting.objects.filter(body__in=reached, number=number).select_related("body__organisation", "body__programme").first()
    if found is None:
        raise Missing("no-such-meeting", _("There is no such meeting here."))
    return found


def _items(meeting: Meeting, number: int | None = None) -> list[Item]:
    recusals = Recusal.objects.select_related("item", "seat__body", "seat__organisation", "ground").order_by("seat__number")
    points = ActionPoint.objects.select_related("organisation", "item__meeting__body__organisation").order_by("number")
    rows = Item.objects.filter(meeting=meeting).select_related("meeting__body", "resolution").order_by("number")
    items = list(
        (rows if number is None else rows.filter(number=number)).prefetch_related(
            Prefetch("papers", Paper.objects.order_by("number")), Prefetch("recusals", recusals), Prefetch("action_points", points), "organisations"
        )
    )
    if number is not None and not items:
        raise Missing("no-such-item", _("This meeting has no item {number}.", number=number))
    return items


def _name(sitting: Iterable[Organisation], items: Iterable[Item]) -> None:
    """Fetches the names of all organisations of a page at once."""
    concerned = [organisation for item in items for organisation in item.organisations.all()]
    owners = [point.organisation for item in items for point in item.action_points.all()]
    prefetch_related_objects([*sitting, *concerned, *owners], "names")


def may(viewer: Viewer, meeting: Meeting, act: str, seated: Iterable[str] = ()) -> bool:
    """Whether the viewer could do this act in a meeting now: its status has it, and their powers reach it.

    `seated`: keys of the organisations that have seats, for acts that their people may do.
    """
    body, permission = meeting.body, Permission(act)
    if (MeetingStatus(meeting.status), act) not in MEETING_ACTS:
        return False
    own = viewer.acts_for(permission, body.programme.key) & set(seated)
    return can(viewer, permission, body.programme.key, of={body.organisation.key, *own})


def may_in(viewer: Viewer, found: Body, act: Permission) -> bool:
    """Whether the viewer's powers reach an act on a body itself."""
    return can(viewer, act, found.programme.key, of=(found.organisation.key,))


def may_close(viewer: Viewer, point: ActionPoint, act: Permission) -> bool:
    """Whether the viewer could say what became of an action point: the secretary could, and its owner's people."""
    body = point.item.meeting.body
    return point.status == ActionPointStatus.OPEN and can(viewer, act, body.programme.key, of=(body.organisation.key, point.organisation.key))


def keepers_organisations(viewer: Viewer, programme: Programme) -> list[Organisation]:
    """Organisations for which the viewer could establish a body."""
    keys = viewer.acts_for(Permission.ESTABLISH_BODY, programme.key)
    return list(Organisation.objects.filter(key__in=keys).prefetch_related("names").order_by("key"))


def organisations(programme: Programme) -> list[Organisation]:
    """Organisations that could have a seat or a task: those of the programme."""
    return list(Organisation.objects.filter(programme=programme).prefetch_related("names").order_by("key"))


def people(body: Body, seats: Sequence[Seat]) -> list[Person]:
    """People who could sit in a body of these seats: those with a role for one of the organisations that have one, or whose body it is."""
    organisations = {body.organisation.pk, *(seat.organisation.pk for seat in seats)}
    members = Membership.objects.filter(programme=body.programme, organisation__in=organisations)
    return list(Person.objects.filter(pk__in=members.values("person"), is_system=False).order_by("key"))
