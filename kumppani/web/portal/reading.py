"""An agreement as it is read on one day: what its page's parts all need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kumppani.access.whole import WholeAgreement
from kumppani.domain.agreements.rules import Validity, validity_on, version_on
from kumppani.web.asked import AsOf
from kumppani.web.evidence import EvidenceBook
from kumppani.web.place import Place


@dataclass(frozen=True, slots=True)
class Reading:
    """The agreement, its evidence, the day asked for, and the version that counts that day (the first one before anything was signed)."""

    place: Place
    asked: AsOf
    found: WholeAgreement
    book: EvidenceBook
    version: Any
    validity: Validity

    @property
    def key(self) -> str:
        """The agreement's key."""
        return self.found.agreement.key

    @property
    def day(self) -> date:
        """The day asked for."""
        return self.asked.day

    @property
    def language(self) -> str:
        """The reader's."""
        return self.place.language

    @property
    def is_signed(self) -> bool:
        """Whether it had been signed by that day."""
        return self.validity is not Validity.NOT_SIGNED


def read(place: Place, asked: AsOf, found: WholeAgreement) -> Reading:
    """An agreement as it is read on the day asked for."""
    version = version_on(found.versions, asked.day)
    return Reading(place, asked, found, EvidenceBook(found.evidence), version, validity_on(version, asked.day))
