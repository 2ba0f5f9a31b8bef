"""Answers: one thing, or a list of many; kept, tagged, and each with what must be said of its programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import create_model

from kumppani.access import load
from kumppani.access.kept import DAY_ZONE, answer
from kumppani.access.viewer import STRANGER
from kumppani.api.asked import Asked, AskedOne, AskedOneOn, Paged, check_names
from kumppani.api.exports import JSON, export
from kumppani.api.listings import Listing, flat_model
from kumppani.api.notices import about, mark, terms
from kumppani.api.rows import rows_of
from kumppani.api.schemas import About, Many
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _


@cache
def single_model(listing: Listing) -> type[Schema]:
    """The answer about one thing of a list: the thing, and of which programme and day it speaks."""
    name = f"{listing.item.__name__.removesuffix('Out')}Answer"
    return create_model(name, __base__=(listing.item, About), __doc__=listing.item.__doc__)


@cache
def many_model(listing: Listing) -> Any:
    """The answer about many things of a list."""
    return Many[listing.item]  # type: ignore[name-defined]  # every list has a schema of its own, known when the addresses are made


@cache
def flat_many_model(listing: Listing) -> Any:
    """The answer with flat rows, made from the columns of the list."""
    return Many[flat_model(listing)]  # type: ignore[misc]  # likewise


def many(request: HttpRequest, listing: Listing, asked: Paged) -> HttpResponse:
    """A list: a page of it, or all of it as a file."""
    check_names(request, type(asked).model_fields)
    return answer(request, lambda: _many(request, listing, asked))


def one(request: HttpRequest, listing: Listing, asked: Asked, find: Callable[[Any], Any]) -> HttpResponse:
    """One thing of a list, found in the programme asked for."""
    check_names(request, type(asked).model_fields)
    return answer(request, lambda: _one(listing, asked, find))


def _many(request: HttpRequest, listing: Listing, asked: Paged) -> HttpResponse:
    programme, day = _place(asked)
    things = listing.find(programme, asked)
    if asked.format:
        return export(asked.format, listing, programme, things, day)
    total, start = things.count(), (asked.page - 1) * asked.limit
    if start >= total and asked.page > 1:
        reason = _("There is no page {page}: the list has {total} items, {limit} on a page.", page=asked.page, total=total, limit=asked.limit)
        raise Missing("no-such-page", reason)
    rows = rows_of(listing, programme, list(things[start : start + asked.limit]), day)
    page = many_model(listing)(
        **about(programme, day if listing.is_dated else None),
        **terms(),
        total=total,
        items=[listing.shape(row, False) for row in rows],
        next=_next_page(request, asked.page) if start + asked.limit < total else None,
    )
    return mark(_json(page), programme)


def _one(listing: Listing, asked: Asked, find: Callable[[Any], Any]) -> HttpResponse:
    programme, day = _place(asked)
    (row,) = rows_of(listing, programme, [find(programme)], day)
    shaped = dict(listing.shape(row, True))
    answered = single_model(listing)(**{**about(row.programme, day if listing.is_dated else None), **shaped})
    return mark(_json(answered), row.programme)


def _place(asked: Asked) -> tuple[Any, date]:
    """The programme asked for, None where all are, and the day: the one asked for, else today."""
    programme = load.programme(STRANGER, asked.programme) if isinstance(asked, AskedOne) else None
    on = asked.on if isinstance(asked, AskedOneOn) else None
    return programme, on or clock.today(programme.time_zone if programme else DAY_ZONE)


def _next_page(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page + 1)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _json(answered: Schema) -> HttpResponse:
    return HttpResponse(answered.model_dump_json(), content_type=JSON)
