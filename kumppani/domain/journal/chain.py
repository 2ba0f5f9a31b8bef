"""How an event becomes text and a digest. The outsider's verifier says the same in its own words; only the standard library is used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

COLUMNS = ("chain", "number", "at", "actor", "act", "kind", "key", "root")
"""What the text of an event says beside what changed; the row says it as well, and both must agree."""


def canonical(content: Mapping[str, object]) -> str:
    """JSON with sorted keys, no spaces, unescaped letters: one text for one content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def moment(at: datetime) -> str:
    """A moment as the text writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_text(
    *,
    chain: str,
    number: int,
    at: datetime,
    actor: str,
    act: str,
    kind: str,
    key: str,
    root: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    changed: list[str],
) -> str:
    """The canonical text of an event: everything the digest covers but the digest before it. `changed` names personal fields."""
    head = {"chain": chain, "number": number, "at": moment(at), "actor": actor, "act": act, "kind": kind, "key": key, "root": root}
    return canonical({**head, "before": before, "after": after, **({"changed": changed} if changed else {})})


def text_digest(text: str) -> str:
    """SHA-256 of a text: what stands in its place where the text itself is not for everyone."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(previous: str, text: str) -> str:
    """The digest of an event: SHA-256 over the previous digest, a line feed and the digest of the text."""
    return hashlib.sha256(f"{previous}\n{text_digest(text)}".encode()).hexdigest()
