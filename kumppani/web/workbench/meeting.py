"""A meeting: its agenda with the forecast of recusals and quorum, presence, minutes; its agenda being made; and one item of it with its acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from kumppani.access import sittings
from kumppani.access.sittings import Sitting
from kumppani.domain.bodies.states import ACTION_POINT_NAMES, ActionPointStatus
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.web.place import Place
from kumppani.web.portal.body import OUTCOMES, calendar_file, meeting_event
from kumppani.web.templatetags.kumppani import plain
from kumppani.web.workbench import body_forms as asked
from kumppani.web.workbench.acting import ActForm, Choices, Offer, initial_words
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.sitting import (
    ABOUT,
    acting,
    lines_of,
    meeting_words,
    organisation_choices,
    seat_choices,
    word_choices,
)
from kumppani.workflow.action_points import drop_action_point, finish_action_point, state_action_point
from kumppani.workflow.agendas import add_item, attach_paper, call_meeting, take_up
from kumppani.workflow.meetings import (
    cancel_meeting,
    close_meeting,
    declare_recusal,
    note_discussion,
    note_leaving,
    note_presence,
    note_recusal,
    open_meeting,
    resolve_item,
)


@work_page
def meeting(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """A meeting."""
    found = sittings.sitting(place.viewer, place.programme, key, number)
    lines = lines_of(found)
    context = {
        **meeting_words(place, found.meeting),
        "lines": lines,
        "is_forecast": found.is_forecast,
        "leaving": len({seat.key for line in lines for seat, _ground in line.foreseen.leaving}),
        "failing": [line.item.number for line in lines if not line.foreseen.is_quorate],
        "seats": [(seat, found.holders.get(seat.key), seat.key in found.present) for seat in found.seats],
        "is_held": found.meeting.status in sittings.HELD,
        "has_grounds": bool(found.grounds),
        "may_make_agenda": sittings.may(place.viewer, found.meeting, "add_item"),
    }
    return acting(request, place, "workbench/meeting.html", _offers(place, found), context, apart={"note_presence", "note_leaving"})


def _offers(place: Place, found: Sitting) -> list[Offer]:
    """What the reader may do with the meeting now."""
    here = place.to("work-meeting", key=found.meeting.body.key, number=found.meeting.number)
    plain_acts: tuple[tuple[str, Message, Callable[..., Any], type[ActForm]], ...] = (
        ("call_meeting", _("Call the meeting: fixes the agenda"), call_meeting, ActForm),
        ("open_meeting", _("Open the meeting"), open_meeting, ActForm),
        ("close_meeting", _("Close the meeting"), close_meeting, ActForm),
        ("cancel_meeting", _("Cancel the meeting"), cancel_meeting, asked.ReasonForm),
    )
    offers = [
        Offer(act, label, partial(_then, here, partial(do, by=place.viewer, meeting=found.meeting)), form, is_primary=form is ActForm)
        for act, label, do, form in plain_acts
        if sittings.may(place.viewer, found.meeting, act, found.seated)
    ]
    absent = [seat for seat in found.seats if seat.key in found.holders and seat.key not in found.present]
    if absent and sittings.may(place.viewer, found.meeting, "note_presence"):
        offers.insert(0, _presence(place, found, absent, here))
    there = [seat for seat in found.seats if seat.key in found.present]
    if there and sittings.may(place.viewer, found.meeting, "note_leaving"):
        offers.insert(0, _leaving(place, found, there, here))
    return offers


def _then(path: str, do: Callable[..., object], **given: Any) -> str:
    """Does it, and shows the page there."""
    do(**given)
    return path


def _presence(place: Place, found: Sitting, absent: Sequence[Any], here: str) -> Offer:
    def do(seat: str) -> str:
        note_presence(by=place.viewer, meeting=found.meeting, seat=found.seat(seat))
        return f"{here}#presence"

    return Offer("note_presence", _("Note as present"), do, asked.SeatForm, choices=[seat_choices(place, "seat", absent)])


def _leaving(place: Place, found: Sitting, there: Sequence[Any], here: str) -> Offer:
    def do(seat: str) -> str:
        note_leaving(by=place.viewer, meeting=found.meeting, seat=found.seat(seat))
        return f"{here}#presence"

    return Offer("note_leaving", _("Note as left"), do, asked.LeavingForm, choices=[seat_choices(place, "seat", there)])


@work_page
def calendar(_request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """The meeting for the reader's own calendar."""
    found = sittings.sitting(place.viewer, place.programme, key, number).meeting
    name, address = plain(found.body.name), place.absolute(place.to("work-meeting", key=key, number=number))
    event = meeting_event(found, name, place.language, address, clock.now())
    return calendar_file(place, f"{key}-{number}", name, [event])


@work_page
def agenda(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """The agenda of a planned meeting: what is on it, what waits for the body, and matters by hand."""
    found, items, waiting = sittings.waiting(place.viewer, place.programme, key, number)
    here = place.to("work-agenda", key=key, number=number)
    offers = []
    if waiting and sittings.may(place.viewer, found, "take_up"):
        options = [(matter.place, f"{ABOUT[matter.kind]}: {plain(matter.title)}") for matter in waiting]
        do = partial(_then, here, partial(take_up, by=place.viewer, meeting=found))
        offers.append(Offer("take_up", _("Put on the agenda"), do, asked.TakeUpForm, choices=[Choices("places", options)], is_primary=True))
    if sittings.may(place.viewer, found, "add_item"):
        offers.append(_add(place, found, here))
    context = {**meeting_words(place, found), "items": [(item, ABOUT.get(item.about_kind)) for item in items], "waiting": waiting}
    return acting(request, place, "workbench/agenda.html", offers, context)


def _add(place: Place, found: Any, here: str) -> Offer:
    organisations = sittings.organisations(place.programme)

    def do(concerned: list[str], title: Text, is_public: bool) -> str:
        whose = [one for one in organisations if one.key in concerned]
        add_item(by=place.viewer, meeting=found, title=title, concerned=whose, is_public=is_public)
        return here

    return Offer("add_item", _("Add a matter"), do, asked.AddItemForm, choices=[organisation_choices(place, "concerned", organisations)])


@work_page
def item(request: HttpRequest, place: Place, key: str, number: int, item: int) -> HttpResponse:
    """One item with its papers, recusals, discussion, resolution and action points, and the acts on it."""
    found = sittings.sitting(place.viewer, place.programme, key, number, item)
    (line,) = lines_of(found)
    context = {
        **meeting_words(place, found.meeting),
        "line": line,
        "item": found.item,
        "is_forecast": found.is_forecast,
        "resolution": getattr(found.item, "resolution", None),
        "points": [
            (point, ACTION_POINT_NAMES[ActionPointStatus(point.status)].staff, f"finish-{point.number}", f"drop-{point.number}")
            for point in found.item.action_points.all()
        ],
    }
    closings = _closings(place, found, _path_of(place, found))
    apart = {offer.key for offer in closings}
    return acting(request, place, "workbench/item.html", [*_item_offers(place, found), *closings], context, apart=apart)


def _path_of(place: Place, found: Sitting) -> str:
    return place.to("work-item", key=found.meeting.body.key, number=found.meeting.number, item=found.item.number)


def _item_offers(place: Place, found: Sitting) -> list[Offer]:
    """What the reader may do with the item now: nothing more to resolve where it is resolved."""
    here = _path_of(place, found)
    resolved = getattr(found.item, "resolution", None) is not None
    makers: dict[str, Callable[[Place, Sitting, str], Offer | None]] = {"attach_paper": _paper, "note_discussion": _discussion}
    if not resolved:
        makers |= {"declare_recusal": _declare, "note_recusal": _recuse, "resolve_item": _resolve}
    makers["state_action_point"] = _point
    made = [make(place, found, here) for act, make in makers.items() if sittings.may(place.viewer, found.meeting, act, found.seated)]
    return [offer for offer in made if offer is not None]


def _paper(place: Place, found: Sitting, here: str) -> Offer:
    do = partial(_then, here, partial(attach_paper, by=place.viewer, item=found.item))
    return Offer("attach_paper", _("Attach a paper"), do, asked.AttachPaperForm)


def _discussion(place: Place, found: Sitting, here: str) -> Offer:
    do = partial(_then, here, partial(note_discussion, by=place.viewer, item=found.item))
    initial = initial_words("words", found.item.discussion)
    return Offer("note_discussion", _("Write down what was said"), do, asked.DiscussionForm, initial=initial)


def _declare(place: Place, found: Sitting, here: str) -> Offer | None:
    own = [seat for seat in found.seats if (term := found.holders.get(seat.key)) and term.person and term.person.key == place.viewer.key]
    return _recusal(place, found, here, "declare_recusal", _("Declare yourself disqualified"), declare_recusal, own)


def _recuse(place: Place, found: Sitting, here: str) -> Offer | None:
    held = [seat for seat in found.seats if seat.key in found.holders]
    return _recusal(place, found, here, "note_recusal", _("Note a recusal"), note_recusal, held)


def _recusal(place: Place, found: Sitting, here: str, key: str, label: Message, act: Callable[..., object], seats: Sequence[Any]) -> Offer | None:
    out = {recusal.seat.key for recusal in found.item.recusals.all()}
    offered = [seat for seat in seats if seat.key not in out]
    if not offered or not found.grounds:
        return None

    def do(seat: str, ground: str) -> str:
        act(by=place.viewer, item=found.item, seat=found.seat(seat), ground=found.ground(ground))
        return here

    grounds = Choices("ground", [(ground.key, plain(ground.wording)) for ground in found.grounds])
    return Offer(key, label, do, asked.RecusalForm, choices=[seat_choices(place, "seat", offered), grounds])


def _resolve(place: Place, found: Sitting, here: str) -> Offer:
    do = partial(_then, here, partial(resolve_item, by=place.viewer, item=found.item))
    return Offer("resolve_item", _("Record the resolution"), do, asked.ResolveForm, choices=[word_choices("outcome", OUTCOMES)], is_primary=True)


def _point(place: Place, found: Sitting, here: str) -> Offer:
    owners = {seat.organisation.key: seat.organisation for seat in found.seats}

    def do(organisation: str, what: Text, due_on: date) -> str:
        state_action_point(by=place.viewer, item=found.item, what=what, organisation=owners[organisation], due_on=due_on)
        return f"{here}#points"

    choices = [organisation_choices(place, "organisation", owners.values())]
    return Offer("state_action_point", _("State an action point"), do, asked.ActionPointForm, choices=choices)


def _closings(place: Place, found: Sitting, here: str) -> list[Offer]:
    acts = (
        ("finish", Permission.FINISH_ACTION_POINT, _("Done"), finish_action_point),
        ("drop", Permission.DROP_ACTION_POINT, _("Give up"), drop_action_point),
    )
    return [
        Offer(f"{key}-{point.number}", label, partial(_then, f"{here}#points", partial(do, by=place.viewer, point=point)), asked.WordForm)
        for point in found.item.action_points.all()
        for key, act, label, do in acts
        if sittings.may_close(place.viewer, point, act)
    ]
