"""Builds published figures: statements about money with an exact sum, or with bounds and the source's own word for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kumppani.imports.reference.facts import Figure, Labelled
from kumppani.imports.reference.read import Node
from kumppani.imports.reference.shape import EVIDENCE, Parts, Shaper
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.money import Amount, Qualifier
from kumppani.kernel.periods import Period

FIELDS = ("key", "measures", "wording", "language", "basis")
OPTIONAL = ("group", "agreement", "wording_mark", "exact_cents", "bounds", "year", "period")


@dataclass(frozen=True, slots=True)
class FigureFile:
    """What the file of figures holds."""

    measures: tuple[Labelled, ...] = ()
    figures: tuple[Figure, ...] = ()


def figure_file(root: Node, shape: Shaper) -> FigureFile:
    """The codes with their labels, and the figures."""
    parts = shape.parts(root, ("measures", "figures"))
    figures = tuple(filter(None, (_figure(node, shape) for node in shape.items(parts.get("figures")))))
    return FigureFile(_labelled(parts.get("measures"), shape), figures)


def _labelled(root: Node | None, shape: Shaper) -> tuple[Labelled, ...]:
    found = []
    for node in shape.items(root):
        parts = shape.parts(node, ("key", "label"))
        found.append(Labelled(shape.key(parts.get("key")), shape.texts(parts.get("label")), node.place))
    return tuple(found)


def _figure(node: Node, shape: Shaper) -> Figure | None:
    parts = shape.parts(node, FIELDS, (*OPTIONAL, *EVIDENCE))
    fact = shape.fact(node, shape.text, name="wording", more=(*FIELDS, *OPTIONAL))
    if "unknown" in parts or fact.source is None:
        shape.problems.add(node.place, "a figure is what a source states: it needs one")
    amount = _amount(node, parts, shape)
    if amount is None:
        return None
    return Figure(
        shape.key(parts.get("key")),
        shape.text(parts.get("measures")),
        shape.optional_text(parts.get("group")),
        shape.optional_text(parts.get("agreement")),
        fact.value or "",
        shape.language(parts.get("language")),
        shape.one_of(parts.get("wording_mark"), {"ours"}, "mark of a wording") == "ours",
        amount,
        shape.texts(parts.get("basis")),
        _period(node, parts, shape),
        fact,
        node.place,
    )


def _amount(node: Node, parts: Parts, shape: Shaper) -> Amount | None:
    """The sum, or None with a problem."""
    lower = upper = None
    qualifier = ""
    if "bounds" in parts:
        bounds = shape.parts(parts["bounds"], ("lower_cents", "upper_cents", "qualifier"))
        lower, upper = shape.number(bounds.get("lower_cents")), shape.number(bounds.get("upper_cents"))
        qualifier = shape.one_of(bounds.get("qualifier"), frozenset(Qualifier), "word before a sum")
    exact = shape.number(parts.get("exact_cents"))
    if ("exact_cents" in parts and exact is None) or ("bounds" in parts and not qualifier):
        return None
    amount = Amount(exact, lower, upper, Qualifier(qualifier) if qualifier else None)
    try:
        amount.check()
    except RuleBroken as error:
        shape.problems.add(node.place, str(error))
        return None
    return amount


def _period(node: Node, parts: Parts, shape: Shaper) -> Period:
    """A year, or from–to; neither where the source gives none."""
    if "year" in parts and "period" in parts:
        shape.problems.add(node.place, "a figure has either a year or a period")
    if "year" in parts:
        year = shape.number(parts["year"])
        if year is not None and not 1900 <= year <= 2100:
            shape.problems.add(parts["year"].place, f"{year} is not a year")
            return Period()
        return Period(date(year, 1, 1), date(year, 12, 31)) if year else Period()
    if "period" in parts:
        ends = shape.parts(parts["period"], ("from", "to"))
        return Period(shape.day(ends.get("from")), shape.day(ends.get("to")))
    return Period()
