"""Addresses of the interface, below /api/v1/."""

from __future__ import annotations

from django.urls import path

from kumppani.api import description
from kumppani.api.v1 import api

_operations, _app, _namespace = api.urls

urlpatterns = [
    path("", description.page, name="api-description"),
    path("openapi.json", description.openapi, name="api-openapi"),
    *_operations,
]
