"""Keeping a file. A part of the act that brings it (recording a signed agreement), not an act by itself."""

from __future__ import annotations

from django.conf import settings

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.documents import store
from kumppani.domain.documents.models import File
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _
from kumppani.workflow._record import act, record


@act
def keep_text(*, by: Viewer, programme: Programme, content: bytes, media_type: str, name: str, language: str) -> File:
    """Keeps the text of an agreement: the bytes go to the disk for good before any row names them. The same bytes twice are one file."""
    check_can(by, Permission.RECORD_SIGNED_ELSEWHERE, programme.key)
    if not content:
        raise RuleBroken("file-empty", _("The file is empty."))
    digest = store.keep(settings.FILES_FOLDER, content)
    file, created = File.objects.get_or_create(
        programme=programme, digest=digest, defaults={"size": len(content), "media_type": media_type, "name": name, "language": language}
    )
    if created:
        record(by, "record_signed_elsewhere", file, programme=programme, key=digest)
    return file
