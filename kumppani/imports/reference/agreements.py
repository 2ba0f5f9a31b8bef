"""Builds the programme and its agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from kumppani.domain.agreements.rules import Side
from kumppani.domain.bodies.rules import BodyKind
from kumppani.domain.sources.rules import Mark
from kumppani.imports.reference.facts import (
    Agreement,
    Approval,
    Fact,
    KnownUpdate,
    Member,
    Priority,
    Programme,
    Signatory,
    StatedGoal,
    Version,
)
from kumppani.imports.reference.read import Node
from kumppani.imports.reference.shape import Shaper
from kumppani.kernel.text import LANGUAGES

PROGRAMME_FIELDS = ("key", "name", "summary", "country", "time_zone", "currency", "languages")
AGREEMENT_FIELDS = (
    "key",
    "name",
    "municipalities",
    "deciding_council",
    "versions",
    "cooperation_parties",
    "priorities",
    "stated_goals",
    "later_updates",
    "gaps",
)
VERSION_FIELDS = ("number", "signed_on", "valid_from", "valid_to", "authentic_language", "text", "content", "signatories", "negotiators")
GAPS = frozenset({"commitments", "action_plan", "yearly_envelope", "projects", "results"})
ROLES = frozenset({"core", "partner"})


@dataclass(frozen=True, slots=True)
class AgreementFile:
    """What the file of agreements holds."""

    programme: Programme
    agreements: tuple[Agreement, ...]


def agreement_file(root: Node, shape: Shaper) -> AgreementFile:
    """The programme and the agreements in their order."""
    parts = shape.parts(root, ("programme", "agreements"))
    agreements = tuple(filter(None, (_agreement(node, shape) for node in shape.items(parts.get("agreements")))))
    return AgreementFile(_programme(parts.get("programme", Node({}, root.place)), shape), agreements)


def _programme(node: Node, shape: Shaper) -> Programme:
    parts = shape.parts(node, PROGRAMME_FIELDS)
    languages = tuple(shape.language(part) for part in shape.items(parts.get("languages")))
    if "languages" in parts and set(languages) != set(LANGUAGES):
        shape.problems.add(parts["languages"].place, f"the languages of the programme are those of these files: {', '.join(LANGUAGES)}")
    return Programme(
        shape.key(parts.get("key")),
        shape.words(parts.get("name")),
        shape.words(parts.get("summary")),
        _code(parts.get("country"), 2, "country", shape),
        shape.one_of(parts.get("time_zone"), available_timezones(), "time zone", tell=False),
        _code(parts.get("currency"), 3, "currency", shape),
        languages,
        node.place,
    )


def _code(node: Node | None, length: int, meaning: str, shape: Shaper) -> str:
    code = shape.text(node)
    if node is not None and not (len(code) == length and code.isalpha() and code.isupper()):
        shape.problems.add(node.place, f"“{code}” is not the code of a {meaning}: {length} capital letters")
    return code


def _agreement(node: Node, shape: Shaper) -> Agreement | None:
    parts = shape.parts(node, AGREEMENT_FIELDS)
    if set(AGREEMENT_FIELDS) - parts.keys():
        return None
    parties, no_parties = _listed(parts["cooperation_parties"], shape)
    goals, no_goals = _listed(parts["stated_goals"], shape)
    updates, no_updates = _listed(parts["later_updates"], shape)
    gaps = {"cooperation_parties": no_parties, "stated_goals": no_goals, "known_updates": no_updates, **_gaps(parts["gaps"], shape)}
    return Agreement(
        shape.key(parts["key"]),
        shape.words(parts["name"]),
        shape.fact(parts["municipalities"], lambda value: _members(value, shape)),
        shape.fact(parts["deciding_council"], shape.key),
        tuple(filter(None, (_version(part, shape) for part in shape.items(parts["versions"])))),
        tuple(_party(part, shape) for part in parties),
        tuple(filter(None, (_priority(part, shape) for part in shape.items(parts["priorities"])))),
        tuple(StatedGoal(shape.words(shape.parts(part, ("wording",)).get("wording"))) for part in goals),
        tuple(filter(None, (_update(part, shape) for part in updates))),
        {name: gap for name, gap in gaps.items() if gap is not None},
        node.place,
    )


def _listed(node: Node, shape: Shaper) -> tuple[list[Node], Fact[str] | None]:
    """The members of a list, or why there are none: unknown, with the day on which they were looked for."""
    if isinstance(node.value, dict):
        return [], _unknown(node, shape)
    return shape.items(node), None


def _unknown(node: Node, shape: Shaper) -> Fact[str]:
    fact: Fact[str] = shape.fact(node, shape.text)
    if fact.known:
        shape.problems.add(node.place, "only “unknown: true” can stand here: what is known has its own list")
    return fact


def _gaps(node: Node, shape: Shaper) -> dict[str, Fact[str]]:
    return {name: _unknown(part, shape) for name, part in shape.parts(node, (), GAPS).items()}


def _members(node: Node, shape: Shaper) -> tuple[Member, ...]:
    members = []
    for part in shape.items(node):
        parts = shape.parts(part, ("code", "role"))
        members.append(Member(shape.text(parts.get("code")), shape.one_of(parts.get("role"), ROLES, "role of a municipality") == "core"))
    if not members:
        shape.problems.add(node.place, "an agreement covers at least one municipality")
    return tuple(members)


def _party(node: Node, shape: Shaper) -> Fact[str]:
    return shape.fact(node, shape.key, name="organisation")


def _version(node: Node, shape: Shaper) -> Version | None:
    parts = shape.parts(node, VERSION_FIELDS)
    number = shape.number(parts.get("number"))
    if not number or set(VERSION_FIELDS) - parts.keys():
        return None
    signed_on: Fact[date] = shape.fact(parts["signed_on"], shape.day)
    if not signed_on.known:
        shape.problems.add(parts["signed_on"].place, "a version stands here when it has been signed: its day must be known")
    return Version(
        number,
        signed_on,
        shape.fact(parts["valid_from"], shape.day),
        shape.fact(parts["valid_to"], shape.day),
        shape.fact(parts["authentic_language"], shape.language),
        _unknown(parts["text"], shape),
        shape.words(parts["content"], lists=True),
        tuple(filter(None, (_signatory(part, shape) for part in shape.items(parts["signatories"])))),
        tuple(_party(part, shape) for part in shape.items(parts["negotiators"])),
        node.place,
    )


def _signatory(node: Node, shape: Shaper) -> Signatory | None:
    organisation = shape.fact(node, shape.key, name="organisation", more=("side", "approval"))
    parts = node.value if isinstance(node.value, dict) else {}
    if not {"side", "approval"} <= parts.keys():
        shape.problems.add(node.place, "a signatory has a side and an approval (or when it was looked for)")
        return None
    side = shape.one_of(parts["side"], frozenset(Side), "side")
    approval = parts["approval"]
    if isinstance(approval.value, dict) and "unknown" in approval.value:
        return Signatory(organisation, Side(side), None, _unknown(approval, shape)) if side else None
    return Signatory(organisation, Side(side), _approval(approval, shape), None) if side else None


def _approval(node: Node, shape: Shaper) -> Approval | None:
    parts = shape.parts(node, ("body", "decided_on"), ("case_number",))
    body = shape.parts(parts["body"], ("key", "kind", "name")) if "body" in parts else {}
    if "decided_on" not in parts:
        return None
    return Approval(
        shape.key(body.get("key")),
        shape.one_of(body.get("kind"), frozenset(BodyKind), "kind of body"),
        shape.texts(body.get("name")),
        shape.fact(parts["decided_on"], shape.day),
        shape.optional_text(parts.get("case_number")) or "",
    )


def _priority(node: Node, shape: Shaper) -> Priority | None:
    parts = shape.parts(node, ("number", "title", "themes"))
    number = shape.number(parts.get("number"))
    if not number or "themes" not in parts:
        return None
    themes: Fact[str] = shape.fact(parts["themes"], lambda value: " ".join(shape.key(part) for part in shape.items(value)))
    if themes.known and themes.mark is not Mark.OURS:
        shape.problems.add(parts["themes"].place, "the mapping to themes is ours: mark it so")
    return Priority(number, shape.words(parts.get("title")), themes, node.place)


def _update(node: Node, shape: Shaper) -> KnownUpdate | None:
    parts = shape.parts(node, ("happened_on", "what"))
    if "happened_on" not in parts:
        return None
    return KnownUpdate(shape.fact(parts["happened_on"], shape.day), shape.words(parts.get("what")))
