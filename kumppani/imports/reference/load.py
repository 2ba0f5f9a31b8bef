"""Loads the whole folder: read, built, checked. Either everything is right, or everything that is wrong is told at once."""

from __future__ import annotations

from pathlib import Path

from kumppani.imports.reference import agreements, figures, places, registers
from kumppani.imports.reference.check import check
from kumppani.imports.reference.facts import Place, ReferenceSet
from kumppani.imports.reference.read import Node, Problems, read_csv, read_yaml
from kumppani.imports.reference.shape import Shaper

YAML_FILES = (
    "sources.yaml",
    "organisations.yaml",
    "classifications.yaml",
    "disqualifications.yaml",
    "agreements.yaml",
    "figures.yaml",
    "completeness.yaml",
)


def load(folder: Path) -> ReferenceSet:
    """The reference set in `folder`; raises `ReferenceRefused` with every problem, sorted by file and line."""
    problems = Problems()
    roots = {name: read_yaml(folder / name, problems) or Node([], Place(name, 1)) for name in YAML_FILES}
    rows = read_csv(folder / "municipalities.csv", places.COLUMNS, problems)
    # A file that cannot be read at all would be missed by every reference to it.
    problems.refuse()
    sources = registers.sources(roots["sources.yaml"], Shaper(problems, {}))
    shape = Shaper(problems, sources)
    agreed = agreements.agreement_file(roots["agreements.yaml"], shape)
    money = figures.figure_file(roots["figures.yaml"], shape)
    reference = ReferenceSet(
        programme=agreed.programme,
        sources=sources,
        municipalities=places.municipalities(rows, shape),
        organisations=registers.organisations(roots["organisations.yaml"], shape),
        schemes=registers.schemes(roots["classifications.yaml"], shape),
        grounds=registers.grounds(roots["disqualifications.yaml"], shape),
        agreements=agreed.agreements,
        measures=money.measures,
        figures=money.figures,
        completeness=registers.completeness(roots["completeness.yaml"], frozenset(one.key for one in money.measures), shape),
    )
    check(reference, problems)
    problems.refuse()
    return reference
