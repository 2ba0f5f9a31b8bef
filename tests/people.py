"""The fixed cast of the tests: who may do what. Each is admitted by the act that admits people, so what they may do is what the database says."""

from __future__ import annotations

from dataclasses import dataclass

from kumppani.access.viewer import SYSTEM, Viewer, viewer_of
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import Text
from kumppani.workflow.people import admit_person, define_role, grant_role

KEEPER = frozenset(
    {
        Permission.REGISTER_PLACE,
        Permission.STATE_CATEGORY,
        Permission.REGISTER_ORGANISATION,
        Permission.RENAME_ORGANISATION,
        Permission.RECORD_SIGNED_ELSEWHERE,
        Permission.STATE_PRIORITY,
        Permission.STATE_COMMITMENT,
        Permission.STATE_MEASURE,
        Permission.ESTABLISH_ECOSYSTEM,
        Permission.JOIN_ECOSYSTEM,
        Permission.STATE_ECOSYSTEM_PRIORITY,
    }
)
PUBLISHER = frozenset({Permission.PUBLISH, Permission.WITHDRAW, Permission.PUBLISH_FIGURE})
CORRECTOR = frozenset({Permission.CORRECT_FACT})


@dataclass(frozen=True, slots=True)
class Cast:
    """Keeper: writes down what was agreed. Publisher: opens and withdraws. Corrector: puts facts right. Bystander: a member who may do nothing."""

    keeper: Viewer
    publisher: Viewer
    corrector: Viewer
    bystander: Viewer


def cast_of(programme: Programme) -> Cast:
    """Admits the cast to a programme. Keys carry the programme's, so that two programmes each have their own."""
    return Cast(
        keeper=_admit(programme, "keeper", KEEPER),
        publisher=_admit(programme, "publisher", PUBLISHER),
        corrector=_admit(programme, "corrector", CORRECTOR),
        bystander=_admit(programme, "bystander", frozenset()),
    )


def _admit(programme: Programme, role: str, permissions: frozenset[Permission]) -> Viewer:
    define_role(by=SYSTEM, key=role, title=Text(en=role.title()), permissions=permissions)
    person = admit_person(by=SYSTEM, key=f"{role}-{programme.key}", name=f"{role.title()} {programme.key}", programme=programme)
    grant_role(by=SYSTEM, person=person, role=role, programme=programme)
    return viewer_of(person)
