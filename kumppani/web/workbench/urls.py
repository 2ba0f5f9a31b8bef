"""Addresses of signing in and of the workbench, below a language and perhaps a programme. Names that begin with `work-` need signing in."""

from __future__ import annotations

from django.urls import URLPattern, path

from kumppani.web.portal import calendar_feed
from kumppani.web.signin import break_glass, entry, second_step, sessions
from kumppani.web.workbench import (
    agreement,
    agreements,
    bodies,
    clause,
    draft,
    feedback,
    following,
    home,
    meeting,
    minutes,
    opening,
    organisation,
    people,
    preferences,
    redline,
    rounds,
    workbook,
)

urlpatterns: list[URLPattern] = [
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-in/code/", second_step.code, name="sign-in-code"),
    path("sign-in/authenticator/", second_step.authenticator, name="sign-in-authenticator"),
    path("sign-in/first/<str:account>/<str:token>/", entry.first_password, name="sign-in-first"),
    path("sign-in/break-glass/<str:token>/", break_glass.break_glass, name="sign-in-break-glass"),
    path("sign-out/", entry.sign_out, name="sign-out"),
    path("work/sessions/", sessions.sessions, name="work-sessions"),
    path("work/", home.home, name="work-home"),
    path("calendar/<str:secret>/dates.ics", calendar_feed.calendar_feed, name="calendar-feed"),
    path("work/feedback/", feedback.feedback_list, name="work-feedback"),
    path("work/feedback/<int:number>/", feedback.feedback_item, name="work-feedback-item"),
    path("work/preferences/", preferences.preferences, name="work-preferences"),
    path("work/agreements/<slug:key>/follow-up/", following.follow_up, name="work-follow-up"),
    path("work/agreements/<slug:key>/commitments/<int:number>/", following.commitment, name="work-commitment"),
    path("work/agreements/<slug:key>/measures/<int:number>/", following.measure, name="work-measure"),
    path("work/workbooks/", workbook.workbooks, name="work-workbooks"),
    path("work/agreements/<slug:key>/workbook/", workbook.workbook, name="work-workbook"),
    path("work/agreements/<slug:key>/workbook/file/", workbook.workbook_file, name="work-workbook-file"),
    path("work/agreements/<slug:key>/workbook/<int:number>/", workbook.workbook_load, name="work-workbook-load"),
    path("work/people/", people.people, name="work-people"),
    path("desk/", organisation.organisation, name="desk-organisation"),
    path("work/bodies/", bodies.bodies, name="work-bodies"),
    path("work/bodies/<slug:key>/", bodies.body, name="work-body"),
    path("work/bodies/<slug:key>/meetings/<int:number>/", meeting.meeting, name="work-meeting"),
    path("work/bodies/<slug:key>/meetings/<int:number>/meeting.ics", meeting.calendar, name="work-meeting-calendar"),
    path("work/bodies/<slug:key>/meetings/<int:number>/minutes/", minutes.minutes, name="work-minutes"),
    path("work/bodies/<slug:key>/meetings/<int:number>/agenda/", meeting.agenda, name="work-agenda"),
    path("work/bodies/<slug:key>/meetings/<int:number>/items/<int:item>/", meeting.item, name="work-item"),
    path("work/agreements/new/", opening.opening, name="work-opening"),
    path("work/agreements/", agreements.agreements, name="work-agreements"),
    path("work/agreements/<slug:key>/", agreement.agreement, name="work-agreement"),
    path("work/rounds/", rounds.rounds, name="work-rounds"),
    path("work/rounds/<slug:key>/", rounds.round_, name="work-round"),
    path("work/rounds/<slug:key>/matrix.csv", rounds.matrix_file, name="work-round-file"),
    path("work/rounds/<slug:key>/drafts/<slug:agreement>/", rounds.round_draft, name="work-round-draft"),
    path("work/agreements/<slug:key>/<int:number>/", draft.draft, name="work-draft"),
    path("work/agreements/<slug:key>/<int:number>/clauses/<slug:code>/", clause.clause, name="work-clause"),
    path("work/agreements/<slug:key>/<int:number>/redline/", redline.redline, name="work-redline"),
]
