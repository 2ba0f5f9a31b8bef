"""Wiring at start: the write guard on every database connection, and the kernel's translator."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext

from kumppani.config.checks import register_checks
from kumppani.kernel.text import install_translator
from kumppani.workflow import guard


class KumppaniConfig(AppConfig):
    """The application as a whole."""

    name = "kumppani.config"
    label = "kumppani"

    def ready(self) -> None:
        install_translator(gettext)
        guard.install()
        register_checks()
