"""Whose word a promise is: rules that the acts of stating, correcting and reporting promises share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Commitment, Signatory
from kumppani.domain.agreements.queries import SIGNED, parties_of
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.errors import NotAllowed
from kumppani.kernel.text import LANGUAGES, _

REPORTED = frozenset({"fulfilled_on", "released_on"})
"""Fields of a promise that say how it stands; the others say what was promised."""


def check_states(by: Viewer, stated: Commitment, fulfilled_on: date | None, released_on: date | None) -> None:
    """Refuses who acts for a party to write a promise into another one's mouth, or how it stands, however far their role reaches.

    What stands in a signed agreement is another matter: it was promised on the day of a signature, and any party may write it down.
    `stated`: without the days on which it was fulfilled or released.
    """
    agreement, parties = stated.agreement, parties_of(stated.agreement)
    own = by.acts_for(Permission.STATE_COMMITMENT, agreement.programme.key) & parties
    if not own:
        return
    of_another = stated.promised_by.key in parties and stated.promised_by.key not in own
    if of_another and not agreement.versions.filter(status__in=SIGNED, signed_on=stated.promised_on).exists():
        raise NotAllowed("promise-of-another", _("Another party is to give this promise: only they state it, unless it was signed on that day."))
    if fulfilled_on or released_on:
        check_speaks(by, stated, fulfilled_on, released_on)


def check_corrects(by: Viewer, found: Commitment, values: Mapping[str, Any]) -> None:
    """Refuses who acts for a party to rewrite a promise by correction: what stands is reported, or changed by a request that the other side decides.

    `values`: field → its value; None: not known. Who promised may still fill in what is not known of their own promise.
    """
    programme, parties = found.agreement.programme.key, parties_of(found.agreement)
    own = by.acts_for(Permission.CORRECT_FACT, programme) & parties
    if not own:
        return
    if found.promised_by.key in parties and found.promised_by.key not in own:
        raise NotAllowed("promise-of-another", _("Another party gave this promise: ask them for a change of it."))
    if set(values) & REPORTED:
        raise NotAllowed("reported-not-corrected", _("How a promise stands is reported, not corrected."))
    if any(_stands(found, field) not in {None, "", value} for field, value in values.items()):
        raise NotAllowed("asked-not-corrected", _("What was promised is changed by a request that the other side decides, not by correcting it."))


def _stands(found: Commitment, field: str) -> Any:
    """What is written of a field now; a localised one names its language."""
    name, _dot, language = field.partition(".")
    value = getattr(found, name)
    return value.get(language) if language in LANGUAGES else value


def check_speaks(by: Viewer, commitment: Commitment, fulfilled_on: date | None, released_on: date | None) -> None:
    """Refuses who may not report this of a promise, and who acts for a party of the other side, however far their role reaches."""
    agreement, concerned = commitment.agreement, _concerned(commitment, fulfilled_on, released_on)
    for_parties = by.acts_for(Permission.REPORT_COMMITMENT, agreement.programme.key) & parties_of(agreement)
    if for_parties and not for_parties & concerned:
        raise NotAllowed("not-your-promise", _("Fulfilment is reported by the side that promised, release by the side that was promised."))
    check_can(by, Permission.REPORT_COMMITMENT, agreement.programme.key, of=concerned)


def _concerned(commitment: Commitment, fulfilled_on: date | None, released_on: date | None) -> frozenset[str]:
    """Keys of the organisations whose word it is."""
    rows = Signatory.objects.filter(version__agreement=commitment.agreement, version__status__in=SIGNED).values_list("side", "organisation__key")
    ours = {key for side, key in rows if side == commitment.side} | {commitment.promised_by.key}
    theirs = {key for side, key in rows if side != commitment.side} | {commitment.promised_to.key}
    if released_on != commitment.released_on:
        return frozenset(theirs)
    return frozenset(ours if fulfilled_on is not None else ours | theirs)
