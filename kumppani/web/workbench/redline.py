"""What differs between two versions of an agreement, word by word, in each language."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from kumppani.access import work
from kumppani.domain.agreements.redline import redline_of_clauses
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import LANGUAGES, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.frame import work_page


@work_page
def redline(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """A version against another (?against=1; the one before where none is named), in one language (?language=sv; the reader's)."""
    found = work.negotiation(place.viewer, place.programme, key, number)
    numbers = [one for one in work.version_numbers(found.version) if one != number]
    against = _number(request.GET.get("against", "")) or max((one for one in numbers if one < number), default=None)
    language = request.GET.get("language", place.language)
    if language not in LANGUAGES:
        raise RuleBroken("unknown-language", _("An agreement is not written in “{language}” here.", language=language[:20]))
    other = work.negotiation(place.viewer, place.programme, key, against) if against else None
    before = [clause for clause in other.version.clauses.all() if not clause.is_struck] if other else []
    after = [clause for clause in found.version.clauses.all() if not clause.is_struck]
    changes = redline_of_clauses(before, after, language)
    context = {
        "version": found.version,
        "other": other.version if other else None,
        "numbers": numbers,
        "language_asked": language,
        "changes": [change for change in changes if change.is_changed],
        "same": sum(not change.is_changed for change in changes),
    }
    return show(request, place, "workbench/redline.html", context)


def _number(asked: str) -> int | None:
    if not asked:
        return None
    if not re.fullmatch(r"[1-9]\d{0,3}", asked, re.ASCII):
        raise RuleBroken("bad-version", _("“{asked}” is not the number of a version.", asked=asked[:40]))
    return int(asked)
