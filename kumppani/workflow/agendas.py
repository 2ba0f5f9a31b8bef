"""Acts on an agenda, until the meeting is called: items by hand or from live data, their papers, and what is carried from earlier meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.matters import matters_of
from kumppani.domain.bodies.models import Item, ItemOrganisation, Meeting, Paper
from kumppani.domain.bodies.queries import open_action_points
from kumppani.domain.bodies.rules import check_paper, check_words
from kumppani.domain.documents.models import File
from kumppani.domain.parties.models import Organisation
from kumppani.kernel import clock
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text, _
from kumppani.workflow._meeting import enter, leave
from kumppani.workflow._record import act, record


@dataclass(frozen=True, slots=True)
class About:
    """What an item concerns: a kind and a key, as in the journal. Empty for what is not known here."""

    kind: str = ""
    key: str = ""


@act
def add_item(
    *, by: Viewer, meeting: Meeting, title: Text, about: About = About(), concerned: Iterable[Organisation] = (), is_public: bool = False
) -> Item:
    """Adds the next item to the agenda of a meeting that is not called yet."""
    meeting, after = enter(by, meeting, "add_item")
    return _add(by, meeting, after.event, title, about, concerned, is_public=is_public)


@act
def take_up(*, by: Viewer, meeting: Meeting, places: Collection[str]) -> list[Item]:
    """Puts on the agenda what waits for the body today, by kind and key. What is on it already is not put there twice."""
    meeting, after = enter(by, meeting, "take_up")
    waiting = {matter.place: matter for matter in matters_of(meeting.body, clock.today(meeting.body.programme.time_zone))}
    if not places:
        raise RuleBroken("nothing-taken-up", _("Choose what is taken up."))
    if gone := sorted(set(places) - waiting.keys()):
        raise RuleBroken("matter-gone", _("“{place}” does not wait for this body any more.", place=gone[0]))
    known = {f"{kind}:{key}" for kind, key in meeting.items.values_list("about_kind", "about_key")}
    chosen = [matter for place, matter in waiting.items() if place in places and place not in known]
    return [_add(by, meeting, after.event, matter.title, About(matter.kind, matter.key), matter.concerned) for matter in chosen]


def _add(by: Viewer, meeting: Meeting, event: str, title: Text, about: About, concerned: Iterable[Organisation], *, is_public: bool = False) -> Item:
    check_words(title)
    item = Item.objects.create(
        meeting=meeting, number=meeting.items.count() + 1, title=title, about_kind=about.kind, about_key=about.key, is_public=is_public
    )
    ItemOrganisation.objects.bulk_create(ItemOrganisation(item=item, organisation=organisation) for organisation in dict.fromkeys(concerned))
    record(by, event, item, programme=meeting.body.programme, key=item.key)
    return item


@act
def attach_paper(*, by: Viewer, item: Item, title: Text, address: str = "", file: File | None = None) -> Paper:
    """Attaches to an item a document it rests on: a file kept here, or where it is on the web."""
    meeting, after = enter(by, item.meeting, "attach_paper")
    check_words(title)
    check_paper(address, has_file=file is not None)
    if file is not None and file.programme != meeting.body.programme:
        raise RuleBroken("file-of-another-programme", _("The file belongs to another programme."))
    paper = Paper.objects.create(item=item, number=item.papers.count() + 1, title=title, address=address, file=file)
    record(by, after.event, paper, programme=meeting.body.programme, key=paper.key)
    return paper


@act
def call_meeting(*, by: Viewer, meeting: Meeting) -> Meeting:
    """Calls a meeting: its agenda is fixed. What is still to be done after earlier meetings is put on it first."""
    meeting, after = enter(by, meeting, "call_meeting")
    known = set(meeting.items.filter(about_kind="actionpoint").values_list("about_key", flat=True))
    for point in open_action_points(meeting.body):
        if point.key not in known:
            _add(by, meeting, after.event, point.what, About("actionpoint", point.key), ())
    if not meeting.items.exists():
        raise RuleBroken("empty-agenda", _("A meeting without an agenda is not called."))
    return leave(by, meeting, after)
