"""Who acts without being a person."""

from __future__ import annotations

from kumppani.access.viewer import SYSTEM
from kumppani.domain.parties.models import Person


def machines() -> frozenset[str]:
    """Keys of the actors that are no persons: the installation itself, and its system accounts. One query."""
    return frozenset({SYSTEM.key, *Person.objects.filter(is_system=True).values_list("key", flat=True)})
