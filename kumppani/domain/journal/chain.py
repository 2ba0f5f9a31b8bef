"""How an event becomes text and a digest. The same few lines will verify the chain, so they stand alone and use only the standard library."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime


def canonical(content: Mapping[str, object]) -> str:
    """JSON with sorted keys, no spaces, unescaped letters: one text for one content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def event_text(
    *, chain: str, number: int, at: datetime, actor: str, act: str, kind: str, key: str, before: Mapping[str, object], after: Mapping[str, object]
) -> str:
    """The canonical text of an event: everything the digest covers but the digest before it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    head = {"chain": chain, "number": number, "at": moment, "actor": actor, "act": act, "kind": kind, "key": key}
    return canonical({**head, "before": before, "after": after})


def digest_of(previous: str, text: str) -> str:
    """SHA-256 over the previous digest, a line feed and the text."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
