"""The minutes of a meeting, made from the record."""

from __future__ import annotations

from django.db.models import Prefetch

from kumppani.domain.bodies.models import ActionPoint, Item, Meeting, Presence, Recusal, Resolution


def minutes_of(meeting: Meeting) -> dict[str, object]:
    """The minutes, made from the record: seats by organisation and role, no names."""
    items = meeting.items.select_related("meeting__body", "resolution").prefetch_related(
        Prefetch("recusals", Recusal.objects.select_related("seat__body", "ground")),
        Prefetch("action_points", ActionPoint.objects.select_related("item__meeting__body", "organisation")),
    )
    presences = meeting.presences.select_related("seat__organisation", "seat__body").order_by("seat__number")
    return {
        "meeting": meeting.key,
        "starts_at": meeting.starts_at.isoformat(),
        "place": dict(meeting.place),
        "present": [_minutes_of_presence(one) for one in presences],
        "items": [_minutes_of_item(item) for item in items],
    }


def _minutes_of_presence(one: Presence) -> dict[str, object]:
    left = {"left_at": one.left_at.isoformat()} if one.left_at else {}
    return {"seat": one.seat.key, "organisation": one.seat.organisation.key, "title": dict(one.seat.title), **left}


def _minutes_of_item(item: Item) -> dict[str, object]:
    found: Resolution | None = getattr(item, "resolution", None)
    return {
        "number": item.number,
        "title": dict(item.title),
        "discussion": dict(item.discussion),
        "recusals": [{"seat": one.seat.key, "ground": one.ground.key, "is_declared": one.is_declared} for one in item.recusals.all()],
        "resolution": {"outcome": found.outcome, "wording": dict(found.wording), "reasons": dict(found.reasons)} if found else None,
        "action_points": [
            {"key": one.key, "what": dict(one.what), "organisation": one.organisation.key, "due_on": one.due_on.isoformat()}
            for one in item.action_points.all()
        ],
    }
