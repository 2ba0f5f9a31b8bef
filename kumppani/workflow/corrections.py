"""The act by which a fact is put right: its value, and why it stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from kumppani.access import visible
from kumppani.access.checks import check_can
from kumppani.access.journalled import recorded
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import (
    Agreement,
    AgreementVersion,
    Commitment,
    ContactPoint,
    KnownUpdate,
    Measure,
    Priority,
    PriorityTheme,
    StatedGoal,
)
from kumppani.domain.agreements.negotiation import check_fits
from kumppani.domain.agreements.queries import SIGNED, parties_of, signed_periods
from kumppani.domain.agreements.rules import check_commitment, check_measure, check_role_address, check_signed_period, check_versions
from kumppani.domain.agreements.wording import LONGEST_CLAUSE
from kumppani.domain.bodies.models import Disqualification
from kumppani.domain.parties.models import Identifier, Municipality, Organisation, OrganisationName
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_name
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Cited, check_cited, check_matches
from kumppani.kernel.errors import Missing, RuleBroken
from kumppani.kernel.ids import check_identifier
from kumppani.kernel.text import LANGUAGES, Text, _
from kumppani.workflow._cite import evidence_rows
from kumppani.workflow._record import act, record, record_evidence, row_of
from kumppani.workflow.promises import check_corrects


def _nothing_more(_thing: Any) -> None:
    """No rule beyond those of the database."""


def _period_in_order(thing: Any) -> None:
    thing.period.check_order()


def _named(field: str) -> Callable[[Any], None]:
    """The rule that a thing keeps a name in some language."""
    return lambda thing: check_name(getattr(thing, field))


def _version_still_right(version: AgreementVersion) -> None:
    if version.status not in SIGNED:
        raise RuleBroken("still-negotiated", _("A version that is still negotiated is not corrected but edited by its parties."))
    check_signed_period(version)
    check_versions([*signed_periods(version.agreement, but=version), version.period])


@dataclass(frozen=True, slots=True)
class Correctable:
    """What of a kind of object can be corrected: how it is found by its key, its fields by type, and the rule it must still keep."""

    find: Callable[[Programme, str], Model]
    root: Callable[[Any], str]
    texts: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    check: Callable[[Any], None] = _nothing_more


def _of_agreement(model: type[Model]) -> Callable[[Programme, str], Model]:
    return lambda programme, key: model._default_manager.select_related("agreement").get(agreement__programme=programme, key=key)


def _by_position(model: type[Model]) -> Callable[[Programme, str], Model]:
    def find(programme: Programme, key: str) -> Model:
        agreement, _word, position = key.rsplit("/", 2)
        return model._default_manager.select_related("agreement").get(
            agreement__programme=programme, agreement__key=agreement, position=int(position)
        )

    return find


def _version(programme: Programme, key: str) -> Model:
    agreement, number = key.rsplit("/", 1)
    return AgreementVersion.objects.select_related("agreement").get(agreement__programme=programme, agreement__key=agreement, number=int(number))


def _contact_point_still_right(point: ContactPoint) -> None:
    check_name(point.role)
    check_role_address(point.address)
    point.period.check_order()


def _programme(programme: Programme, key: str) -> Model:
    return Programme.objects.get(pk=programme.pk, key=key)


def _agreement(programme: Programme, key: str) -> Model:
    return Agreement.objects.get(programme=programme, key=key)


def _municipality(programme: Programme, key: str) -> Model:
    country, code = key.split("-", 1)
    return Municipality.objects.get(programme=programme, country=country, code=code)


def _organisation(programme: Programme, key: str) -> Model:
    return Organisation.objects.get(programme=programme, key=key)


def _category(programme: Programme, key: str) -> Model:
    scheme, category = key.split("/", 1)
    return Category.objects.select_related("scheme").get(scheme__programme=programme, scheme__key=scheme, key=category)


def _ground(programme: Programme, key: str) -> Model:
    body_kind, ground = key.split("/", 1)
    return Disqualification.objects.select_related("programme").get(programme=programme, body_kind=body_kind, key=ground)


def _agreement_key(part: Any) -> str:
    return str(part.agreement.key)


CORRECTABLE: Mapping[str, Correctable] = {
    "programme": Correctable(_programme, str, texts=frozenset({"name", "summary"}), check=_named("name")),
    "category": Correctable(_category, lambda category: category.scheme.key, texts=frozenset({"label"}), check=_named("label")),
    "disqualification": Correctable(
        _ground, lambda ground: ground.programme.key, frozenset({"wording"}), words=frozenset({"law"}), check=_named("wording")
    ),
    "municipality": Correctable(_municipality, str, texts=frozenset({"name", "language_status"}), check=_named("name")),
    "organisation": Correctable(_organisation, str, days=frozenset({"valid_from", "valid_to"}), check=_period_in_order),
    "agreement": Correctable(_agreement, str, texts=frozenset({"name"}), check=_named("name")),
    "version": Correctable(
        _version,
        _agreement_key,
        texts=frozenset({"content"}),
        days=frozenset({"signed_on", "valid_from", "valid_to"}),
        words=frozenset({"authentic_language"}),
        check=_version_still_right,
    ),
    "priority": Correctable(_of_agreement(Priority), _agreement_key, texts=frozenset({"title", "description"}), check=_named("title")),
    "stated_goal": Correctable(_by_position(StatedGoal), _agreement_key, texts=frozenset({"wording"})),
    "known_update": Correctable(_by_position(KnownUpdate), _agreement_key, texts=frozenset({"what"}), days=frozenset({"happened_on"})),
    "commitment": Correctable(
        _of_agreement(Commitment),
        _agreement_key,
        texts=frozenset({"promise", "subject"}),
        days=frozenset({"promised_on", "due_on", "fulfilled_on", "released_on"}),
        check=check_commitment,
    ),
    "measure": Correctable(
        _of_agreement(Measure),
        _agreement_key,
        texts=frozenset({"title", "description", "progress"}),
        days=frozenset({"starts_on", "ends_on", "completed_on", "dropped_on", "reported_on"}),
        check=check_measure,
    ),
    "contact_point": Correctable(
        _by_position(ContactPoint),
        _agreement_key,
        texts=frozenset({"role"}),
        days=frozenset({"valid_from", "valid_to"}),
        words=frozenset({"address"}),
        check=_contact_point_still_right,
    ),
}
"""Kind → what can be corrected. Relations (themes, decider, identifiers, an organisation's name) have their own few lines in `_write`."""


@act
def correct_fact(*, by: Viewer, programme: Programme, kind: str, key: str, field: str, value: object, cited: Cited) -> Any:
    """Puts one field of one object right. `field` of a localised value names the language: title.sv. `value` None: not known (any more).

    Days are `date`s, localised words strings; a decider is the key of an organisation, themes are keys of categories with spaces between.
    """
    return correct_facts(by=by, programme=programme, kind=kind, key=key, values={field: (value, cited)})


@act
def correct_facts(*, by: Viewer, programme: Programme, kind: str, key: str, values: Mapping[str, tuple[object, Cited]]) -> Any:
    """Puts several fields of one object right at once: two days may only be right together. `values`: field → its value and why it stands there."""
    found, _correctable = find_fact(programme, kind, key)
    owners = _owners_of(found)
    check_can(by, Permission.CORRECT_FACT, programme.key, of=owners)
    if isinstance(found, Commitment):
        check_corrects(by, found, {field: value for field, (value, _cited) in values.items()})
    return put_right(by, "correct_fact", programme, kind, key, values)


def put_right(by: Viewer, event: str, programme: Programme, kind: str, key: str, values: Mapping[str, tuple[object, Cited]]) -> Any:
    """Gives fields of one object other values with their evidence: a part of the acts that may do so. The rules hold for all of them together."""
    found, correctable = find_fact(programme, kind, key)
    # Read anew under a lock: two corrections of two fields at once must not write each other's old value back.
    # What the journal names of it is read along.
    joins = recorded(type(found)).joins
    rows = type(found)._default_manager.select_for_update(of=("self",))
    thing = (rows.select_related(*joins) if joins else rows).get(pk=found.pk)
    before = row_of(thing)
    for field, (value, cited) in values.items():
        check_cited(cited)
        check_matches(cited, has_value=value is not None and value != "")
        if isinstance(value, str):
            check_fits(value, LONGEST_CLAUSE)
        _write(programme, thing, correctable, field, value)
    correctable.check(thing)
    thing.save()
    _prove(by, programme, thing, correctable.root(thing), kind, key, values)
    record(by, event, thing, programme=programme, key=key, before=before)
    return thing


def _prove(by: Viewer, programme: Programme, thing: Any, root: str, kind: str, key: str, values: Mapping[str, tuple[object, Cited]]) -> None:
    """Writes the evidence of the fields in place of what stood there."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for field in values:
        places[_place_of_evidence(thing, kind, key, field)].append(field)
    for (of_kind, of_key), fields in places.items():
        Evidence.objects.filter(programme=programme, kind=of_kind, key=of_key, field__in=fields).delete()
        rows = [evidence_rows(by, programme, root=root, kind=of_kind, key=of_key, field=field, cited=values[field][1]) for field in fields]
        Evidence.objects.bulk_create(chain.from_iterable(rows))
        record_evidence(by, programme, of_kind, of_key)


def _owners_of(thing: Any) -> frozenset[str]:
    """Keys of the organisations whose fact it is: an agreement's parties, an organisation itself, nobody's else."""
    if isinstance(thing, Organisation):
        return frozenset({thing.key})
    agreement = thing if isinstance(thing, Agreement) else getattr(thing, "agreement", None)
    return parties_of(agreement) if agreement else frozenset()


def _place_of_evidence(thing: Any, kind: str, key: str, field: str) -> tuple[str, str]:
    """Where the evidence of a fact stands: an organisation's later names have each their own, everything else is its object's."""
    if isinstance(thing, Organisation) and field.startswith("name."):
        current = _current_name(thing)
        if thing.names.count() > 1 and current.valid_from:
            return "organisation_name", f"{key}/name/{current.valid_from.isoformat()}"
    return kind, key


def find_fact(programme: Programme, kind: str, key: str) -> tuple[Any, Correctable]:
    """The object a fact belongs to, locked by nobody yet, and what can be corrected of it."""
    correctable = CORRECTABLE.get(kind)
    if correctable is None:
        raise RuleBroken("not-correctable", _("Facts of a “{kind}” are not corrected here.", kind=kind))
    try:
        thing = correctable.find(programme, key)
    except (ObjectDoesNotExist, ValueError) as error:
        raise Missing("no-such-fact", _("There is no {kind} “{key}”.", kind=kind, key=key)) from error
    return thing, correctable


def _write(programme: Programme, thing: Any, correctable: Correctable, field: str, value: Any) -> None:
    name, _dot, language = field.partition(".")
    if name in correctable.texts and language in LANGUAGES:
        setattr(thing, name, getattr(thing, name).with_(language, value or ""))
    elif field in correctable.days and (value is None or isinstance(value, date)):
        setattr(thing, field, value)
    elif field in correctable.words:
        setattr(thing, field, value or "")
    elif (correctable_relation := RELATIONS.get((thing._meta.model_name, name))) is not None:
        correctable_relation(programme, thing, language, value)
    else:
        raise RuleBroken("no-such-field", _("“{field}” cannot be corrected, or this is no value for it.", field=field))


def _set_decider(programme: Programme, agreement: Agreement, _language: str, value: str | None) -> None:
    decider = Organisation.objects.filter(key=value).exclude(visible.invented_elsewhere(programme)).first() if value else None
    if value and decider is None:
        raise RuleBroken("unknown-organisation", _("There is no organisation “{key}” here.", key=value))
    agreement.decider = decider


def _set_themes(programme: Programme, priority: Priority, _language: str, value: str | None) -> None:
    keys = (value or "").split()
    themes = list(Category.objects.filter(scheme__programme=programme, scheme__key="themes", key__in=keys))
    if len(themes) != len(keys):
        raise RuleBroken("unknown-theme", _("“{value}” names a theme that does not exist.", value=value))
    PriorityTheme.objects.filter(priority=priority).delete()
    PriorityTheme.objects.bulk_create(PriorityTheme(priority=priority, category=theme) for theme in themes)


def _set_identifier(_programme: Programme, organisation: Organisation, scheme: str, value: str | None) -> None:
    if value:
        check_identifier(scheme, value)
        if Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).exists():
            raise RuleBroken("identifier-taken", _("{scheme} {value} already names another organisation.", scheme=scheme, value=value))
    Identifier.objects.filter(organisation=organisation, scheme=scheme).delete()
    if value:
        Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)


def _current_name(organisation: Organisation) -> OrganisationName:
    current = OrganisationName.objects.filter(organisation=organisation).last()
    if current is None:
        raise RuleBroken("organisation-without-name", _("The organisation has no name to correct."))
    return current


def _set_name(_programme: Programme, organisation: Organisation, language: str, value: str | None) -> None:
    current = _current_name(organisation)
    current.name = Text(current.name).with_(language, value or "")
    check_name(current.name)
    current.save()


RELATIONS: Mapping[tuple[str, str], Callable[[Programme, Any, str, Any], None]] = {
    ("agreement", "decider"): _set_decider,
    ("priority", "themes"): _set_themes,
    ("organisation", "identifier"): _set_identifier,
    ("organisation", "name"): _set_name,
}
