"""Builds sources, organisations, classifications and the list of the completeness meter."""

from __future__ import annotations

from kumppani.domain.bodies.rules import BodyKind
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.sources.rules import SourceCard, SourceKind
from kumppani.imports.reference.facts import Category, CompletenessItem, Ground, Identifier, Organisation, Place, Scheme
from kumppani.imports.reference.read import Node
from kumppani.imports.reference.shape import Shaper
from kumppani.kernel.ids import SCHEMES
from kumppani.kernel.periods import Period
from kumppani.kernel.text import LANGUAGES, Text

SOURCE_FIELDS = ("key", "kind", "title", "publisher", "address", "published", "language", "read_on")
ORGANISATION_OPTIONAL = ("identifiers", "municipality", "region", "parent", "successor", "valid_from", "valid_to")


def sources(root: Node, shape: Shaper) -> dict[str, SourceCard]:
    """Every source by its key."""
    found: dict[str, SourceCard] = {}
    for node in shape.items(root):
        parts = shape.parts(node, SOURCE_FIELDS, ("licence",))
        key, read_on = shape.key(parts.get("key")), shape.day(parts.get("read_on"))
        kind = shape.one_of(parts.get("kind"), frozenset(SourceKind), "kind of source")
        address = shape.optional_text(parts.get("address")) or ""
        if address and not address.startswith(("https://", "http://")):
            shape.problems.add(parts["address"].place, f"“{address}” is not a web address")
        if key in found:
            shape.problems.add(node.place, f"the source “{key}” stands twice")
        if not (key and kind and read_on):
            continue
        found[key] = SourceCard(
            key,
            SourceKind(kind),
            _title(parts.get("title"), shape),
            shape.texts(parts.get("publisher")),
            shape.language(parts.get("language")),
            read_on,
            address,
            shape.day(parts.get("published")),
            shape.optional_text(parts.get("licence")) or "",
        )
    return found


def _title(node: Node | None, shape: Shaper) -> Text:
    """A title as printed: in one language or more."""
    if node is None:
        return Text()
    words = Text({language: shape.text(part) for language, part in shape.parts(node, (), LANGUAGES).items()})
    if not words:
        shape.problems.add(node.place, "a title in at least one language is needed")
    return words


def organisations(root: Node, shape: Shaper) -> tuple[Organisation, ...]:
    """The organisations in the order of the file."""
    return tuple(filter(None, (_organisation(node, shape) for node in shape.items(root))))


def _organisation(node: Node, shape: Shaper) -> Organisation | None:
    parts = shape.parts(node, ("key", "kind", "name"), ORGANISATION_OPTIONAL)
    key = shape.key(parts.get("key"))
    kind = shape.one_of(parts.get("kind"), frozenset(OrganisationKind), "kind of organisation")
    name = shape.words(parts.get("name"))
    if "name" in parts and not name.text:
        shape.problems.add(parts["name"].place, "an organisation has a name in at least one language")
    identifiers = tuple(_identifier(part, shape) for part in shape.items(parts.get("identifiers")))
    if not (key and kind):
        return None
    return Organisation(
        key,
        OrganisationKind(kind),
        name,
        identifiers,
        shape.optional_text(parts.get("municipality")),
        shape.optional_text(parts.get("region")),
        shape.fact(parts["parent"], shape.key) if "parent" in parts else None,
        shape.fact(parts["successor"], shape.key) if "successor" in parts else None,
        shape.fact(parts["valid_from"], shape.day) if "valid_from" in parts else None,
        shape.fact(parts["valid_to"], shape.day) if "valid_to" in parts else None,
        node.place,
    )


def _identifier(node: Node, shape: Shaper) -> Identifier:
    scheme_node = node.value.get("scheme") if isinstance(node.value, dict) else None
    if scheme_node is None:
        shape.problems.add(node.place, "an identifier names its scheme")
    scheme = shape.one_of(scheme_node, SCHEMES.keys() - {"training"}, "kind of identifier")
    return Identifier(scheme, shape.fact(node, shape.text, more=("scheme",)))


def schemes(root: Node, shape: Shaper) -> tuple[Scheme, ...]:
    """The classifications in the order of the file."""
    found = []
    for node in shape.items(root):
        parts = shape.parts(node, ("scheme", "title", "categories"))
        categories = tuple(_category(part, shape) for part in shape.items(parts.get("categories")))
        found.append(Scheme(shape.key(parts.get("scheme")), shape.words(parts.get("title")), categories, node.place))
    return tuple(found)


def _category(node: Node, shape: Shaper) -> Category:
    parts = shape.parts(node, ("key", "parent", "label"), ("valid_from", "valid_to"))
    period = Period(shape.day(parts.get("valid_from")), shape.day(parts.get("valid_to")))
    return Category(shape.key(parts.get("key")), shape.optional_text(parts.get("parent")), shape.words(parts.get("label")), period, node.place)


def grounds(root: Node, shape: Shaper) -> tuple[Ground, ...]:
    """The grounds of disqualification, kind of body by kind of body, in the order of the file."""
    found: list[Ground] = []
    for node in shape.items(root):
        parts = shape.parts(node, ("body_kinds", "grounds"))
        for kind in shape.items(parts.get("body_kinds")):
            body_kind = shape.one_of(kind, frozenset(BodyKind), "kind of body")
            found += (ground for part in shape.items(parts.get("grounds")) if (ground := _ground(body_kind, part, shape)))
    return tuple(found)


def _ground(body_kind: str, node: Node, shape: Shaper) -> Ground | None:
    parts = shape.parts(node, ("key", "wording", "law"))
    if "law" not in parts:
        return None
    return Ground(body_kind, shape.key(parts.get("key")), shape.words(parts.get("wording")), shape.fact(parts["law"], shape.text), node.place)


FACT_PATHS = frozenset(
    {
        "agreement.action_plan",
        "agreement.commitments",
        "agreement.cooperation_parties",
        "agreement.decider",
        "agreement.known_updates",
        "agreement.projects",
        "agreement.results",
        "agreement.stated_goals",
        "agreement.yearly_envelope",
        "approval.decided_on",
        "commitment.promise",
        "cooperation_party.organisation",
        "known_update.what",
        "measure.title",
        "priority.title",
        "signatory.approval",
        "signatory.organisation",
        "stated_goal.wording",
        "version.authentic_language",
        "version.content",
        "version.signed_on",
        "version.text",
        "version.valid_from",
        "version.valid_to",
    }
)
"""Facts of the evidence register that an item of the completeness meter may count; figures by what they measure come on top."""


def completeness(root: Node, measures: frozenset[str], shape: Shaper) -> tuple[CompletenessItem, ...]:
    """The lines of the completeness meter. `measures` are the codes of what figures measure."""
    allowed = FACT_PATHS | {f"figure.{code}" for code in measures}
    found = []
    for node in shape.items(root):
        parts = shape.parts(node, ("key", "label", "facts", "looked_on"))
        facts = tuple(shape.one_of(part, allowed, "fact") for part in shape.items(parts.get("facts")))
        looked_on, key = shape.day(parts.get("looked_on")), shape.key(parts.get("key"))
        if looked_on and key:
            found.append(CompletenessItem(key, shape.texts(parts.get("label")), facts, looked_on, Place(node.place.file, node.place.line)))
    return tuple(found)
