"""A subject of an agreement with the promises of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Promise:
    """What one side promised: its words, its own page, its state that day, and why it stands here (rows of evidence)."""

    words: Mapping[str, str]
    path: str = ""
    state: str = ""
    due_on: date | None = None
    evidence: Any = None
    others: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Vow:
    """One subject. An empty side is one we do not know, last looked for on `looked_on` (None: today)."""

    subject: Mapping[str, str]
    state: Sequence[Promise] = ()
    city: Sequence[Promise] = ()
    looked_on: date | None = None
