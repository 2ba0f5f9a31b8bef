"""How the story's city coordinator keeps an agreement up to date: addresses of roles, and a workbook that reports on a measure."""

from __future__ import annotations

import hashlib
from datetime import date

from kumppani.demo import vellamonlinna
from kumppani.demo.telling import World, episode, say
from kumppani.domain.agreements.models import Agreement
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.reports import report_measure
from kumppani.workflow.workbooks import LoadedRow, load_workbook

_ROLES = {
    "ministry": (say("Sopimusasioiden virkaposti", "Tjänstepost för avtalsärenden", "Mailbox for agreements"), "sopimukset@ministerio.example"),
    "vellamonlinna": (say("Kaupungin kirjaamo", "Stadens registratorskontor", "Registry of the city"), "kirjaamo@vellamonlinna.example"),
}


def _addresses(world: World, today: date) -> None:
    for key, (role, address) in _ROLES.items():
        state_contact_point(
            by=world.cast["vellamo"],
            agreement=world.agreements[vellamonlinna.KEY],
            organisation=world.organisations[key],
            role=role,
            address=address,
            valid_from=today,
        )


def _workbook(world: World, today: date) -> None:
    """The coordinator hands back the agreement's workbook: one row of it says how a measure goes."""
    by = world.cast["vellamo"]

    def rows(agreement: Agreement) -> list[LoadedRow]:
        measure = agreement.measures.select_related("agreement__programme", "lead").order_by("number")[0]
        said = say("Kokeilut on kilpailutettu.", "Försöken har konkurrensutsatts.", "The trials have been put out to tender.")
        report_measure(by=by, measure=measure, reported_on=today, progress=said, completed_on=measure.completed_on, dropped_on=measure.dropped_on)
        return [LoadedRow("measures", 4, "report_measure", measure.key, ["progress.fi", "progress.sv", "progress.en", "reported_on"])]

    digest = hashlib.sha256(b"the workbook of the story").hexdigest()
    load_workbook(by=by, agreement=world.agreements[vellamonlinna.KEY], digest=digest, unchanged=20, rows=rows)


EPISODES = (episode("2026-09-14", _addresses), episode("2026-09-15", _workbook))
