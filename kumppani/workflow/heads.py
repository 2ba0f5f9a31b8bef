"""Signing and publishing the heads of the journal's chains."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.journal.chain import moment
from kumppani.domain.journal.models import Head, PublishedHead
from kumppani.domain.journal.signing import SignedHead, public_key, sign
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.workflow._record import act


@act
def publish_heads(*, by: Viewer, key: Ed25519PrivateKey) -> list[SignedHead]:
    """Signs the head of every chain that has grown since this key last signed it, and publishes it. Nothing is recorded: a head is no fact."""
    check_can(by, Permission.PUBLISH_HEADS, None)
    at, signed = moment(clock.now()), set(PublishedHead.objects.filter(public_key=public_key(key)).values_list("chain", "number"))
    grown = [head for head in Head.objects.filter(number__gt=0).order_by("chain") if (head.chain, head.number) not in signed]
    heads = [sign(key, head.chain, head.number, head.digest, at) for head in grown]
    # Whoever signs at the same moment signs the same heads: the first to write them has published them.
    PublishedHead.objects.bulk_create([PublishedHead(**head.columns()) for head in heads], ignore_conflicts=True)
    return heads
