"""`kumppani tidy` deletes what signing in leaves behind, and nothing that still serves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from kumppani.access.viewer import SYSTEM
from kumppani.domain.parties.models import UnlinkedIdentity
from kumppani.kernel import clock
from kumppani.ops.cli import main
from kumppani.workflow.identities import note_identity
from tests.working import PLACE, open_office, sign_in


def test_ended_sessions_and_old_tries_are_deleted_and_others_stay(db: None, capsys: Any) -> None:
    open_office()
    ended, going_on = Client(), Client()
    for one in (ended, going_on):
        sign_in(one, "official")
    Session.objects.filter(session_key=ended.session.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    for login in ("old", "new"):
        going_on.post(f"{PLACE}/sign-in/", {"login": login, "password": "wrong"})
    for login, days in (("old", 31), ("new", 29)):
        AccessAttempt.objects.filter(username=login).update(attempt_time=timezone.now() - timedelta(days=days))
    for subject, days in (("new", 0), ("old", 1)):
        with clock.stopped_at(timezone.now() - timedelta(days=days)):
            note_identity(by=SYSTEM, provider="entra", issuer="https://provider.example", subject=subject)
    assert main(["tidy"]) == 0
    assert "1 ended sessions, 1 failed tries, 1 codes that nobody used and 0 asked links deleted." in capsys.readouterr().out
    assert [one.session_key for one in UserSession.objects.all()] == [going_on.session.session_key]
    assert [one.username for one in AccessAttempt.objects.all()] == ["new"]
    assert (going_on.get(f"{PLACE}/work/").status_code, ended.get(f"{PLACE}/work/").status_code) == (200, 302)
    assert [one.subject for one in UnlinkedIdentity.objects.all()] == ["new"]
