"""What can be asked of the interface: parameters, read strictly and refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, NoReturn

from django.http import HttpRequest
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import BeforeValidator, Field, WithJsonSchema

from kumppani.kernel.days import read_day
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _

MOST = 1000
LONGEST_KEY = 60


def _key(asked: str) -> str:
    if not asked:
        raise RuleBroken("empty-value", _("A parameter is given without a value."))
    if len(asked) > LONGEST_KEY:
        raise RuleBroken(
            "value-too-long", _("“{asked}…” is too long: a key has at most {longest} characters.", asked=asked[:20], longest=LONGEST_KEY)
        )
    return asked


def _day(asked: str) -> date:
    return read_day(asked.strip())


def _limit(asked: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", asked, re.ASCII) or int(asked) > MOST:
        raise RuleBroken("bad-limit", _("“{asked}” is not a limit: it is a number from 1 to {most}.", asked=asked[:40], most=MOST))
    return int(asked)


def _page(asked: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", asked, re.ASCII):
        raise RuleBroken("bad-page", _("“{asked}” is not a page number. Pages are numbered from 1.", asked=asked[:40]))
    return int(asked)


def _number(asked: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", asked, re.ASCII):
        raise RuleBroken("bad-version", _("“{asked}” is not the number of a version. Versions are numbered from 1.", asked=asked[:40]))
    return int(asked)


_KEY_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": r"^[A-Za-z0-9_-]+$"}

_DAY_SCHEMA = {
    "type": "string",
    "format": "date",
    "pattern": r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "examples": ["2021-02-09"],
}

Key = Annotated[str, BeforeValidator(_key), WithJsonSchema(_KEY_SCHEMA)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
Limit = Annotated[int, BeforeValidator(_limit), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST, "default": 100})]
Page = Annotated[int, BeforeValidator(_page), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999_999, "default": 1})]
Number = Annotated[int, BeforeValidator(_number), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 9999})]
Format = Literal["json", "csv", "xlsx"]


class Asked(Schema):
    """What every address takes."""

    lang: Literal["fi", "sv", "en"] | None = Field(None, description="Language of error messages; else the first of Accept-Language, else Finnish.")


class AskedOne(Asked):
    """What the address of one thing takes."""

    programme: Key | None = Field(None, description="Key of the agreement programme; the default one where it is left out.")


class AskedOneOn(AskedOne):
    """Likewise, of something that changes with the day."""

    on: Day | None = Field(None, description="Show what was valid on this day, by what is known now. Today where it is left out.")


class Paged(Asked):
    """What every list takes."""

    limit: Limit = Field(100, description="Items on a page.")
    page: Page = Field(1, description="Which page.")
    format: Format | None = Field(
        None,
        description="All rows, whatever the page, as flat rows with the same columns: csv, xlsx or json. Pages of full objects where it is left out.",
    )


class AskedMany(Paged, AskedOne):
    """What a list of a programme takes."""


class AskedManyOn(Paged, AskedOneOn):
    """Likewise, of things that change with the day."""


class AskedOfAgreement(AskedManyOn):
    """Likewise, of parts of agreements."""

    agreement: Key | None = Field(None, description="Only those of this agreement.")


class AskedParties(AskedOfAgreement):
    """What the list of parties takes."""

    organisation: Key | None = Field(None, description="Only the parts of this organisation.")


class AskedPriorities(AskedOfAgreement):
    """What the list of priorities takes."""

    theme: Key | None = Field(None, description="Only those mapped to this cross-cutting theme.")


class AskedFigures(AskedMany):
    """What the list of figures takes."""

    agreement: Key | None = Field(None, description="Only those of this agreement.")


class AskedCategories(AskedManyOn):
    """What the list of categories takes."""

    scheme: Key | None = Field(None, description="Only those of this classification.")


def check_names(request: HttpRequest, known: Iterable[str]) -> None:
    """Refuses a parameter nobody knows, which would be passed over in silence, and one given twice."""
    names = sorted(known)
    for name, values in request.GET.lists():
        if name not in names:
            reason = _("There is no parameter “{name}” here. Known are: {known}.", name=name[:40], known=", ".join(names))
            raise RuleBroken("unknown-parameter", reason)
        if len(values) > 1:
            raise RuleBroken("parameter-twice", _("The parameter “{name}” is given more than once.", name=name))


def refuse(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> NoReturn:
    """Says in a sentence what the framework found wrong with a parameter that has no reader of its own."""
    first: dict[str, Any] = error.errors[0]
    name = str(first["loc"][-1])
    allowed = str(first.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "")
    raise RuleBroken("bad-parameter", _("The parameter “{name}” takes one of: {allowed}.", name=name, allowed=allowed))
