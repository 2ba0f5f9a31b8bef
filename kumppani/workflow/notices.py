"""Acts on notices: where somebody's mail goes, letters about what waits for them, and handing the letters over, each at most once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from kumppani.access import inbox
from kumppani.access.checks import can, check_can
from kumppani.access.inbox import Waiting
from kumppani.access.viewer import Viewer, viewer_of
from kumppani.access.work import negotiations
from kumppani.domain.notices.models import Letter, Recipient, Told
from kumppani.domain.notices.rules import (
    DIGEST_HOUR,
    How,
    check_email,
    check_how,
    check_language,
    check_reserved,
    check_whose,
    digest_of_secret,
    next_try,
)
from kumppani.domain.parties.models import Person
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.text import LANGUAGES
from kumppani.workflow._record import act, record, row_of


@act
def set_notices(*, by: Viewer, person: Person, email: str, language: str, how: Mapping[str, str]) -> Recipient:
    """Sets where somebody's mail goes, in which language, and of what how soon. By themselves or an administrator; no address: no mail."""
    person = Person.objects.select_for_update(of=("self",)).select_related("programme").get(pk=person.pk)
    programme = person.programme
    check_whose(by.key, person.key, administers=can(by, Permission.ADMIT_PERSON, programme.key if programme else None))
    check_email(email)
    if programme is not None and programme.is_training:
        check_reserved(email)
    check_language(language)
    check_how(how, set(inbox.Kind))
    found = Recipient.objects.select_related("person__programme").filter(person=person).first()
    before = row_of(found) if found else None
    recipient = found or Recipient(person=person)
    recipient.email, recipient.language, recipient.how = email, language, dict(how)
    recipient.save()
    record(by, "set_notices", recipient, programme=programme, before=before)
    return recipient


@act
def renew_feed(*, by: Viewer, person: Person) -> str:
    """Makes a new secret for the address of one's own calendar feed, and returns it, once. The address before it leads nowhere from now on."""
    check_whose(by.key, person.key, administers=False)
    person = Person.objects.select_for_update(of=("self",)).select_related("programme").get(pk=person.pk)
    found = Recipient.objects.select_related("person__programme").filter(person=person).first()
    before = row_of(found) if found else None
    recipient = found or Recipient(person=person, language=LANGUAGES[0])
    secret = secrets.token_urlsafe(32)
    recipient.feed = digest_of_secret(secret)
    recipient.save()
    record(by, "renew_feed", recipient, programme=person.programme, before=before)
    return secret


@act
def write_letters(*, by: Viewer, programme: Programme, person: Person) -> list[Letter]:
    """Writes to somebody what waits for them and they were not told of yet: at once, or once a day, as they chose. Nothing waits: no letter."""
    check_can(by, Permission.WRITE_LETTERS, programme.key)
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("person").get(person=person)
    if not recipient.email:
        return []
    viewer, now = viewer_of(recipient.person), clock.now()
    known = set(Told.objects.filter(programme=programme, person=person).values_list("kind", "thing"))
    waits = inbox.waiting(viewer, programme, negotiations(viewer, programme))
    new = [one for one in waits if (one.kind, thing_of(one)) not in known]
    letters = []
    for how in (How.AT_ONCE, How.DAILY):
        told = [one for one in new if how_of(recipient, one.kind) is how]
        if told and (how is How.AT_ONCE or _is_time(programme, person, now)):
            letters.append(_write(programme, person, told, now, is_daily=how is How.DAILY))
    return letters


def how_of(recipient: Recipient, kind: str) -> How:
    """How soon somebody wants to be told of a kind of matter; once a day where they have not said."""
    return How(recipient.how.get(kind, How.DAILY))


def thing_of(one: Waiting) -> str:
    """What tells one thing that waits from another, and from the same one waiting anew."""
    return f"{'/'.join(str(part) for part in one.at.values())}@{one.since.isoformat()}"


def _is_time(programme: Programme, person: Person, now: datetime) -> bool:
    """Whether the letter of the day can be written: the hour has come where the programme is, and today's has not been written."""
    here = now.astimezone(ZoneInfo(programme.time_zone))
    morning = here.replace(hour=0, minute=0, second=0, microsecond=0)
    written = Letter.objects.filter(programme=programme, person=person, is_daily=True, written_at__gte=morning)
    return here.hour >= DIGEST_HOUR and not written.exists()


def _write(programme: Programme, person: Person, told: list[Waiting], now: datetime, *, is_daily: bool) -> Letter:
    Told.objects.bulk_create([Told(programme=programme, person=person, kind=one.kind, thing=thing_of(one), told_at=now) for one in told])
    things = [{"kind": one.kind.value, "at": dict(one.at), "due_on": one.due_on.isoformat() if one.due_on else None} for one in told]
    return Letter.objects.create(programme=programme, person=person, things=things, is_daily=is_daily, written_at=now)


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that is this process's own to hand over, with where it goes."""

    letter: Letter
    email: str
    language: str


@act
def take_letter(*, by: Viewer) -> Taken | None:
    """Takes the next letter whose time has come; whoever else sends at the same moment takes another. None: nothing is left to send."""
    check_can(by, Permission.WRITE_LETTERS, None)
    now = clock.now()
    open_ = Letter.objects.filter(Q(person__recipient__email__gt="") | Q(email__gt=""), taken_at__isnull=True)
    open_ = open_.exclude(try_at__gt=now).exclude(good_until__lt=now)
    for letter in open_.select_related("programme", "person__recipient").order_by("written_at", "pk")[:100]:
        # The update says itself whether it was first, on either database.
        if Letter.objects.filter(pk=letter.pk, taken_at__isnull=True).update(taken_at=now, email=""):
            letter.taken_at = now
            to = letter if letter.person is None else letter.person.recipient
            return Taken(letter, to.email, to.language)
    return None


@act
def settle_letter(*, by: Viewer, taken: Taken, is_sent: bool) -> None:
    """Notes that the mail server took a letter, or refused it: then it is given back to be tried later, until it is given up."""
    letter, now = taken.letter, clock.now()
    check_can(by, Permission.WRITE_LETTERS, letter.programme.key)
    if is_sent:
        Letter.objects.filter(pk=letter.pk).update(sent_at=now)
    elif again := next_try(letter.tries + 1, now):
        email = "" if letter.person else taken.email
        Letter.objects.filter(pk=letter.pk).update(tries=letter.tries + 1, try_at=again, taken_at=None, email=email)
    else:
        Letter.objects.filter(pk=letter.pk).update(tries=letter.tries + 1)
