"""Acts on programmes, their classifications and places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.models import Municipality, Placement, Region
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import REGION_LEVELS, check_name, check_point
from kumppani.domain.programmes.models import Category, Programme, Scheme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _
from kumppani.workflow._cite import Evidences, cite
from kumppani.workflow._record import act, record


@act
def create_programme(
    *,
    by: Viewer,
    key: str,
    name: Text,
    summary: Text,
    country: str,
    currency: str,
    time_zone: str,
    is_training: bool = False,
    evidence: Evidences | None = None,
) -> Programme:
    """Creates an agreement programme. `country` is ISO 3166 (ZZ for an invented one), `currency` ISO 4217, `time_zone` from the IANA database."""
    check_can(by, Permission.CREATE_PROGRAMME, None)
    check_key(key)
    check_name(name)
    if time_zone not in available_timezones():
        raise RuleBroken("unknown-time-zone", _("“{zone}” is not a time zone.", zone=time_zone))
    if Programme.objects.filter(key=key).exists():
        raise RuleBroken("programme-exists", _("There is already a programme “{key}”.", key=key))
    programme = Programme.objects.create(
        key=key, name=name, summary=summary, country=country, currency=currency, time_zone=str(ZoneInfo(time_zone)), is_training=is_training
    )
    cite(by, programme, root=key, kind="programme", key=key, values={"name": name, "summary": summary}, evidence=evidence)
    record(by, "create_programme", programme, programme=programme)
    return programme


@act
def state_category(
    *,
    by: Viewer,
    programme: Programme,
    scheme: str,
    scheme_title: Text,
    key: str,
    label: Text,
    position: int = 0,
    parent: Category | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    evidence: Evidences | None = None,
) -> Category:
    """Adds a category to one of the programme's classifications; the classification is made with its first category."""
    check_can(by, Permission.STATE_CATEGORY, programme.key)
    check_key(key.replace("_", "-"))
    check_name(label)
    Period(valid_from, valid_to).check_order()
    row, created = Scheme.objects.select_related("programme").get_or_create(programme=programme, key=scheme, defaults={"title": scheme_title})
    if created:
        record(by, "state_category", row, programme=programme)
    if parent is not None and parent.scheme_id != row.id:
        raise RuleBroken("parent-in-another-scheme", _("The parent belongs to another classification."))
    if Category.objects.filter(scheme=row, key=key).exists():
        raise RuleBroken("category-exists", _("“{scheme}” already has a category “{key}”.", scheme=scheme, key=key))
    category = Category.objects.create(scheme=row, key=key, label=label, position=position, parent=parent, valid_from=valid_from, valid_to=valid_to)
    cite(by, programme, root=scheme, kind="category", key=f"{scheme}/{key}", values={"label": label}, evidence=evidence)
    record(by, "state_category", category, programme=programme, key=f"{scheme}/{key}")
    return category


@act
def register_place(
    *,
    by: Viewer,
    programme: Programme,
    code: str,
    name: Text,
    latitude: Decimal | None,
    longitude: Decimal | None,
    point_kind: str = "",
    language_status: Text = Text(),
    regions: Sequence[tuple[str, str, str, Text]] = (),
    evidence: Evidences | None = None,
) -> Municipality:
    """Registers a municipality of the programme's country. `regions`: (level, version of the codes, code, name) of each area it lies in."""
    check_can(by, Permission.REGISTER_PLACE, programme.key)
    check_name(name)
    check_point(latitude, longitude)
    if Municipality.objects.filter(country=programme.country, code=code).exists():
        raise RuleBroken("municipality-exists", _("The municipality {code} is registered already.", code=f"{programme.country}-{code}"))
    municipality = Municipality.objects.create(
        programme=programme,
        country=programme.country,
        code=code,
        name=name,
        latitude=latitude,
        longitude=longitude,
        point_kind=point_kind,
        language_status=language_status,
    )
    values: dict[str, object] = {"name": name, "point": latitude, "language_status": language_status}
    for level, version, region_code, region_name in regions:
        _place_in(by, programme, municipality, level, version, region_code, region_name)
        values |= {f"{level}_{version}.code": region_code, f"{level}_{version}.name": region_name}
    cite(by, programme, root=municipality.key, kind="municipality", key=municipality.key, values=values, evidence=evidence)
    record(by, "register_place", municipality, programme=programme)
    return municipality


def _place_in(by: Viewer, programme: Programme, municipality: Municipality, level: str, version: str, code: str, name: Text) -> None:
    if level not in REGION_LEVELS:
        raise RuleBroken("unknown-region-level", _("“{level}” is not a known level of regions.", level=level))
    defaults = {"name": name, "programme": programme}
    region, created = Region.objects.get_or_create(country=programme.country, level=level, version=version, code=code, defaults=defaults)
    if created:
        record(by, "register_place", region, programme=programme)
    if region.name != name:
        raise RuleBroken("region-two-names", _("The region {code} has two different names.", code=code))
    Placement.objects.create(municipality=municipality, region=region)
