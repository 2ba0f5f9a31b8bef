"""Addresses of the portal, below a language and perhaps a programme."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
